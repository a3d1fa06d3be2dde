everyday_iot-001 | WITH r(device, ts, temp) AS (VALUES ('a', TIMESTAMP '2024-05-01 00:00:00', 20.5), ('a', TIMESTAMP '2024-05-01 00:07:00', 21.0), ('a', TIMESTAMP '2024-05-01 00:16:00', 22.25)) SELECT device, date_trunc('hour', ts) + INTERVAL '15' MINUTE * (minute(ts) / 15) AS bucket, avg(temp) AS mean, count(*) AS n FROM r GROUP BY 1, 2 ORDER BY 2
everyday_iot-002 | WITH r(ts, v) AS (VALUES (TIMESTAMP '2024-05-01 00:01:30', 1), (TIMESTAMP '2024-05-01 00:04:59', 2), (TIMESTAMP '2024-05-01 00:05:00', 3)) SELECT from_unixtime(floor(to_unixtime(ts) / 300) * 300) AS bucket, sum(v) AS total FROM r GROUP BY 1 ORDER BY 1
everyday_iot-003 | WITH r(ts, v) AS (VALUES (TIMESTAMP '2024-05-01 00:01:30', 1), (TIMESTAMP '2024-05-01 00:04:59', 2)) SELECT date_add('minute', -(minute(ts) % 5), date_trunc('minute', ts)) AS bucket, max(v) AS m FROM r GROUP BY 1
everyday_iot-004 | SELECT date_bin(INTERVAL '5' MINUTE, TIMESTAMP '2024-05-01 00:01:30', TIMESTAMP '2024-05-01 00:00:00')
everyday_iot-005 | SELECT device, ts, temp, avg(temp) OVER (PARTITION BY device ORDER BY ts ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS moving FROM (VALUES ('a', 1, 10.0), ('a', 2, 20.0), ('a', 3, 30.0), ('a', 4, 40.0)) AS t(device, ts, temp) ORDER BY ts
everyday_iot-006 | SELECT ts, avg(CAST(v AS double)) OVER (ORDER BY ts ROWS 1 PRECEDING) AS m FROM (VALUES (1, 10), (2, 20), (3, 40)) AS t(ts, v) ORDER BY ts
everyday_iot-007 | SELECT ts, sum(v) OVER (ORDER BY ts RANGE BETWEEN INTERVAL '10' MINUTE PRECEDING AND CURRENT ROW) AS s FROM (VALUES (TIMESTAMP '2024-05-01 00:00:00', 1), (TIMESTAMP '2024-05-01 00:09:00', 2), (TIMESTAMP '2024-05-01 00:12:00', 4)) AS t(ts, v) ORDER BY ts
everyday_iot-008 | SELECT d, avg(v) OVER (ORDER BY d RANGE BETWEEN INTERVAL '6' DAY PRECEDING AND CURRENT ROW) AS week_avg FROM (VALUES (DATE '2024-05-01', 1.0), (DATE '2024-05-05', 2.0), (DATE '2024-05-08', 6.0)) AS t(d, v) ORDER BY d
everyday_iot-009 | SELECT x, sum(x) OVER (ORDER BY x RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS near FROM (VALUES 1, 2, 4, 5, 5) AS t(x) ORDER BY x
everyday_iot-010 | SELECT x, count(*) OVER (ORDER BY x GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW) AS g FROM (VALUES 1, 1, 2, 3, 3) AS t(x) ORDER BY x
everyday_iot-011 | SELECT device, v - lag(v) OVER (PARTITION BY device ORDER BY ts) AS delta, v - first_value(v) OVER (PARTITION BY device ORDER BY ts) AS since FROM (VALUES ('a', 1, 5), ('a', 2, 8), ('b', 1, 1)) AS t(device, ts, v) ORDER BY device, ts
everyday_iot-012 | SELECT device, ts, CASE WHEN v < lag(v, 1, v) OVER (PARTITION BY device ORDER BY ts) THEN v ELSE v - lag(v, 1, v) OVER (PARTITION BY device ORDER BY ts) END AS increase FROM (VALUES ('a', 1, 100), ('a', 2, 120), ('a', 3, 5)) AS t(device, ts, v) ORDER BY ts
everyday_iot-013 | SELECT t.ts, coalesce(r.v, 0) AS v FROM UNNEST(sequence(TIMESTAMP '2024-05-01 00:00:00', TIMESTAMP '2024-05-01 01:00:00', INTERVAL '15' MINUTE)) AS t(ts) LEFT JOIN (VALUES (TIMESTAMP '2024-05-01 00:15:00', 7)) AS r(ts, v) ON r.ts = t.ts ORDER BY t.ts
everyday_iot-014 | SELECT t.ts, last_value(r.v) IGNORE NULLS OVER (ORDER BY t.ts) AS filled FROM UNNEST(sequence(TIMESTAMP '2024-05-01 00:00:00', TIMESTAMP '2024-05-01 03:00:00', INTERVAL '1' HOUR)) AS t(ts) LEFT JOIN (VALUES (TIMESTAMP '2024-05-01 00:00:00', 7), (TIMESTAMP '2024-05-01 02:00:00', 9)) AS r(ts, v) ON r.ts = t.ts ORDER BY t.ts
everyday_iot-015 | SELECT h FROM UNNEST(sequence(0, 23, 6)) AS t(h) ORDER BY h DESC
everyday_iot-016 | SELECT sequence(5, 1) AS down, sequence(1, 10, 3) AS step, sequence(DATE '2024-02-27', DATE '2024-03-01') AS days
everyday_iot-017 | SELECT sequence(DATE '2024-01-31', DATE '2024-05-31', INTERVAL '1' MONTH) AS months
everyday_iot-018 | SELECT sequence(1, 5, -1)
everyday_iot-019 | SELECT sequence(1, 10, 0)
everyday_iot-020 | SELECT device, count(*) AS n, min(v) AS low, max(v) AS high, avg(v) AS mean, stddev_pop(v) AS sd, variance(v) AS var FROM (VALUES ('a', 1.5E0), ('a', 2.5E0), ('b', 4E0)) AS t(device, v) GROUP BY device ORDER BY device
everyday_iot-021 | SELECT corr(y, x) AS r, regr_slope(y, x) AS slope, regr_intercept(y, x) AS start, covar_samp(y, x) AS cs, covar_pop(y, x) AS cp FROM (VALUES (1E0, 2E0), (2E0, 4E0), (3E0, 7E0)) AS t(x, y)
everyday_iot-022 | SELECT skewness(x) AS s, kurtosis(x) AS k FROM (VALUES 1E0, 2E0, 3E0, 10E0, 4E0) AS t(x)
everyday_iot-023 | SELECT geometric_mean(x) AS g, approx_percentile(x, 0.5) AS median FROM (VALUES 1E0, 2E0, 4E0) AS t(x)
everyday_iot-024 | SELECT device, v, (v - avg(v) OVER (PARTITION BY device)) / nullif(stddev(v) OVER (PARTITION BY device), 0) AS z FROM (VALUES ('a', 1E0), ('a', 3E0), ('b', 2E0)) AS t(device, v) ORDER BY device, v
everyday_iot-025 | SELECT bitwise_and(flags, 4) > 0 AS alarm, bitwise_or(flags, 1) AS o, bitwise_xor(flags, 255) AS x, bitwise_not(flags) AS n FROM (VALUES 5, 8) AS t(flags) ORDER BY flags
everyday_iot-026 | SELECT bitwise_left_shift(1, 10) AS l, bitwise_right_shift(1024, 3) AS r, bitwise_right_shift_arithmetic(-8, 1) AS a, bit_count(255, 64) AS c
everyday_iot-027 | SELECT bitwise_and_agg(x) AS a, bitwise_or_agg(x) AS o, bitwise_xor_agg(x) AS xo FROM (VALUES 12, 10) AS t(x)
everyday_iot-028 | SELECT from_base('ff', 16) AS n, to_base(255, 2) AS b, from_base('zz', 36) AS z, from_base('12', 2) AS bad
everyday_iot-029 | SELECT try(from_base('12', 2)) AS none, from_big_endian_32(X'000000FF') AS i, to_big_endian_64(255) AS b
everyday_iot-030 | SELECT from_ieee754_32(X'3F800000') AS f, from_ieee754_64(X'3FF8000000000000') AS d, to_ieee754_64(1.5E0) AS b
everyday_iot-031 | SELECT round(21.456, 1) AS r1, round(21.456) AS r0, round(-2.5) AS h, round(2.5E0) AS hd, round(1250, -2) AS n, truncate(21.987, 1) AS t
everyday_iot-032 | SELECT ceil(2.1) AS c, floor(-2.1) AS f, ceiling(DECIMAL '2.10') AS d, sign(-3.5) AS s, abs(-7) AS a
everyday_iot-033 | SELECT degrees(pi()) AS d, radians(180) AS r, sin(radians(30)) AS s, atan2(1, 1) AS t, cos(0) AS c
everyday_iot-034 | SELECT power(2, 10) AS p, sqrt(2) AS s, cbrt(27) AS c, exp(1) AS e, ln(10) AS l, log10(1000) AS l10, log2(8) AS l2, log(3, 81) AS l3
everyday_iot-035 | SELECT 6371 * 2 * asin(sqrt(power(sin(radians(48.2 - 52.5) / 2), 2) + cos(radians(52.5)) * cos(radians(48.2)) * power(sin(radians(16.37 - 13.4) / 2), 2))) AS km
everyday_iot-036 | SELECT great_circle_distance(52.5, 13.4, 48.2, 16.37) AS km
everyday_iot-037 | SELECT ST_Distance(to_spherical_geography(ST_Point(13.4, 52.5)), to_spherical_geography(ST_Point(16.37, 48.2))) AS m
everyday_iot-038 | SELECT ST_Contains(ST_GeometryFromText('POLYGON ((0 0, 0 10, 10 10, 10 0, 0 0))'), ST_Point(5, 5)) AS inside
everyday_iot-039 | SELECT ST_X(ST_Point(13.4, 52.5)) AS lon, ST_Y(ST_Point(13.4, 52.5)) AS lat
everyday_iot-040 | SELECT ST_AsText(ST_Point(1.5, 2)) AS wkt
everyday_iot-041 | SELECT is_nan(nan()) AS n, is_finite(1E0 / 0) AS f, is_infinite(infinity()) AS i, nan() > 1E308 AS g
everyday_iot-042 | SELECT max(v) AS m, min(v) AS l FROM (VALUES 1E0, nan(), 3E0) AS t(v)
everyday_iot-043 | SELECT avg(v) AS m, sum(v) AS s, count(v) AS n FROM (VALUES 1, 2, NULL) AS t(v)
everyday_iot-044 | SELECT avg(v) AS m, sum(v) AS s FROM (VALUES DECIMAL '1.10', DECIMAL '2.25') AS t(v)
everyday_iot-045 | SELECT avg(v) AS m, sum(v) AS s FROM (VALUES REAL '1.1', REAL '2.2') AS t(v)
everyday_iot-046 | SELECT sum(v) AS s, count(*) AS n FROM (VALUES 1) AS t(v) WHERE v > 5
everyday_iot-047 | SELECT device, max(ts) AS seen, date_diff('minute', max(ts), TIMESTAMP '2024-05-01 12:00:00') AS silent FROM (VALUES ('a', TIMESTAMP '2024-05-01 11:00:00'), ('b', TIMESTAMP '2024-05-01 11:59:30')) AS t(device, ts) GROUP BY device HAVING max(ts) < TIMESTAMP '2024-05-01 11:30:00'
everyday_iot-048 | WITH s(ts, state) AS (VALUES (1, 'on'), (2, 'on'), (3, 'off'), (4, 'on'), (5, 'on')), g AS (SELECT ts, state, row_number() OVER (ORDER BY ts) - row_number() OVER (PARTITION BY state ORDER BY ts) AS grp FROM s) SELECT state, min(ts) AS start_ts, max(ts) AS end_ts, count(*) AS n FROM g GROUP BY state, grp ORDER BY start_ts
everyday_iot-049 | WITH s(ts, state) AS (VALUES (TIMESTAMP '2024-05-01 00:00', 'on'), (TIMESTAMP '2024-05-01 02:30', 'off'), (TIMESTAMP '2024-05-01 03:00', 'on')) SELECT state, sum(date_diff('second', ts, next_ts)) / 3600.0 AS hours FROM (SELECT state, ts, lead(ts, 1, TIMESTAMP '2024-05-01 04:00') OVER (ORDER BY ts) AS next_ts FROM s) GROUP BY state ORDER BY state
everyday_iot-050 | SELECT device, json_extract_scalar(payload, '$.readings[0].v') AS v0, json_extract_scalar(payload, '$.meta.fw') AS fw FROM (VALUES ('a', '{"readings":[{"v":1.5},{"v":2}],"meta":{"fw":"1.2.3"}}')) AS t(device, payload)
everyday_iot-051 | SELECT r.v, r.unit FROM (VALUES '[{"v":1.5,"unit":"C"},{"v":2,"unit":"F"}]') AS t(payload) CROSS JOIN UNNEST(CAST(json_parse(payload) AS array(row(v double, unit varchar)))) AS r(v, unit) ORDER BY r.v
everyday_iot-052 | SELECT reading.v * 9 / 5 + 32 AS f FROM (SELECT CAST(ROW(20.5, 'C') AS row(v double, unit varchar)) AS reading)
everyday_iot-053 | SELECT reading FROM (SELECT CAST(ROW(20.5, 'C') AS row(v double, unit varchar)) AS reading)
everyday_iot-054 | SELECT t.reading.unit AS unit, count(*) AS n FROM (VALUES CAST(ROW(1, 'C') AS row(v integer, unit varchar)), CAST(ROW(2, 'C') AS row(v integer, unit varchar))) AS t(reading) GROUP BY t.reading.unit
everyday_iot-055 | SELECT id, n.* FROM (VALUES (1, ARRAY[CAST(ROW(1, 'x') AS row(a integer, b varchar))])) AS t(id, arr) CROSS JOIN UNNEST(arr) AS n(a, b)
everyday_iot-056 | SELECT reduce(ARRAY[1.5, 2.5, 4.0], CAST(0 AS double), (s, x) -> s + x, s -> s / 3) AS mean
everyday_iot-057 | SELECT reduce(ARRAY[5, 20, 50], CAST(ROW(0.0, 0) AS row(total double, n integer)), (s, x) -> CAST(ROW(x + s.total, s.n + 1) AS row(total double, n integer)), s -> IF(s.n = 0, NULL, s.total / s.n)) AS mean
everyday_iot-058 | SELECT array_max(a) AS hi, array_min(a) AS lo, array_sort(a) AS sorted, array_sum(a) FROM (VALUES (ARRAY[3, 1, 2])) AS t(a)
everyday_iot-059 | SELECT array_max(ARRAY[3, NULL, 2]) AS hi, array_average(ARRAY[1, 2])
everyday_iot-060 | SELECT array_sort(ARRAY[3, 1, NULL, 2]) AS s, array_sort(ARRAY[3, 1, 2], (a, b) -> IF(a < b, 1, IF(a = b, 0, -1))) AS d, reverse(array_sort(ARRAY[1, 3, 2])) AS r
everyday_iot-061 | SELECT any_match(a, x -> x > 2) AS some, all_match(a, x -> x > 0) AS each, none_match(a, x -> x > 5) AS none FROM (VALUES (ARRAY[1, 2, 3])) AS t(a)
everyday_iot-062 | SELECT array_distinct(ARRAY[1, 1, 2]) AS d, array_union(ARRAY[1, 2], ARRAY[2, 3]) AS u, array_intersect(ARRAY[1, 2], ARRAY[2, 3]) AS i, array_except(ARRAY[1, 2], ARRAY[2]) AS e
everyday_iot-063 | SELECT array_remove(ARRAY[1, 2, 1], 1) AS r, arrays_overlap(ARRAY[1, 2], ARRAY[2]) AS o, repeat('x', 3) AS p, ARRAY[1] || 2 || ARRAY[3, 4] AS c
everyday_iot-064 | SELECT shuffle(ARRAY[1]) AS s, trim_array(ARRAY[1, 2, 3], 1) AS t, concat(ARRAY[1], ARRAY[2], ARRAY[3]) AS c
everyday_iot-065 | SELECT dot_product(ARRAY[1.0, 2.0], ARRAY[3.0, 4.0]) AS d, cosine_similarity(MAP(ARRAY['a'], ARRAY[1.0]), MAP(ARRAY['a'], ARRAY[2.0])) AS c
everyday_iot-066 | SELECT cosine_distance(ARRAY[1.0, 2.0], ARRAY[3.0, 4.0]) AS c, euclidean_distance(ARRAY[1.0, 2.0], ARRAY[4.0, 6.0]) AS e
everyday_iot-067 | SELECT human_readable_seconds(3661) AS h, to_milliseconds(INTERVAL '1' MINUTE) AS ms, parse_duration('1.5h') AS d
everyday_iot-068 | SELECT format('%s: %.2f°C (%d)', 'a', 21.456, 3) AS label, format('%05d|%,d|%x|%e', 42, 1234567, 255, 12345.678) AS numbers
everyday_iot-069 | SELECT format_number(1234567) AS m, format_number(999) AS n, format_number(1500.5) AS k
everyday_iot-070 | SELECT parse_data_size('2.3MB') AS b, parse_presto_data_size('1kB') AS c
everyday_iot-071 | SELECT CAST(INTERVAL '90' MINUTE AS varchar) AS i, INTERVAL '1' DAY + INTERVAL '2' HOUR AS s, INTERVAL '3' HOUR * 2 AS m
everyday_iot-072 | SELECT sum(date_diff('millisecond', a, b)) AS ms FROM (VALUES (TIMESTAMP '2024-05-01 00:00:00.000', TIMESTAMP '2024-05-01 00:00:01.250')) AS t(a, b)
everyday_iot-073 | SELECT TIMESTAMP '2024-05-01 12:00:00' - TIMESTAMP '2024-04-30 11:59:59.500' AS d, DATE '2024-05-01' - DATE '2024-04-01' AS days
everyday_iot-074 | SELECT extract(hour FROM i) AS h, day(i) AS d, second(i) AS s FROM (SELECT TIMESTAMP '2024-05-02 12:34:56' - TIMESTAMP '2024-05-01 00:00:00') AS t(i)
everyday_iot-075 | SELECT ts, millisecond(ts) AS ms, second(ts) AS s, minute(ts) AS mi FROM (VALUES TIMESTAMP '2024-05-01 12:34:56.789') AS t(ts)
everyday_iot-076 | SELECT TIMESTAMP '2024-05-01 12:34:56.123456' AS us, CAST(TIMESTAMP '2024-05-01 12:34:56.123456' AS timestamp(3)) AS ms, CAST(TIMESTAMP '2024-05-01 12:34:56.9996' AS timestamp(3)) AS up
everyday_iot-077 | SELECT date_trunc('second', TIMESTAMP '2024-05-01 12:34:56.789') AS s, date_trunc('day', TIMESTAMP '2024-05-01 12:34:56.789 Europe/Berlin') AS d, date_trunc('minute', TIME '12:34:56') AS m
everyday_iot-078 | SELECT TIME '12:34:56.5' AS t, CAST('08:15:00' AS time) AS c, TIME '23:30:00' + INTERVAL '1' HOUR AS wrap, date_diff('minute', TIME '08:00', TIME '09:30') AS d
everyday_iot-079 | SELECT device FROM (VALUES 'a', 'b') AS t(device) EXCEPT SELECT device FROM (VALUES 'b') AS s(device)
everyday_iot-080 | SELECT device FROM (VALUES 'a', 'b', 'b') AS t(device) INTERSECT SELECT device FROM (VALUES 'b', 'c') AS s(device)
everyday_iot-081 | SELECT device FROM (VALUES 'a', 'b', 'b') AS t(device) EXCEPT ALL SELECT device FROM (VALUES 'b') AS s(device) ORDER BY device
everyday_iot-082 | SELECT d.id, (SELECT max(v) FROM (VALUES (1, 5), (1, 7), (2, 1)) AS r(id, v) WHERE r.id = d.id) AS peak FROM (VALUES 1, 2, 3) AS d(id) ORDER BY d.id
everyday_iot-083 | SELECT d.id, l.v FROM (VALUES 1, 2) AS d(id) CROSS JOIN LATERAL (SELECT d.id * 10 AS v) AS l ORDER BY d.id
everyday_iot-084 | SELECT d.id, l.v FROM (VALUES 1, 2) AS d(id) LEFT JOIN LATERAL (SELECT v FROM (VALUES (1, 5)) AS r(id, v) WHERE r.id = d.id) AS l ON TRUE ORDER BY d.id
everyday_iot-085 | SELECT v FROM (VALUES 1, 5, 9) AS t(v) WHERE v > ALL (SELECT x FROM (VALUES 1, 4) AS s(x)) ORDER BY v
everyday_iot-086 | SELECT v FROM (VALUES 1, 5, 9) AS t(v) WHERE v >= ANY (VALUES 5, 8) ORDER BY v
everyday_iot-087 | SELECT v, v BETWEEN 2 AND 5 AS inside, v NOT BETWEEN SYMMETRIC 5 AND 2 FROM (VALUES 1, 5) AS t(v)
everyday_iot-088 | SELECT greatest(1, 2.5, 2) AS g, least('b', 'a') AS l, greatest(1, NULL) AS n
everyday_iot-089 | SELECT if(v > 10, 'hot', 'cold') AS s, CASE v WHEN 1 THEN 'one' ELSE 'many' END AS c, if(v > 10, 1) AS n FROM (VALUES 1, 11) AS t(v) ORDER BY v
everyday_iot-090 | SELECT mod(-7, 3) AS m, -7 % 3 AS p, 7 / 2 AS i, 7 / 2.0 AS d, 7 / 2E0 AS f, 1 / 3.0 AS third
everyday_iot-091 | SELECT 1 / 0
everyday_iot-092 | SELECT 1.0 / 0
everyday_iot-093 | SELECT 1E0 / 0 AS inf, -1E0 / 0 AS minus, 0E0 / 0 AS n, try(1 / 0) AS t
everyday_iot-094 | SELECT 5 % 0
everyday_iot-095 | SELECT v / cnt FROM (VALUES (1, 0)) AS t(v, cnt)
everyday_iot-096 | SELECT device, ts FROM (VALUES ('a', 1)) AS t(device, ts) WHERE temp > 5
everyday_iot-097 | SELECT CAST('21,5' AS double)
everyday_iot-098 | SELECT CAST('' AS integer)
everyday_iot-099 | SELECT CAST(' 12 ' AS integer) AS a, CAST('1e3' AS double) AS b, CAST('Infinity' AS double) AS c, CAST('0012' AS bigint) AS d
everyday_iot-100 | SELECT CAST(2147483648 AS integer)
everyday_iot-101 | SELECT 2147483647 + 1
everyday_iot-102 | SELECT CAST(2147483647 AS bigint) + 1 AS ok, TINYINT '127' + TINYINT '1' AS over
everyday_iot-103 | SELECT CAST(3.7 AS integer) AS r, CAST(-3.5 AS integer) AS h, CAST(2.5E0 AS bigint) AS d, CAST('3' AS tinyint) AS t
everyday_iot-104 | SELECT CAST(1.005E0 AS decimal(10, 2)) AS d, CAST(12.345 AS decimal(4, 1)) AS e, CAST(123.45 AS decimal(3, 1)) AS over
everyday_iot-105 | SELECT histogram(CAST(round(v) AS integer)) AS h FROM (VALUES 20.4E0, 20.6E0, 21.2E0) AS t(v)
everyday_iot-106 | SELECT numeric_histogram(2, v) AS h FROM (VALUES 1E0, 2E0, 9E0) AS t(v)
everyday_iot-107 | SELECT checksum(v) IS NOT NULL AS c FROM (VALUES 1, 2) AS t(v)
everyday_iot-108 | SELECT approx_most_frequent(3, v, 10) AS m FROM (VALUES 'x', 'x', 'y') AS t(v)
everyday_iot-109 | SELECT min(ts, 2) AS firsts, max(ts, 2) AS lasts FROM (VALUES 3, 1, 2) AS t(ts)
everyday_iot-110 | SELECT entropy(c) AS e FROM (VALUES 1, 1, 2) AS t(c)
everyday_iot-111 | SELECT reduce_agg(v, 0, (a, b) -> a + b, (a, b) -> a + b) AS s FROM (VALUES 1, 2, 3) AS t(v)
everyday_iot-112 | SELECT device, array_agg(v ORDER BY ts) FILTER (WHERE v IS NOT NULL) AS vs FROM (VALUES ('a', 1, 5), ('a', 2, NULL), ('a', 3, 6)) AS t(device, ts, v) GROUP BY device
everyday_iot-113 | SELECT multimap_from_entries(ARRAY[(1, 'x'), (1, 'y')]) AS m, map_from_entries(ARRAY[('a', 1), ('b', 2)]) AS n
everyday_iot-114 | SELECT map_zip_with(MAP(ARRAY['a', 'b'], ARRAY[1, 2]), MAP(ARRAY['a'], ARRAY[10]), (k, x, y) -> x + coalesce(y, 0)) AS m, transform_keys(MAP(ARRAY['a'], ARRAY[1]), (k, v) -> k || '!') AS t
everyday_iot-115 | SELECT m['x'] FROM (VALUES MAP(ARRAY['a'], ARRAY[1])) AS t(m)
everyday_iot-116 | SELECT cardinality(MAP()) AS n, MAP(ARRAY['a', 'a'], ARRAY[1, 2])
everyday_iot-117 | SELECT map_concat(MAP(ARRAY['a'], ARRAY[1]), MAP(ARRAY['a', 'b'], ARRAY[9, 2]))['a'] AS a
everyday_iot-118 | SELECT x FROM (VALUES 1, 2, 3) AS t(x) ORDER BY x DESC OFFSET 1 ROW FETCH FIRST 1 ROW ONLY
everyday_iot-119 | SELECT x FROM (VALUES 3, 1, 2) AS t(x) ORDER BY 1 LIMIT 2
everyday_iot-120 | SELECT x, y FROM (VALUES (1, 'b'), (1, 'a'), (0, 'c')) AS t(x, y) ORDER BY x, y FETCH FIRST 1 ROWS WITH TIES
everyday_iot-121 | SELECT x FROM (VALUES 1, NULL, 2) AS t(x) ORDER BY x
everyday_iot-122 | SELECT x FROM (VALUES 1, NULL, 2) AS t(x) ORDER BY x DESC NULLS FIRST
