-- Adds an event, if there is anybody who reads them.
insert into log_events (kind, endpoint_id, endpoint_name, at, detail)
select :kind, :endpoint_id, :endpoint_name, :at, :detail
where exists (select 1 from log_event_readers)
