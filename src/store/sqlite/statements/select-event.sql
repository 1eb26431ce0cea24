-- An event with its body.
select id, webhook_id, content_type, tag_values, created_at, body from events where seq = :seq
