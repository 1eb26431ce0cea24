-- Takes back deliveries whose acceptance nobody was told.
delete from deliveries where id in (select value from json_each(:ids))
