-- Sets a value that a group has of a subject.
insert into external_values (group_id, subject_kind, subject_id, parameter, type, value, updated_at)
values (:group_id, :subject_kind, :subject_id, :parameter, :type, :value, :updated_at)
on conflict (group_id, subject_kind, subject_id, parameter) do update set
  type = excluded.type,
  value = excluded.value,
  updated_at = excluded.updated_at
