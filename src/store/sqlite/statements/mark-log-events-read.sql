-- Notes how far a reader has come; a later mark stays.
update log_event_readers set read_to = :up_to where node_id = :node_id and read_to < :up_to
