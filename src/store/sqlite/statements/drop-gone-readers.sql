-- Forgets readers that have been gone since before a time.
delete from log_event_readers where gone_since <= :gone_before
