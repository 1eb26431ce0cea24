-- Makes what waits for an endpoint due, so many at a time.
update deliveries set state = 'scheduled', next_attempt_at = :now, waiting_reason = null, waiting_since = null
where seq in (select seq from deliveries where endpoint_id = :endpoint_id and state = 'waiting' limit :limit)
