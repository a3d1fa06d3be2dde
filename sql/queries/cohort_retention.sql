-- description: Monthly cohort retention - users of a first month who came back in later months.
-- grain: one row a first month and month difference
-- inputs: clickstream
-- metrics: percent = distinct users of the cohort active in that month / distinct users of the cohort
WITH active AS (
    SELECT DISTINCT
        coalesce(user_id, anonymous_id) AS visitor,
        date_trunc('month', event_time) AS month
    FROM clickstream
),
cohorts AS (
    SELECT visitor, month, min(month) OVER (PARTITION BY visitor) AS first_month
    FROM active
)
SELECT
    date_format(first_month, '%Y-%m') AS cohort,
    date_diff('month', first_month, month) AS months_later,
    count(DISTINCT visitor) AS users,
    round(100.0 * count(DISTINCT visitor) / max(count(DISTINCT visitor)) OVER (PARTITION BY first_month), 1) AS percent
FROM cohorts
WHERE date_diff('month', first_month, month) <= 3
GROUP BY first_month, date_diff('month', first_month, month)
ORDER BY 1, 2
