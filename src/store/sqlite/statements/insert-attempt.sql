-- Adds the log row of an attempt.
insert into attempts (
  delivery_seq, number, manual, outcome, started_at, duration_ms, status_code, error, request, response_headers,
  is_response_cut, response_body, captured
) values (
  :delivery_seq, :number, :manual, :outcome, :started_at, :duration_ms, :status_code, :error, :request,
  :response_headers, :is_response_cut, :response_body, :captured
)
