-- Takes out events that are handled, or whose acceptance nobody was told.
delete from inbox_events where id in (select value from json_each(:ids))
