-- Notes the answer of an event's mark that has none yet.
update seen_marks set
  status_code = :status_code, content_type = :content_type, location = :location, answer_body = :answer_body
where hook_id = :hook_id and key = :key and event_id = :event_id and status_code is null
