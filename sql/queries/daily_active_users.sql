-- description: Daily active users and events, the ten busiest days first.
-- grain: one row a UTC day
-- inputs: clickstream
-- metrics: active_users = distinct users with an event that day; events = all events that day
SELECT
    cast(event_time AS date) AS day,
    count(DISTINCT coalesce(user_id, anonymous_id)) AS active_users,
    count(*) AS events
FROM clickstream
GROUP BY 1
ORDER BY active_users DESC, day
LIMIT 10
