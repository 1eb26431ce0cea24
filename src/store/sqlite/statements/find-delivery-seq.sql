-- The key of a delivery.
select seq from deliveries where id = :id
