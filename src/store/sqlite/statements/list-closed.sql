-- Closed deliveries after a position, oldest last activity first, and whether each is still needed: its outcome is to be told, or
-- the hook's request that it came of may go into a flow again.
select
  d.seq, d.event_seq, d.last_activity_at,
  exists (select 1 from reports r where r.delivery_seq = d.seq)
  or exists (
    select 1 from events e join inbox_events i on i.id = e.request_id
    where e.seq = d.event_seq and e.request_id is not null
  ) as is_needed
from deliveries d indexed by deliveries_closed
where d.state in ('succeeded', 'failed') and d.sending = 0 and d.resends = 0
  and (d.last_activity_at, d.seq) > (:last_activity_at, :seq)
order by d.last_activity_at, d.seq limit :limit
