-- Holds what is scheduled for an endpoint.
update deliveries set state = 'waiting', next_attempt_at = null, waiting_reason = :reason, waiting_since = :now
where endpoint_id = :endpoint_id and state = 'scheduled' and sending = 0
