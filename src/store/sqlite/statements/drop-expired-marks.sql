-- Takes out marks that count no more.
delete from seen_marks where seq in (
  select seq from seen_marks where expires_at <= :now order by expires_at limit :limit
)
