-- A contact as it is stored.
select id, email, email_key, phone, phone_key, account_id, properties, created_at, updated_at
from contacts where id = :id
