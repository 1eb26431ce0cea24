-- Takes an account's last activity from its activities.
update accounts set last_activity_at = (select max(happened_at) from activities where account_id = :id)
where id = :id
