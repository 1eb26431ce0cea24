-- Sets what an endpoint is at run time.
insert into endpoint_states (endpoint_id, state) values (:endpoint_id, :state)
on conflict (endpoint_id) do update set state = excluded.state
