-- Takes out what was to be told, before a time, to nodes other than these.
delete from reports where id in (
  select id from reports
  where created_at < :created_before and node_id not in (select value from json_each(:except_node_ids))
  order by id limit :limit
)
