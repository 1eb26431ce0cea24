-- Deliveries of an endpoint whose automatic attempt is due, by due time.
select seq from deliveries
where endpoint_id = :endpoint_id and state = 'scheduled' and sending = 0 and next_attempt_at <= :now
order by next_attempt_at, seq limit :limit
