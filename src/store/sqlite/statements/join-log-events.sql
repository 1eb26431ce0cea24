-- Makes a node a reader of what comes from now on; one that is a reader already stays where it is.
insert into log_event_readers (node_id, kinds, read_to)
values (:node_id, :kinds, (select coalesce(max(id), 0) from log_events))
on conflict (node_id) do update set kinds = excluded.kinds, gone_since = null
