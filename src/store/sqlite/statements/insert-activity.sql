-- Adds an activity of an account.
insert into activities (
  account_id, reference, reference_key, source, type, happened_at, properties, created_at, updated_at
)
values (:account_id, :reference, :reference_key, :source, :type, :happened_at, :properties, :now, :now)
