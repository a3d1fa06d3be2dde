everyday_calendar-001 | SELECT year(DATE '2024-02-29'), month(DATE '2024-02-29'), day(DATE '2024-02-29'), quarter(DATE '2024-02-29'), day_of_week(DATE '2024-02-29'), day_of_year(DATE '2024-02-29')
everyday_calendar-002 | SELECT extract(YEAR FROM DATE '2024-02-29'), extract(DOW FROM DATE '2024-03-03'), extract(DOY FROM DATE '2024-03-03'), extract(WEEK FROM DATE '2024-03-03'), extract(HOUR FROM TIMESTAMP '2024-03-03 14:30:00')
everyday_calendar-003 | SELECT extract(EPOCH FROM TIMESTAMP '2024-03-03 14:30:00')
everyday_calendar-004 | SELECT extract(TIMEZONE_HOUR FROM TIMESTAMP '2024-03-03 14:30:00 +05:30'), extract(TIMEZONE_MINUTE FROM TIMESTAMP '2024-03-03 14:30:00 +05:30')
everyday_calendar-005 | SELECT timezone_hour(TIMESTAMP '2024-07-01 00:00:00 Europe/Berlin'), timezone_minute(TIMESTAMP '2024-07-01 00:00:00 Asia/Kolkata')
everyday_calendar-006 | SELECT date_trunc('week', DATE '2024-03-03'), date_trunc('month', DATE '2024-03-15'), date_trunc('quarter', DATE '2024-05-15'), date_trunc('year', DATE '2024-05-15'), date_trunc('day', DATE '2024-05-15')
everyday_calendar-007 | SELECT date_trunc('hour', TIMESTAMP '2024-03-10 14:35:12.345'), date_trunc('week', TIMESTAMP '2024-03-10 14:35:12'), date_trunc('month', TIMESTAMP '2024-03-10 14:35:12 America/New_York')
everyday_calendar-008 | SELECT date_trunc('hour', DATE '2024-03-10')
everyday_calendar-009 | SELECT date_trunc('Month', DATE '2024-03-10'), date_trunc('DAY', TIMESTAMP '2024-03-10 10:00:00')
everyday_calendar-010 | SELECT date_add('day', 30, DATE '2024-02-01'), date_add('hour', -5, TIMESTAMP '2024-03-10 02:00:00'), date_add('second', 90, TIMESTAMP '2024-03-10 02:00:00'), date_add('millisecond', 1, TIMESTAMP '2024-03-10 02:00:00')
everyday_calendar-011 | SELECT date_add('hour', 1, DATE '2024-02-01')
everyday_calendar-012 | SELECT date_add('day', 1.5, DATE '2024-02-01')
everyday_calendar-013 | SELECT date_add('day', 1, '2024-02-01')
everyday_calendar-014 | SELECT date_add('month', -1, TIMESTAMP '2024-03-31 10:00:00'), date_add('month', 12, DATE '2024-02-29'), date_add('day', 1, TIMESTAMP '2024-03-30 12:00:00 Europe/Berlin')
everyday_calendar-015 | SELECT date_diff('week', DATE '2024-01-01', DATE '2024-01-14'), date_diff('quarter', DATE '2024-01-01', DATE '2024-12-31'), date_diff('year', DATE '2023-12-31', DATE '2024-01-01'), date_diff('month', DATE '2024-03-31', DATE '2024-02-29')
everyday_calendar-016 | SELECT date_diff('day', DATE '2024-03-01', TIMESTAMP '2024-03-02 12:00:00'), date_diff('second', TIMESTAMP '2024-03-01 00:00:00', TIMESTAMP '2024-03-01 00:00:59.999'), date_diff('minute', TIMESTAMP '2024-03-01 10:00:00 UTC', TIMESTAMP '2024-03-01 12:00:00 Europe/Berlin')
everyday_calendar-017 | SELECT date_diff('hour', DATE '2024-03-01', DATE '2024-03-02')
everyday_calendar-018 | SELECT DATE '2024-03-01' - INTERVAL '1' DAY, DATE '2024-03-31' + INTERVAL '1' MONTH, DATE '2024-02-29' + INTERVAL '1' YEAR, TIMESTAMP '2024-03-01 00:00:00' - INTERVAL '1' SECOND
everyday_calendar-019 | SELECT DATE '2024-03-01' + INTERVAL '1' HOUR
everyday_calendar-020 | SELECT INTERVAL '2' DAY, INTERVAL '1' YEAR, INTERVAL '1:30' HOUR TO MINUTE, INTERVAL '1 12:00:00' DAY TO SECOND, -INTERVAL '1' DAY
everyday_calendar-021 | SELECT INTERVAL '1 day'
everyday_calendar-022 | SELECT INTERVAL 1 DAY
everyday_calendar-023 | SELECT INTERVAL '5' MINUTE * 3, INTERVAL '1' HOUR / 2, INTERVAL '1' DAY > INTERVAL '23' HOUR, INTERVAL '1' DAY = INTERVAL '24' HOUR
everyday_calendar-024 | SELECT DATE '2024-03-10' - DATE '2024-03-01', TIMESTAMP '2024-03-10 12:00:00' - TIMESTAMP '2024-03-01 00:00:00', day(TIMESTAMP '2024-03-10 12:00:00' - TIMESTAMP '2024-03-01 00:00:00')
everyday_calendar-025 | SELECT date_diff('day', DATE '2024-03-01', DATE '2024-03-10') * INTERVAL '1' DAY, to_milliseconds(INTERVAL '1' HOUR + INTERVAL '1' SECOND)
everyday_calendar-026 | SELECT d, day_of_week(d) AS dow, format_datetime(d, 'EEE') AS name FROM UNNEST(sequence(DATE '2024-03-01', DATE '2024-03-04')) AS t(d) ORDER BY d
everyday_calendar-027 | SELECT date_format(m, '%Y-%m') AS month, day(last_day_of_month(m)) AS days FROM UNNEST(sequence(DATE '2024-01-01', DATE '2024-04-01', INTERVAL '1' MONTH)) AS t(m) ORDER BY m
everyday_calendar-028 | SELECT CAST(d AS date) AS d, week(d) AS iso_week, CAST(year_of_week(d) AS varchar) || '-W' || lpad(CAST(week(d) AS varchar), 2, '0') AS label FROM UNNEST(sequence(TIMESTAMP '2024-12-29 00:00:00', TIMESTAMP '2025-01-06 00:00:00', INTERVAL '4' DAY)) AS t(d) ORDER BY d
everyday_calendar-029 | SELECT sequence(TIMESTAMP '2024-03-01 00:00:00', TIMESTAMP '2024-03-01 02:00:00', INTERVAL '1' HOUR), sequence(DATE '2024-03-03', DATE '2024-03-01', INTERVAL '-1' DAY)
everyday_calendar-030 | SELECT transform(sequence(0, 2), i -> date_add('day', i, DATE '2024-03-01')), transform(sequence(1, 3), i -> date_format(date_add('month', i, DATE '2024-01-31'), '%m/%d'))
everyday_calendar-031 | SELECT cardinality(sequence(DATE '2024-01-01', DATE '2024-12-31')), cardinality(filter(sequence(DATE '2024-01-01', DATE '2024-01-31'), d -> day_of_week(d) <= 5))
everyday_calendar-032 | SELECT TIMESTAMP '2024-03-10 10:00:00 UTC' AT TIME ZONE 'America/Los_Angeles', TIMESTAMP '2024-03-10 09:59:59 UTC' AT TIME ZONE 'America/Los_Angeles', TIMESTAMP '2024-03-10 10:00:00 UTC' AT TIME ZONE 'Asia/Kolkata'
everyday_calendar-033 | SELECT TIMESTAMP '2024-03-10 10:00:00' AT TIME ZONE 'America/New_York', at_timezone(TIMESTAMP '2024-03-10 10:00:00 UTC', 'Europe/London'), with_timezone(TIMESTAMP '2024-07-10 10:00:00', 'Europe/London')
everyday_calendar-034 | SELECT CAST(TIMESTAMP '2024-03-10 10:00:00 America/New_York' AS timestamp), CAST(TIMESTAMP '2024-03-10 10:00:00 America/New_York' AT TIME ZONE 'UTC' AS timestamp), CAST(TIMESTAMP '2024-03-10 10:00:00' AS timestamp with time zone)
everyday_calendar-035 | SELECT TIMESTAMP '2024-03-10 10:00:00 +02:00' = TIMESTAMP '2024-03-10 08:00:00 UTC', TIMESTAMP '2024-03-10 10:00:00 Europe/Berlin' > TIMESTAMP '2024-03-10 10:00:00 UTC'
everyday_calendar-036 | SELECT hour(TIMESTAMP '2024-03-10 10:00:00 UTC' AT TIME ZONE 'Asia/Tokyo'), day(TIMESTAMP '2024-03-10 20:00:00 UTC' AT TIME ZONE 'Asia/Tokyo'), date(TIMESTAMP '2024-03-10 20:00:00 UTC' AT TIME ZONE 'Asia/Tokyo')
everyday_calendar-037 | SELECT date_trunc('day', TIMESTAMP '2024-03-10 20:00:00 UTC' AT TIME ZONE 'Asia/Tokyo'), date_format(TIMESTAMP '2024-03-10 20:00:00 UTC' AT TIME ZONE 'Asia/Tokyo', '%Y-%m-%d %H:%i')
everyday_calendar-038 | SELECT TIMESTAMP '2024-03-10 10:00:00' AT TIME ZONE 'Mars/Base'
everyday_calendar-039 | SELECT to_unixtime(TIMESTAMP '2024-03-10 10:00:00 America/New_York'), to_unixtime(TIMESTAMP '1969-12-31 23:59:59.5'), to_unixtime(DATE '2024-03-10')
everyday_calendar-040 | SELECT CAST(to_unixtime(TIMESTAMP '2024-03-10 10:00:00') AS bigint), from_unixtime(0), from_unixtime(-1.5), from_unixtime(1710064800, 'Asia/Tokyo')
everyday_calendar-041 | SELECT from_iso8601_timestamp('2024-03-10'), from_iso8601_timestamp('2024-03-10T10'), from_iso8601_timestamp('2024-03-10T10:00:00.123456-05:00'), from_iso8601_timestamp_nanos('2024-03-10T10:00:00.123456789Z')
everyday_calendar-042 | SELECT from_iso8601_timestamp('10/03/2024')
everyday_calendar-043 | SELECT from_iso8601_date('2024-03-10'), from_iso8601_date('2024-070'), to_iso8601(DATE '2024-03-10'), to_iso8601(TIMESTAMP '2024-03-10 10:00:00 UTC')
everyday_calendar-044 | SELECT date('2024-03-10'), date(TIMESTAMP '2024-03-10 23:00:00'), CAST('2024-03-10' AS date) = DATE '2024-03-10'
everyday_calendar-045 | SELECT date('10.03.2024')
everyday_calendar-046 | SELECT timestamp('2024-03-10')
everyday_calendar-047 | SELECT DATE '2024-03-32'
everyday_calendar-048 | SELECT TIMESTAMP '2024-03-10 25:00:00'
everyday_calendar-049 | SELECT TIMESTAMP '2024-03-10', TIMESTAMP '2024-03-10 10:00', TIMESTAMP '2024-03-10 10:00:00.1', TIMESTAMP '2024-03-10 10:00:00.123456789'
everyday_calendar-050 | SELECT TIME '10:00', TIME '10:00:00.123', TIME '10:00' - TIME '09:30'
everyday_calendar-051 | SELECT hour(TIME '10:30:15'), minute(TIME '10:30:15'), second(TIME '10:30:15'), TIME '10:30:15' > TIME '09:00:00', date_add('minute', 45, TIME '23:30:00')
everyday_calendar-052 | SELECT current_timestamp = now(), current_timezone(), date(now()) = current_date
everyday_calendar-053 | SELECT localtime IS NOT NULL, current_time IS NOT NULL
everyday_calendar-054 | SELECT least(DATE '2024-01-01', DATE '2023-01-01'), greatest(TIMESTAMP '2024-01-01 00:00:00', TIMESTAMP '2024-01-02 00:00:00'), max(d), min(d) FROM (VALUES DATE '2024-05-01', DATE '2024-04-01') AS t(d)
everyday_calendar-055 | SELECT DATE '2024-01-01' = TIMESTAMP '2024-01-01 00:00:00', DATE '2024-01-02' > TIMESTAMP '2024-01-01 12:00:00', DATE '2024-01-01' IN (DATE '2024-01-01', DATE '2024-01-02')
everyday_calendar-056 | SELECT avg(d) FROM (VALUES DATE '2024-01-01') AS t(d)
everyday_calendar-057 | SELECT from_unixtime(avg(to_unixtime(ts))) AS mean_ts FROM (VALUES TIMESTAMP '2024-01-01 00:00:00', TIMESTAMP '2024-01-01 01:00:00') AS t(ts)
everyday_calendar-058 | SELECT sum(i) AS total, avg(i) AS mean, max(i) AS longest FROM (VALUES INTERVAL '1' HOUR, INTERVAL '90' MINUTE) AS t(i)
everyday_calendar-059 | SELECT format('%02d:%02d:%02d', 3725 / 3600, 3725 % 3600 / 60, 3725 % 60), human_readable_seconds(93784)
everyday_calendar-060 | SELECT date_diff('day', DATE '1990-05-17', DATE '2024-05-16') / 365.25 AS years, date_diff('year', DATE '1990-05-17', DATE '2024-05-16') AS age
everyday_calendar-061 | SELECT year(d) - 1990 - IF((month(d), day(d)) < (5, 17), 1, 0) AS age FROM (VALUES DATE '2024-05-16', DATE '2024-05-17') AS t(d) ORDER BY d
everyday_calendar-062 | SELECT d FROM (VALUES DATE '2024-01-01', DATE '2024-06-01', DATE '2025-01-01') AS t(d) WHERE d >= DATE '2024-01-01' AND d < DATE '2025-01-01' ORDER BY d
everyday_calendar-063 | SELECT d FROM (VALUES DATE '2024-01-01', DATE '2024-06-01') AS t(d) WHERE year(d) = 2024 AND month(d) IN (6, 7, 8)
everyday_calendar-064 | SELECT ts FROM (VALUES TIMESTAMP '2024-01-01 10:00:00', TIMESTAMP '2024-01-02 00:00:00') AS t(ts) WHERE date(ts) = DATE '2024-01-01'
everyday_calendar-065 | SELECT ts FROM (VALUES TIMESTAMP '2024-01-01 10:00:00', TIMESTAMP '2024-01-02 00:00:00') AS t(ts) WHERE ts BETWEEN TIMESTAMP '2024-01-01 00:00:00' AND TIMESTAMP '2024-01-01 23:59:59.999'
everyday_calendar-066 | SELECT ts FROM (VALUES TIMESTAMP '2024-01-01 10:00:00') AS t(ts) WHERE ts > '2024-01-01'
everyday_calendar-067 | SELECT CAST(date_trunc('week', d) AS date) AS wk, count(*) AS n FROM (VALUES DATE '2024-01-01', DATE '2024-01-07', DATE '2024-01-08') AS t(d) GROUP BY date_trunc('week', d) ORDER BY wk
everyday_calendar-068 | SELECT date_trunc('week', d + INTERVAL '1' DAY) - INTERVAL '1' DAY AS sunday_week, count(*) AS n FROM (VALUES DATE '2024-01-06', DATE '2024-01-07') AS t(d) GROUP BY 1 ORDER BY 1
everyday_calendar-069 | SELECT CASE day_of_week(d) WHEN 6 THEN 'Sat' WHEN 7 THEN 'Sun' ELSE 'weekday' END AS kind, count(*) AS n FROM UNNEST(sequence(DATE '2024-03-01', DATE '2024-03-10')) AS t(d) GROUP BY 1 ORDER BY 1
everyday_calendar-070 | SELECT element_at(ARRAY['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'], CAST(day_of_week(DATE '2024-03-10') AS integer)) AS name, ARRAY['Q1', 'Q2', 'Q3', 'Q4'][quarter(DATE '2024-03-10')] AS q
everyday_calendar-071 | SELECT date_format(TIMESTAMP '2024-03-10 10:00:00', '%Y%m%d'), CAST(date_format(TIMESTAMP '2024-03-10 10:00:00', '%Y%m%d') AS integer), date_parse(CAST(20240310 AS varchar), '%Y%m%d')
everyday_calendar-072 | SELECT CAST(date_parse('2024-03-10', '%Y-%m-%d') AS date), date(date_parse('10.03.2024', '%d.%m.%Y')), try(date_parse('bad', '%Y'))
everyday_calendar-073 | SELECT with_timezone(TIMESTAMP '2024-03-31 02:30:00', 'Europe/Berlin'), TIMESTAMP '2024-10-27 02:30:00 Europe/Berlin', TIMESTAMP '2024-03-31 00:30:00 UTC' AT TIME ZONE 'Europe/Berlin' + INTERVAL '1' HOUR
everyday_calendar-074 | SELECT date_diff('hour', TIMESTAMP '2024-03-31 00:00:00 Europe/Berlin', TIMESTAMP '2024-04-01 00:00:00 Europe/Berlin'), date_diff('day', TIMESTAMP '2024-03-30 12:00:00 Europe/Berlin', TIMESTAMP '2024-03-31 12:00:00 Europe/Berlin')
everyday_calendar-075 | SELECT ts AT TIME ZONE 'Europe/Berlin' AS local, hour(ts AT TIME ZONE 'Europe/Berlin') AS h FROM (VALUES TIMESTAMP '2024-07-01 22:30:00 UTC', TIMESTAMP '2024-01-01 22:30:00 UTC') AS t(ts) ORDER BY ts
everyday_calendar-076 | SELECT date_trunc('day', ts AT TIME ZONE 'America/New_York') AS d, count(*) AS n FROM (VALUES TIMESTAMP '2024-07-01 03:30:00 UTC', TIMESTAMP '2024-07-01 05:30:00 UTC') AS t(ts) GROUP BY 1 ORDER BY 1
everyday_calendar-077 | SELECT CAST(ts AT TIME ZONE tz AS timestamp) AS local FROM (VALUES (TIMESTAMP '2024-07-01 12:00:00 UTC', 'Asia/Tokyo'), (TIMESTAMP '2024-07-01 12:00:00 UTC', 'Europe/Paris')) AS t(ts, tz) ORDER BY local
everyday_calendar-078 | SELECT row_number() OVER (PARTITION BY date_trunc('month', d) ORDER BY d) AS n, d FROM (VALUES DATE '2024-01-05', DATE '2024-01-09', DATE '2024-02-01') AS t(d) ORDER BY d
everyday_calendar-079 | SELECT d, lead(d) OVER (ORDER BY d) - d AS gap, date_diff('day', d, lead(d) OVER (ORDER BY d)) AS days FROM (VALUES DATE '2024-01-05', DATE '2024-01-09', DATE '2024-02-01') AS t(d) ORDER BY d
everyday_calendar-080 | WITH cal AS (SELECT d FROM UNNEST(sequence(DATE '2024-01-01', DATE '2024-01-05', INTERVAL '1' DAY)) AS t(d)), s(d, v) AS (VALUES (DATE '2024-01-02', 10), (DATE '2024-01-04', 20)) SELECT cal.d, coalesce(s.v, 0) AS v, sum(coalesce(s.v, 0)) OVER (ORDER BY cal.d) AS running FROM cal LEFT JOIN s ON cal.d = s.d ORDER BY cal.d
everyday_calendar-081 | WITH b(id, start_d, end_d) AS (VALUES (1, DATE '2024-01-01', DATE '2024-01-03'), (2, DATE '2024-01-02', DATE '2024-01-02')) SELECT d, count(*) AS active FROM b CROSS JOIN UNNEST(sequence(start_d, end_d)) AS t(d) GROUP BY d ORDER BY d
everyday_calendar-082 | WITH b(id, s, e) AS (VALUES (1, 1, 5), (2, 4, 8), (3, 10, 12)), m AS (SELECT *, max(e) OVER (ORDER BY s ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS prev_e FROM b), g AS (SELECT *, sum(IF(prev_e IS NULL OR s > prev_e, 1, 0)) OVER (ORDER BY s) AS grp FROM m) SELECT min(s) AS s, max(e) AS e FROM g GROUP BY grp ORDER BY s
everyday_calendar-083 | SELECT a.id AS x, b.id AS y FROM (VALUES (1, DATE '2024-01-01', DATE '2024-01-05'), (2, DATE '2024-01-04', DATE '2024-01-08')) AS a(id, s, e) JOIN (VALUES (1, DATE '2024-01-01', DATE '2024-01-05'), (2, DATE '2024-01-04', DATE '2024-01-08')) AS b(id, s, e) ON a.id < b.id AND a.s <= b.e AND b.s <= a.e
everyday_calendar-084 | SELECT year(DATE '2024-01-01') || '-01'
everyday_calendar-085 | SELECT month('March')
everyday_calendar-086 | SELECT DATE '2024-01-01' + INTERVAL '1' DAY * 3, DATE '2024-01-01' + 3 * INTERVAL '1' WEEK
everyday_calendar-087 | SELECT DATE '2024-01-01' + INTERVAL '1' QUARTER
everyday_calendar-088 | SELECT DATE('2024-01-01') + INTERVAL '2' WEEK
