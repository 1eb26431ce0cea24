-- The key of an event that is already there.
select seq from events where id = :id
