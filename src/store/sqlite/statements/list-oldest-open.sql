-- When the oldest open delivery of each of these endpoints was accepted.
select json_each.value as endpoint_id, d.created_at
from json_each(:endpoint_ids)
join deliveries d on d.seq = (
  select o.seq from deliveries o
  where o.endpoint_id = json_each.value and o.state in ('scheduled', 'waiting')
  order by o.seq limit 1
)
