-- Writes what a record says of a contact.
update contacts set
  email = :email, email_key = :email_key, phone = :phone, phone_key = :phone_key, account_id = :account_id,
  properties = :properties, updated_at = :now
where id = :id
