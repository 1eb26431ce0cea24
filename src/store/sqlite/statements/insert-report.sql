-- Adds an outcome to tell.
insert into reports (node_id, delivery_seq, attempt_number, delivery, created_at)
values (:node_id, :delivery_seq, :attempt_number, :delivery, :created_at)
