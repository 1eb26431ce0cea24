-- Events of some kinds between two ids, the first not included, the oldest first.
select id, kind, endpoint_id, endpoint_name, at, detail from log_events
where id > :after and id <= :up_to and kind in (select value from json_each(:kinds))
order by id limit :limit
