-- What endpoints are at run time.
select endpoint_id, state from endpoint_states where state is not null
