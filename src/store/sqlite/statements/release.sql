-- Makes what waits for an endpoint due.
update deliveries set state = 'scheduled', next_attempt_at = :now, waiting_reason = null, waiting_since = null
where endpoint_id = :endpoint_id and state = 'waiting'
