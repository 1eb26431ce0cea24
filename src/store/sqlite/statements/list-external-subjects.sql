-- A page of the subjects that groups have values of. The conditions are those the query has, so that SQLite can choose an index for them.
select distinct group_id, subject_kind, subject_id from external_values
where /* conditions */
order by group_id, subject_kind, subject_id limit :limit
