-- Takes events out of what is redelivered.
update inbox_events set is_parked = 1 where id in (select value from json_each(:ids))
