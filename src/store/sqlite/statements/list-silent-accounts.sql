-- Accounts whose last activity, or without one their making, is before a time; the longest silent first.
select id, name, last_activity_at, created_at from accounts
where coalesce(last_activity_at, created_at) < :before
order by coalesce(last_activity_at, created_at), id limit :limit
