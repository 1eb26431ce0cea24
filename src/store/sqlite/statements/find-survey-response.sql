-- The survey response with an id of its source.
select id, response, submitted_at, created_at, updated_at from survey_responses
where source = :source and response_id = :response_id
