-- The newest event; null where there is none.
select max(id) as id from log_events
