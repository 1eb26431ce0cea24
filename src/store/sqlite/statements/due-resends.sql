-- Deliveries of an endpoint for which a person asked another attempt, in the order of their acceptance.
select seq from deliveries
where endpoint_id = :endpoint_id and resends > 0 and sending = 0
order by seq limit :limit
