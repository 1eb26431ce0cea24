-- Deliveries with an attempt under way, oldest first.
select seq from deliveries where sending = 1 order by seq limit :limit
