-- What is delivered.
select content_type, body from events where seq = :seq
