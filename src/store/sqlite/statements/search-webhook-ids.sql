-- Deliveries whose webhook id begins with a text, newest first.
select d.seq, d.created_at from deliveries d
where d.webhook_id >= :prefix and d.webhook_id < :prefix_end and /* conditions */
order by d.created_at desc, d.seq desc limit :limit
