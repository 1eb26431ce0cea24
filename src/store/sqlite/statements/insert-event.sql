-- Adds an event.
insert into events (id, webhook_id, content_type, tag_values, created_at, request_id, headers, body)
values (:id, :webhook_id, :content_type, :tag_values, :created_at, :request_id, :headers, :body)
