-- Deletes a delivery without attempts.
delete from deliveries where seq = :seq
