-- Takes back events whose acceptance nobody was told.
delete from events where id in (select value from json_each(:ids))
