-- Takes out all that a group has of a subject.
delete from external_values
where group_id = :group_id and subject_kind = :subject_kind and subject_id = :subject_id
