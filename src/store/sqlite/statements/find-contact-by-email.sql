-- The contact with an email address.
select id, email, email_key, phone, phone_key, account_id, properties, created_at, updated_at
from contacts where email_key = :key
