-- Deletes an event of which no delivery is left.
delete from events where seq = :seq and not exists (select 1 from deliveries d where d.event_seq = :seq)
