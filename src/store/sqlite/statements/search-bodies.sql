-- Deliveries whose body holds some bytes, newest first; `cross join` keeps SQLite from reading all bodies first.
select d.seq, d.created_at from deliveries d
cross join events e on e.seq = d.event_seq
where /* conditions */ and instr(e.body, :needle) > 0
order by d.created_at desc, d.seq desc limit :limit
