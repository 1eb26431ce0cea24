-- Writes what a record says of an account.
update accounts set name = :name, properties = :properties, updated_at = :now where id = :id
