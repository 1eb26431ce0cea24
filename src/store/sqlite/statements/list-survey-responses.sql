-- Survey responses since a time, newest first.
select id, response, submitted_at, created_at, updated_at from survey_responses
where coalesce(submitted_at, created_at) >= :since
order by coalesce(submitted_at, created_at) desc, id desc limit :limit
