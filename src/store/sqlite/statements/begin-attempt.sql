-- Counts an attempt and puts it under way, as `begin` of delivery.ts does: a resend if one was asked for.
update deliveries set
  sending = 1,
  attempts = attempts + 1,
  attempt_started_at = :now,
  attempt_manual = resends > 0,
  resends = max(resends - 1, 0),
  last_activity_at = :now
where seq = :seq and sending = 0
