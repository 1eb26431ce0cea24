-- Adds an event that a hook has accepted.
insert into inbox_events (id, hook_id, received_at, head, body)
values (:id, :hook_id, :received_at, :head, :body)
