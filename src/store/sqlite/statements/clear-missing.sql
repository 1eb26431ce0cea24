-- Notes that an endpoint is there.
update endpoint_states set missing_since = null where endpoint_id = :endpoint_id
