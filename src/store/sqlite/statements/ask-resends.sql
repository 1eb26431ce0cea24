-- Notes a resend of each, for another endpoint if one is given; one that is noted already and not begun is not noted again.
update deliveries set
  resends = max(resends, 1),
  endpoint_id = coalesce(:endpoint_id, endpoint_id),
  endpoint_name = coalesce(:endpoint_name, endpoint_name)
where id in (select value from json_each(:ids))
returning endpoint_id
