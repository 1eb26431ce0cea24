-- What an out node had accepted for a hook's request, in that order.
select d.id, d.webhook_id, d.endpoint_id from events e join deliveries d on d.event_seq = e.seq
where e.request_id = :request_id and d.node_id = :node_id
order by d.seq
