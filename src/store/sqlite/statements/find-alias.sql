-- The alias with a key.
select id, account_id, alias from account_aliases where alias_key = :key
