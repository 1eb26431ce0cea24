-- Writes what a record says of an activity.
update activities set
  account_id = :account_id, reference = :reference, source = :source, type = :type, happened_at = :happened_at,
  properties = :properties, updated_at = :now
where id = :id
