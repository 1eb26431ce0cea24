-- Drops events that every reader has read, or that nobody is left to read.
delete from log_events where id in (
  select id from log_events
  where id <= (select coalesce(min(read_to), 9223372036854775807) from log_event_readers)
  order by id limit :limit
)
