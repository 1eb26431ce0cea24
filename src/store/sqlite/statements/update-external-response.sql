-- Writes what a record says of a response.
update external_responses set sent_at = :sent_at, properties = :properties, updated_at = :now where id = :id
