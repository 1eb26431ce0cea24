-- The delivery to try an endpoint with that keeps an order: the oldest one, if it waits.
select seq, state from deliveries
where endpoint_id = :endpoint_id and state in ('scheduled', 'waiting') and sending = 0
order by seq limit 1
