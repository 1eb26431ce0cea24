-- What is delivered. The deliveries of a message share the row.
create table events (
  seq integer primary key,
  id text not null unique,
  webhook_id text not null,
  content_type text not null,
  tag_values text not null,
  created_at integer not null,
  body blob not null
) strict;

-- One event for one endpoint: log row and queue entry in one. `state` is the state it rests in; while an attempt is
-- under way (`sending`) that is the state it left.
create table deliveries (
  seq integer primary key,
  id text not null unique,
  event_seq integer not null references events (seq),
  webhook_id text not null,
  endpoint_id text not null,
  endpoint_name text not null,
  node_id text not null,
  listening_post text not null,
  created_at integer not null,
  last_activity_at integer not null,
  attempts integer not null,
  charged integer not null,
  interrupted integer not null,
  resends integer not null check (resends >= 0),
  last_response_code integer,
  last_response text not null,
  state text not null check (state in ('scheduled', 'waiting', 'succeeded', 'failed')),
  next_attempt_at integer check ((state = 'scheduled') = (next_attempt_at is not null)),
  waiting_reason text check ((state = 'waiting') = (waiting_reason is not null)),
  waiting_since integer check ((state = 'waiting') = (waiting_since is not null)),
  finished_at integer check ((state in ('succeeded', 'failed')) = (finished_at is not null)),
  failure_reason text check ((state = 'failed') = (failure_reason is not null)),
  failure_message text check ((state = 'failed') = (failure_message is not null)),
  sending integer not null check (sending in (0, 1)),
  attempt_started_at integer check ((sending = 1) = (attempt_started_at is not null)),
  attempt_manual integer check ((sending = 1) = (attempt_manual is not null)),
  status text not null generated always as (
    case state when 'succeeded' then 'Succeeded' when 'failed' then 'Failed' else 'In Progress' end
  ) virtual
) strict;

-- The log, newest first; the rowid that ends every index breaks ties.
create index deliveries_newest on deliveries (created_at);
create index deliveries_by_status on deliveries (status, created_at);
create index deliveries_by_endpoint on deliveries (endpoint_id, created_at);
create index deliveries_by_listening_post on deliveries (listening_post, created_at);
create index deliveries_by_webhook_id on deliveries (webhook_id, created_at);
create index deliveries_by_event on deliveries (event_seq);

-- The queue: only rows with something to do.
create index deliveries_due on deliveries (endpoint_id, next_attempt_at) where state = 'scheduled' and sending = 0;
create index deliveries_open on deliveries (endpoint_id, seq, state) where state in ('scheduled', 'waiting');
create index deliveries_waiting on deliveries (endpoint_id, waiting_since) where state = 'waiting';
create index deliveries_resends on deliveries (endpoint_id) where resends > 0 and sending = 0;
create index deliveries_sending on deliveries (endpoint_id) where sending = 1;

-- The HTTP tries.
create table attempts (
  delivery_seq integer not null references deliveries (seq),
  number integer not null,
  manual integer not null,
  outcome text not null check (outcome in ('succeeded', 'failed', 'interrupted')),
  started_at integer not null,
  duration_ms integer,
  status_code integer,
  error text not null,
  request text,
  response_headers text not null,
  is_response_cut integer not null,
  response_body blob not null,
  unique (delivery_seq, number)
) strict;

-- Outcomes the out nodes have not been told. `delivery` is the delivery as it was then, as JSON.
create table reports (
  id integer primary key autoincrement,
  node_id text not null,
  delivery_seq integer not null references deliveries (seq),
  attempt_number integer,
  delivery text not null,
  created_at integer not null
) strict;
create index reports_by_node on reports (node_id);
create index reports_by_delivery on reports (delivery_seq);

-- What an endpoint is at run time, as opposed to its settings.
create table endpoint_states (
  endpoint_id text primary key,
  missing_since integer
) strict;
