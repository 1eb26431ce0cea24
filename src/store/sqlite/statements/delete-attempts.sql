-- Deletes the attempts of a delivery.
delete from attempts where delivery_seq = :delivery_seq
