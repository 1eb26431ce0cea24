-- Adds a survey response.
insert into survey_responses (source, response_id, submitted_at, response, created_at, updated_at)
values (:source, :response_id, :submitted_at, :response, :now, :now)
