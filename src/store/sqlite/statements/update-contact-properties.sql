-- Writes what a record says of a contact whose keys and account stay: no index changes, so a quarter of the pages.
update contacts set email = :email, phone = :phone, properties = :properties, updated_at = :now where id = :id
