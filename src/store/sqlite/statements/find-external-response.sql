-- The response that a contact gave at a time.
select id, sent_at, properties from external_responses
where contact_id = :contact_id and responded_at = :responded_at
