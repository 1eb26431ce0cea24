-- What some out nodes are still to be told, oldest first.
select r.id, r.delivery_seq, r.attempt_number, r.delivery, r.created_at, d.event_seq
from reports r
join deliveries d on d.seq = r.delivery_seq
where r.node_id in (select value from json_each(:node_ids))
order by r.id limit :limit
