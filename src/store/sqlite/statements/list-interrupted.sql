-- Deliveries with an attempt under way, oldest first; `+seq` keeps SQLite from looking for them in that order through all rows.
select seq from deliveries where sending = 1 order by +seq limit :limit
