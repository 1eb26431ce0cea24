-- The activity with a reference.
select id, account_id, reference, source, type, happened_at, properties from activities where reference_key = :key
