-- Open deliveries of an endpoint that are not being sent, oldest first.
select seq from deliveries
where endpoint_id = :endpoint_id and state in ('scheduled', 'waiting') and sending = 0
order by seq limit :limit
