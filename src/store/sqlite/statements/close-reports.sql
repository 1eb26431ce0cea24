-- Takes out what has been told.
delete from reports where id in (select value from json_each(:ids))
