-- What may be deleted when it is old: deliveries that are closed and of which nobody asks another attempt.
create index deliveries_closed on deliveries (last_activity_at)
where state in ('succeeded', 'failed') and sending = 0 and resends = 0;

-- How many deliveries there are, and about how many bytes they take with their events and attempts. The triggers keep it: to
-- add up a million rows takes seconds. What a row takes beside its long texts, with its part of the indexes, was measured.
create table delivery_totals (
  id integer primary key check (id = 1),
  delivery_count integer not null,
  byte_count integer not null
) strict;

create trigger events_counted after insert on events begin
  update delivery_totals set byte_count = byte_count
    + 160 + octet_length(new.body) + octet_length(new.tag_values) + coalesce(octet_length(new.headers), 0);
end;
create trigger events_uncounted after delete on events begin
  update delivery_totals set byte_count = byte_count
    - 160 - octet_length(old.body) - octet_length(old.tag_values) - coalesce(octet_length(old.headers), 0);
end;

create trigger deliveries_counted after insert on deliveries begin
  update delivery_totals set delivery_count = delivery_count + 1, byte_count = byte_count + 500;
end;
create trigger deliveries_uncounted after delete on deliveries begin
  update delivery_totals set delivery_count = delivery_count - 1, byte_count = byte_count - 500;
end;

create trigger attempts_counted after insert on attempts begin
  update delivery_totals set byte_count = byte_count
    + 60 + octet_length(new.response_body) + octet_length(new.response_headers) + coalesce(octet_length(new.request), 0);
end;
create trigger attempts_uncounted after delete on attempts begin
  update delivery_totals set byte_count = byte_count
    - 60 - octet_length(old.response_body) - octet_length(old.response_headers) - coalesce(octet_length(old.request), 0);
end;

insert into delivery_totals (id, delivery_count, byte_count) values (
  1,
  (select count(*) from deliveries),
  (select count(*) * 500 from deliveries)
    + (
      select coalesce(sum(160 + octet_length(body) + octet_length(tag_values) + coalesce(octet_length(headers), 0)), 0)
      from events
    )
    + (
      select coalesce(
        sum(60 + octet_length(response_body) + octet_length(response_headers) + coalesce(octet_length(request), 0)), 0
      )
      from attempts
    )
);
