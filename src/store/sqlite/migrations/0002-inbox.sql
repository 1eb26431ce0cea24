-- Events that hooks have accepted and flows may not have handled yet. `autoincrement`: an event that came later has the greater
-- number also after the newest row is deleted.
create table inbox_events (
  seq integer primary key autoincrement,
  id text not null unique,
  hook_id text not null,
  received_at integer not null,
  head text not null,
  redeliveries integer not null default 0,
  is_parked integer not null default 0 check (is_parked in (0, 1)),
  body blob not null
) strict;
create index inbox_events_parked on inbox_events (hook_id, seq) where is_parked = 1;

-- What tells one event of a hook from another while senders may send it twice, and what the first one was answered.
create table seen_marks (
  seq integer primary key,
  hook_id text not null,
  key text not null,
  event_id text not null,
  expires_at integer not null,
  status_code integer,
  content_type text check ((status_code is null) = (content_type is null)),
  location text check (location is null or status_code is not null),
  answer_body blob check ((status_code is null) = (answer_body is null)),
  unique (hook_id, key)
) strict;
create index seen_marks_by_expiry on seen_marks (expires_at);
create index seen_marks_unanswered on seen_marks (seq) where status_code is null;
