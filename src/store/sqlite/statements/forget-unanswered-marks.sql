-- Takes back the marks that nobody will answer.
delete from seen_marks where status_code is null
