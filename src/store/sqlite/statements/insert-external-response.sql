-- Adds a response of a contact.
insert into external_responses (contact_id, sent_at, responded_at, properties, created_at, updated_at)
values (:contact_id, :sent_at, :responded_at, :properties, :now, :now)
