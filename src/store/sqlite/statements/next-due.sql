-- The earliest due time of an endpoint's automatic attempts.
select min(next_attempt_at) as next_due_at from deliveries
where endpoint_id = :endpoint_id and state = 'scheduled' and sending = 0
