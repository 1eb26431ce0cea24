-- When the last of the newest deliveries that a search looks into was accepted.
select created_at from deliveries order by created_at desc limit 1 offset :count - 1
