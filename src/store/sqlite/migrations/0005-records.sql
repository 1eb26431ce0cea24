-- Customer accounts. `name_key` and `alias_key` are what names are compared by; a text is never both, so that it names one account.
create table accounts (
  id integer primary key autoincrement,
  name text not null,
  name_key text not null unique check (name_key <> ''),
  properties text not null,
  last_activity_at integer,
  created_at integer not null,
  updated_at integer not null
) strict;
create index accounts_by_silence on accounts (coalesce(last_activity_at, created_at));

create table account_aliases (
  id integer primary key autoincrement,
  account_id integer not null references accounts (id),
  alias text not null,
  alias_key text not null unique check (alias_key <> ''),
  created_at integer not null
) strict;
create index account_aliases_by_account on account_aliases (account_id);

-- People at the accounts, known by an email address or a phone number.
create table contacts (
  id integer primary key autoincrement,
  email text check ((email is null) = (email_key is null)),
  email_key text unique check (email_key <> ''),
  phone text check ((phone is null) = (phone_key is null)),
  phone_key text unique check (phone_key <> ''),
  account_id integer references accounts (id),
  properties text not null,
  created_at integer not null,
  updated_at integer not null,
  check (email_key is not null or phone_key is not null)
) strict;
create index contacts_by_account on contacts (account_id) where account_id is not null;

-- What happened with an account; the newest is its `last_activity_at`.
create table activities (
  id integer primary key autoincrement,
  account_id integer not null references accounts (id),
  reference text not null,
  reference_key text not null unique check (reference_key <> ''),
  source text not null,
  type text not null,
  happened_at integer not null,
  properties text not null,
  created_at integer not null,
  updated_at integer not null
) strict;
create index activities_by_account on activities (account_id, happened_at);

-- Survey responses that a contact gave in another system.
create table external_responses (
  id integer primary key autoincrement,
  contact_id integer not null references contacts (id),
  sent_at integer not null,
  responded_at integer not null,
  properties text not null,
  created_at integer not null,
  updated_at integer not null,
  unique (contact_id, responded_at)
) strict;

-- Survey invitations with their content as it was made, so that the same request makes the same one again.
create table invitations (
  seq integer primary key,
  id text not null unique check (id <> ''),
  contact_id integer not null references contacts (id),
  account_id integer references accounts (id),
  touchpoint text not null,
  contact text not null,
  account text,
  auto_populated text not null,
  created_at integer not null
) strict;
create index invitations_by_contact on invitations (contact_id);

-- The reporting table: `response` is the whole, and what people ask for stands in a column beside it, which cannot disagree with it.
create table survey_responses (
  id integer primary key autoincrement,
  source text not null check (source <> ''),
  response_id text not null check (response_id <> ''),
  submitted_at integer,
  created_at integer not null,
  updated_at integer not null,
  response text not null,
  survey_id text generated always as (response ->> '$.surveyId') virtual,
  survey_name text generated always as (response ->> '$.surveyName') virtual,
  metric text generated always as (response ->> '$.metric') virtual,
  score real generated always as (
    case when json_type(response, '$.score') in ('integer', 'real') then response ->> '$.score' end
  ) virtual,
  class text generated always as (response ->> '$.class') virtual,
  rating text generated always as (response ->> '$.rating') virtual,
  comment text generated always as (response ->> '$.comment') virtual,
  respondent_id text generated always as (response ->> '$.respondent.id') virtual,
  respondent_email text generated always as (response ->> '$.respondent.email') virtual,
  respondent_phone text generated always as (response ->> '$.respondent.phone') virtual,
  respondent_name text generated always as (response ->> '$.respondent.name') virtual,
  account text generated always as (response ->> '$.account') virtual,
  agent text generated always as (response ->> '$.agent') virtual,
  support_group_code text generated always as (response ->> '$.supportGroup.code') virtual,
  support_group_name text generated always as (response ->> '$.supportGroup.name') virtual,
  ticket_id text generated always as (response ->> '$.ticketId') virtual,
  language text generated always as (response ->> '$.language') virtual,
  unique (source, response_id)
) strict;
create index survey_responses_by_time on survey_responses (coalesce(submitted_at, created_at));
