-- Takes out the oldest parked events of a hook.
delete from inbox_events where seq in (
  select seq from inbox_events where hook_id = :hook_id and is_parked = 1 order by seq limit :limit
)
