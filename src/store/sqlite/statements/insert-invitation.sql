-- Adds an invitation.
insert into invitations (id, contact_id, account_id, touchpoint, contact, account, auto_populated, created_at)
values (:id, :contact_id, :account_id, :touchpoint, :contact, :account, :auto_populated, :now)
