-- Ends the attempt under way: the state it rests in now, and what the log shows of it.
update deliveries set
  sending = 0, attempt_started_at = null, attempt_manual = null,
  last_activity_at = :last_activity_at, charged = :charged, interrupted = :interrupted, resends = :resends,
  last_response_code = :last_response_code, last_response = :last_response,
  state = :state, next_attempt_at = :next_attempt_at, waiting_reason = :waiting_reason,
  waiting_since = :waiting_since, finished_at = :finished_at, failure_reason = :failure_reason,
  failure_message = :failure_message
where seq = :seq
