-- Parked events of a hook, oldest first.
select seq, id, hook_id, received_at, head, redeliveries, body from inbox_events
where hook_id = :hook_id and is_parked = 1
order by seq limit :limit
