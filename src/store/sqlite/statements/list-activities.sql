-- Activities of an account since a time, newest first.
select id, account_id, reference, source, type, happened_at, properties from activities
where account_id = :account_id and happened_at >= :since
order by happened_at desc, id desc limit :limit
