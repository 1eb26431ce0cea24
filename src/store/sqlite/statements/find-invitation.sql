-- An invitation as it was made.
select id, touchpoint, contact, account, auto_populated from invitations where id = :id
