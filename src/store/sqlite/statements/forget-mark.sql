-- Takes back the mark of an event.
delete from seen_marks where hook_id = :hook_id and key = :key and event_id = :event_id
