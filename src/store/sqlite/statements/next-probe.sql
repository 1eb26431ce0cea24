-- The delivery to try an endpoint with: of those that wait, one with the fewest attempts, so that one that always fails does not keep it shut.
select seq from deliveries
where endpoint_id = :endpoint_id and state = 'waiting' and sending = 0
order by attempts, seq limit 1
