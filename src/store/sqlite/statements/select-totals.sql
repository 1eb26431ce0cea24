-- How many deliveries there are, and about how many bytes they take.
select delivery_count, byte_count from delivery_totals where id = 1
