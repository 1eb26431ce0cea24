-- A page of the log, newest first. The conditions are those the query has, so that SQLite can choose an index for them.
select d.seq, d.created_at from deliveries d
where /* conditions */
order by d.created_at desc, d.seq desc limit :limit
