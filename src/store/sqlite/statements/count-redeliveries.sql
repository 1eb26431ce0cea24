-- Counts one more redelivery of each.
update inbox_events set redeliveries = redeliveries + 1 where id in (select value from json_each(:ids))
