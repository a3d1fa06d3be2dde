-- description: Sessions by month - how many, how long, how often one ends after a single event.
-- grain: one row a UTC month
-- inputs: clickstream
-- metrics: a session ends after 30 minutes without an event; one_event_pct = sessions of one event / sessions
WITH ordered AS (
    SELECT
        coalesce(user_id, anonymous_id) AS visitor,
        event_time,
        lag(event_time) OVER (PARTITION BY coalesce(user_id, anonymous_id) ORDER BY event_time) AS previous_time
    FROM clickstream
),
numbered AS (
    SELECT
        visitor,
        event_time,
        sum(CASE WHEN previous_time IS NULL OR date_diff('second', previous_time, event_time) > 1800 THEN 1 ELSE 0 END)
            OVER (PARTITION BY visitor ORDER BY event_time) AS session_number
    FROM ordered
),
sessions AS (
    SELECT
        visitor,
        session_number,
        min(event_time) AS started,
        date_diff('second', min(event_time), max(event_time)) AS seconds,
        count(*) AS events
    FROM numbered
    GROUP BY visitor, session_number
)
SELECT
    date_format(date_trunc('month', started), '%Y-%m') AS month,
    count(*) AS sessions,
    count(DISTINCT visitor) AS users,
    round(avg(events), 2) AS events_each,
    approx_percentile(seconds, 0.5) AS median_seconds,
    round(100.0 * count_if(events = 1) / count(*), 1) AS one_event_pct
FROM sessions
GROUP BY 1
ORDER BY 1
