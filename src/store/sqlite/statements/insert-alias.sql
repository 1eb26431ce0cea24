-- Adds an alias of an account.
insert into account_aliases (account_id, alias, alias_key, created_at) values (:account_id, :alias, :alias_key, :now)
