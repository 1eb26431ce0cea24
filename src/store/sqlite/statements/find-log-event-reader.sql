-- How far a reader has come.
select read_to from log_event_readers where node_id = :node_id
