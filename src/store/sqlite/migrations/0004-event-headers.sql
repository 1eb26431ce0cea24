-- Headers that go with an event, as a JSON list of names and values; null where there are none.
alter table events add column headers text;
