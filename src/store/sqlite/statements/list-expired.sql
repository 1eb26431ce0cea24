-- Deliveries that have waited for an endpoint since before a time, longest first.
select seq from deliveries
where endpoint_id = :endpoint_id and state = 'waiting' and waiting_since < :waiting_before and sending = 0
order by waiting_since, seq limit :limit
