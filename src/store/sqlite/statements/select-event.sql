-- An event with its body.
select id, webhook_id, content_type, tag_values, created_at, headers, body from events where seq = :seq
