-- Puts the oldest parked events of a hook back among those that are redelivered, as if they never had been.
update inbox_events set is_parked = 0, redeliveries = 0 where seq in (
  select seq from inbox_events where hook_id = :hook_id and is_parked = 1 order by seq limit :limit
)
