-- Notes since when readers are gone; of those that are there, nothing. Changes only what is not noted yet.
update log_event_readers
set gone_since = iif(node_id in (select value from json_each(:present_node_ids)), null, :now)
where (gone_since is null) <> (node_id in (select value from json_each(:present_node_ids)))
