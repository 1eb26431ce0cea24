-- The aliases of an account, oldest first.
select alias from account_aliases where account_id = :account_id order by id
