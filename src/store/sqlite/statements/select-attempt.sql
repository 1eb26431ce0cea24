-- One attempt of a delivery.
select
  number, manual, outcome, started_at, duration_ms, status_code, error, request, response_headers, is_response_cut,
  response_body, captured
from attempts where delivery_seq = :delivery_seq and number = :number
