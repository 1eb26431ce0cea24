-- Notes a resend, for another endpoint if one is given.
update deliveries set
  resends = resends + 1,
  endpoint_id = coalesce(:endpoint_id, endpoint_id),
  endpoint_name = coalesce(:endpoint_name, endpoint_name)
where seq = :seq
