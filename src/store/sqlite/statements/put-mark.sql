-- Adds a mark, or puts it over one that has expired.
insert into seen_marks (hook_id, key, event_id, expires_at, status_code, content_type, location, answer_body)
values (:hook_id, :key, :event_id, :expires_at, :status_code, :content_type, :location, :answer_body)
on conflict (hook_id, key) do update set
  event_id = excluded.event_id,
  expires_at = excluded.expires_at,
  status_code = excluded.status_code,
  content_type = excluded.content_type,
  location = excluded.location,
  answer_body = excluded.answer_body
