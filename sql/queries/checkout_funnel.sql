-- description: Checkout funnel - users who reached each step after the step before it.
-- grain: one row a step
-- inputs: clickstream
-- metrics: users = users whose first event of the step comes after their first event of the step before; share = users / users of step 1
WITH first_times AS (
    SELECT
        coalesce(user_id, anonymous_id) AS visitor,
        min(event_time) FILTER (WHERE event_name = 'catalog') AS catalog,
        min(event_time) FILTER (WHERE event_name = 'cart') AS cart,
        min(event_time) FILTER (WHERE event_name = 'payment_choice') AS payment_choice,
        min(event_time) FILTER (WHERE event_name = 'payment_done') AS payment_done
    FROM clickstream
    GROUP BY 1
),
reached AS (
    SELECT
        count_if(catalog IS NOT NULL) AS step_1,
        count_if(cart > catalog) AS step_2,
        count_if(cart > catalog AND payment_choice > cart) AS step_3,
        count_if(cart > catalog AND payment_choice > cart AND payment_done > payment_choice) AS step_4
    FROM first_times
)
SELECT
    step,
    event_name,
    users,
    round(100.0 * users / max(users) OVER (), 1) AS percent_of_first
FROM reached
CROSS JOIN UNNEST(
    ARRAY[1, 2, 3, 4],
    ARRAY['catalog', 'cart', 'payment_choice', 'payment_done'],
    ARRAY[step_1, step_2, step_3, step_4]
) AS steps (step, event_name, users)
ORDER BY step
