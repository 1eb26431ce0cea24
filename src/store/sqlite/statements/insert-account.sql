-- Adds an account from which nothing has been heard.
insert into accounts (name, name_key, properties, created_at, updated_at)
values (:name, :name_key, :properties, :now, :now)
