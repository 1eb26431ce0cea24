-- The oldest open delivery of an endpoint that is not being sent; `next_attempt_at` is null while it waits.
select seq, next_attempt_at from deliveries
where endpoint_id = :endpoint_id and state in ('scheduled', 'waiting') and sending = 0
order by seq limit 1
