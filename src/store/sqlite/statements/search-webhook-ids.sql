-- Deliveries whose webhook id begins with a text, newest first. Without its index named, SQLite prefers that of a status.
select d.seq, d.created_at from deliveries d indexed by deliveries_by_webhook_id
where d.webhook_id >= :prefix and d.webhook_id < :prefix_end and /* conditions */
order by d.created_at desc, d.seq desc limit :limit
