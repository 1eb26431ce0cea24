-- Deliveries with these ids.
select id, endpoint_id from deliveries where id in (select value from json_each(:ids))
