-- How many events of each hook are parked.
select hook_id, count(*) as parked_count from inbox_events where is_parked = 1 group by hook_id
