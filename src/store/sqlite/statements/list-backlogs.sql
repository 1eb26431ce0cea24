-- Per endpoint with something to do: the earliest due time (0 = a resend, due at once) and how many are open.
select endpoint_id, min(due_at) as next_due_at, sum(open) as open_count
from (
  select endpoint_id, null as due_at, count(*) as open
  from deliveries where state in ('scheduled', 'waiting') group by endpoint_id
  union all
  select endpoint_id, min(next_attempt_at), 0
  from deliveries where state = 'scheduled' and sending = 0 group by endpoint_id
  union all
  select endpoint_id, 0, 0
  from deliveries where resends > 0 and sending = 0 group by endpoint_id
)
group by endpoint_id
