-- An account as it is stored.
select id, name, name_key, properties, last_activity_at, created_at, updated_at from accounts where id = :id
