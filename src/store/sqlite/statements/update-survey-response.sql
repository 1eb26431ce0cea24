-- Writes what a later event says of a survey response.
update survey_responses set submitted_at = :submitted_at, response = :response, updated_at = :now where id = :id
