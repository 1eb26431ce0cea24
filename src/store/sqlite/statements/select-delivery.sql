-- A delivery as it is stored, without its body.
select
  d.seq, d.id, d.event_seq, e.id as event_id, d.webhook_id, d.endpoint_id, d.endpoint_name, d.node_id,
  d.listening_post, d.created_at, d.last_activity_at, d.attempts, d.charged, d.interrupted, d.resends,
  d.last_response_code, d.last_response, d.state, d.next_attempt_at, d.waiting_reason, d.waiting_since,
  d.finished_at, d.failure_reason, d.failure_message, d.sending, d.attempt_started_at, d.attempt_manual,
  d.from_log_event, d.capture_group, d.capture_subject
from deliveries d
join events e on e.seq = d.event_seq
where d.seq = :seq
