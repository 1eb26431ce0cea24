-- Whether a delivery that keeps the order of an endpoint is being sent.
select exists (
  select 1 from deliveries where endpoint_id = :endpoint_id and sending = 1 and state in ('scheduled', 'waiting')
) as is_busy
