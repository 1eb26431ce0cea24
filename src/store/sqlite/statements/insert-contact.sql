-- Adds a contact.
insert into contacts (email, email_key, phone, phone_key, account_id, properties, created_at, updated_at)
values (:email, :email_key, :phone, :phone_key, :account_id, :properties, :now, :now)
