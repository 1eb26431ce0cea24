-- Where a delivery goes.
select id, endpoint_id from deliveries where seq = :seq
