-- Events that are to be redelivered, oldest first, after one of them.
select seq, id, hook_id, received_at, head, redeliveries, body from inbox_events
where seq > :after_seq and is_parked = 0
order by seq limit :limit
