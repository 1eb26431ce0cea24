-- The hook's request that led to an event; null where none did.
alter table events add column request_id text;
create index events_by_request on events (request_id) where request_id is not null;
