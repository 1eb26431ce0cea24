-- Adds a delivery in any state.
insert into deliveries (
  id, event_seq, webhook_id, endpoint_id, endpoint_name, node_id, listening_post, created_at, last_activity_at,
  attempts, charged, interrupted, resends, last_response_code, last_response,
  state, next_attempt_at, waiting_reason, waiting_since, finished_at, failure_reason, failure_message,
  sending, attempt_started_at, attempt_manual, from_log_event, capture_group, capture_subject
) values (
  :id, :event_seq, :webhook_id, :endpoint_id, :endpoint_name, :node_id, :listening_post, :created_at, :last_activity_at,
  :attempts, :charged, :interrupted, :resends, :last_response_code, :last_response,
  :state, :next_attempt_at, :waiting_reason, :waiting_since, :finished_at, :failure_reason, :failure_message,
  :sending, :attempt_started_at, :attempt_manual, :from_log_event, :capture_group, :capture_subject
)
