-- Holds what is scheduled for an endpoint, so many at a time.
update deliveries set state = 'waiting', next_attempt_at = null, waiting_reason = :reason, waiting_since = :now
where seq in (
  select seq from deliveries where endpoint_id = :endpoint_id and state = 'scheduled' and sending = 0 limit :limit
)
