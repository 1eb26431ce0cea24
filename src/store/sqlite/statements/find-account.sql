-- The account with a key as its name or as an alias.
select id, name, name_key, properties, last_activity_at, created_at, updated_at
from accounts where name_key = :key
union all
select a.id, a.name, a.name_key, a.properties, a.last_activity_at, a.created_at, a.updated_at
from account_aliases l join accounts a on a.id = l.account_id where l.alias_key = :key
limit 1
