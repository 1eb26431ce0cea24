-- Accounts whose last activity is still to come, and from which nothing has been heard since a time before now.
select id, name, heard_at as last_activity_at, created_at
from (
  select a.id, a.name, a.created_at,
    (select max(happened_at) from activities where account_id = a.id and happened_at <= :now) as heard_at
  from accounts a where coalesce(a.last_activity_at, a.created_at) > :now and a.last_activity_at is not null
)
where coalesce(heard_at, created_at) < :before
