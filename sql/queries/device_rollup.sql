-- description: Device rollup - each device's readings of temperature and wind by quarter.
-- grain: one row a device, metric and UTC quarter
-- inputs: hot_telemetry
-- metrics: n, least, mean, p95 and greatest of value_double; last = the value with the latest event_time
SELECT
    device_id,
    metric,
    unit,
    date_format(date_trunc('quarter', event_time), '%Y-%m') AS quarter,
    count(*) AS n,
    round(min(value_double), 1) AS least,
    round(avg(value_double), 1) AS mean,
    round(approx_percentile(value_double, 0.95), 1) AS p95,
    round(max(value_double), 1) AS greatest,
    max_by(value_double, event_time) AS last
FROM hot_telemetry
WHERE metric IN ('temp', 'wind_speed')
GROUP BY device_id, metric, unit, date_trunc('quarter', event_time)
ORDER BY device_id, metric, quarter
