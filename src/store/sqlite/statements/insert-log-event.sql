-- Adds an event, if there is anybody who reads its kind.
insert into log_events (kind, endpoint_id, endpoint_name, at, detail)
select :kind, :endpoint_id, :endpoint_name, :at, :detail
where exists (select 1 from log_event_readers, json_each(log_event_readers.kinds) where json_each.value = :kind)
