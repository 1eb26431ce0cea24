-- The mark of a hook with a key, unless it has expired.
select hook_id, key, event_id, expires_at, status_code, content_type, location, answer_body from seen_marks
where hook_id = :hook_id and key = :key and expires_at > :now
