-- description: Device rollup - a year of temperature and wind at each station.
-- grain: one row a device and metric
-- inputs: telemetry
-- metrics: n, least, mean, p95 and most of value_double; last = the value with the latest event_time
SELECT
    device_id,
    metric,
    unit,
    count(*) AS n,
    round(min(value_double), 1) AS least,
    round(avg(value_double), 1) AS mean,
    round(approx_percentile(value_double, 0.95), 1) AS p95,
    round(max(value_double), 1) AS most,
    round(max_by(value_double, event_time), 1) AS last
FROM telemetry
WHERE metric IN ('temp', 'wind_speed')
GROUP BY device_id, metric, unit
ORDER BY metric, device_id
