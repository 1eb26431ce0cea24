-- How many deliveries of each of these endpoints have succeeded and failed, and when the last one succeeded. The condition that says
-- nothing new is what makes SQLite take the index of those that have ended, a thirtieth of the time.
select
  json_each.value as endpoint_id,
  (
    select count(*) from deliveries d
    where d.endpoint_id = json_each.value and d.state = 'succeeded' and d.state in ('succeeded', 'failed')
  ) as succeeded_count,
  (
    select count(*) from deliveries d
    where d.endpoint_id = json_each.value and d.state = 'failed' and d.state in ('succeeded', 'failed')
  ) as failed_count,
  (
    select max(d.finished_at) from deliveries d
    where d.endpoint_id = json_each.value and d.state = 'succeeded' and d.state in ('succeeded', 'failed')
  ) as last_success_at
from json_each(:endpoint_ids)
