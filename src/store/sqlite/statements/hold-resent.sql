-- Holds what is scheduled for an endpoint beside a resend that is under way, which leaves its delivery as it was.
update deliveries set state = 'waiting', next_attempt_at = null, waiting_reason = :reason, waiting_since = :now
where endpoint_id = :endpoint_id and sending = 1 and state = 'scheduled' and attempt_manual = 1
