-- Those of these endpoints for which an attempt has failed after the last delivery that succeeded, each with when the first such attempt
-- began. Only the oldest deliveries that are open, and those that failed first, are looked at.
with succeeded as (
  select
    json_each.value as endpoint_id,
    coalesce(
      (
        select max(d.finished_at) from deliveries d
        where d.endpoint_id = json_each.value and d.state = 'succeeded' and d.state in ('succeeded', 'failed')
      ),
      0
    ) as at
  from json_each(:endpoint_ids)
),
failed as (
  select
    s.endpoint_id,
    (
      select min(a.started_at) from attempts a
      where a.outcome = 'failed' and a.started_at > s.at and a.delivery_seq in (
        select seq from (
          select d.seq from deliveries d
          where d.endpoint_id = s.endpoint_id and d.state = 'failed' and d.state in ('succeeded', 'failed') and d.finished_at > s.at
          order by d.finished_at limit 20
        )
        union all
        select seq from (
          select d.seq from deliveries d
          where d.endpoint_id = s.endpoint_id and d.state in ('scheduled', 'waiting')
          order by d.seq limit 100
        )
      )
    ) as failing_since
  from succeeded s
)
select endpoint_id, failing_since from failed where failing_since is not null
