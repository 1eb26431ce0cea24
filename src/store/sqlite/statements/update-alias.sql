-- Makes an alias name an account, spelt as it came last.
update account_aliases set account_id = :account_id, alias = :alias where id = :id
