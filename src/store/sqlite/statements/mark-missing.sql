-- Notes since when an endpoint is gone; a time already noted is kept.
insert into endpoint_states (endpoint_id, missing_since) values (:endpoint_id, :missing_since)
on conflict (endpoint_id) do update set missing_since = coalesce(missing_since, excluded.missing_since)
returning missing_since
