-- Holds what is scheduled for an endpoint. A resend under way left its delivery as it was, so that is held with the others.
update deliveries set state = 'waiting', next_attempt_at = null, waiting_reason = :reason, waiting_since = :now
where endpoint_id = :endpoint_id and state in ('scheduled', 'waiting') and state = 'scheduled'
  and (sending = 0 or attempt_manual = 1)
