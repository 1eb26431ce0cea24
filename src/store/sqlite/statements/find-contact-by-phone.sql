-- The contact with a phone number.
select id, email, email_key, phone, phone_key, account_id, properties, created_at, updated_at
from contacts where phone_key = :key
