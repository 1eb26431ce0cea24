-- All that a group has of a subject.
select parameter, type, value, updated_at from external_values
where group_id = :group_id and subject_kind = :subject_kind and subject_id = :subject_id
order by parameter
