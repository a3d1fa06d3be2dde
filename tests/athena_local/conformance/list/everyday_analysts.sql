everyday_analysts-001 | SELECT regexp_extract('order-2024-00123-EU', '(\d{4})-(\d+)-(\w{2})', 3) AS region
everyday_analysts-002 | SELECT array_join(transform(split('maria del carmen', ' '), w -> upper(substr(w, 1, 1)) || lower(substr(w, 2))), ' ') AS title
everyday_analysts-003 | SELECT regexp_replace(lower(trim('  Hello,  World! ')), '[^a-z0-9]+', '-') AS slug
everyday_analysts-004 | SELECT substr('+49 (0)30 123-456', 1, 3) AS cc, regexp_replace('+49 (0)30 123-456', '[^0-9+]', '') AS phone
everyday_analysts-005 | SELECT CASE WHEN regexp_like('AB12 3CD', '^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$') THEN 'uk' ELSE 'other' END AS country
everyday_analysts-006 | SELECT length(regexp_replace('Mississippi', '[^s]', '')) AS s_count, cardinality(regexp_extract_all('Mississippi', 's')) AS again
everyday_analysts-007 | SELECT split_part('a@b@c', '@', 2) AS p, reverse(split_part(reverse('a.b.c'), '.', 1)) AS ext, strpos('abcabc', 'c', 2) AS second
everyday_analysts-008 | SELECT concat_ws(' ', 'Ms', NULL, 'Doe') AS name, coalesce(nullif(trim(''), ''), 'n/a') AS filled
everyday_analysts-009 | SELECT lpad(CAST(7 AS varchar), 4, '0') || '/' || rpad('ab', 5, '.') AS code
everyday_analysts-010 | SELECT from_utf8(reverse(to_utf8('abc'))) AS r
everyday_analysts-011 | SELECT to_hex(to_utf8('Zürich')) AS h, length('Zürich') AS n, upper('Zürich') AS u
everyday_analysts-012 | SELECT word, length(word) AS n FROM UNNEST(split('to be or not to be', ' ')) AS t(word) GROUP BY word ORDER BY count(*) DESC, word
everyday_analysts-013 | SELECT CAST('2024-02-29' AS date) + INTERVAL '1' YEAR AS d, date_add('year', -1, DATE '2024-02-29') AS e
everyday_analysts-014 | SELECT date_format(date_trunc('quarter', DATE '2024-08-15'), '%Y-%m-%d') AS q_start, date_add('day', -1, date_add('month', 3, date_trunc('quarter', DATE '2024-08-15'))) AS q_end
everyday_analysts-015 | SELECT format_datetime(TIMESTAMP '2024-08-05 07:08:09', 'dd/MM/yy HH:mm:ss') AS a, format_datetime(TIMESTAMP '2024-08-05 17:08:09', 'h:mm a') AS b
everyday_analysts-016 | SELECT date_diff('day', date_parse('05.08.2024', '%d.%m.%Y'), TIMESTAMP '2024-08-10 12:00:00') AS d
everyday_analysts-017 | SELECT date_diff('minute', from_unixtime(1722840000), from_unixtime(1722843661)) AS m, to_unixtime(from_unixtime(1722840000)) AS e
everyday_analysts-018 | SELECT year(d) * 100 + month(d) AS ym, count(*) AS n FROM (VALUES DATE '2024-08-01', DATE '2024-08-31', DATE '2024-09-01') AS t(d) GROUP BY year(d) * 100 + month(d) ORDER BY ym
everyday_analysts-019 | SELECT date_trunc('month', ts) AS m, count_if(hour(ts) BETWEEN 9 AND 17) AS office, count(*) AS n FROM (VALUES TIMESTAMP '2024-08-01 08:59:59', TIMESTAMP '2024-08-01 17:30:00') AS t(ts) GROUP BY 1
everyday_analysts-020 | SELECT at_timezone(from_unixtime(1722840000), 'America/Sao_Paulo') AS sp, from_unixtime(1722840000) AT TIME ZONE 'Asia/Kathmandu' AS ktm
everyday_analysts-021 | SELECT CAST(from_unixtime(1722840000) AT TIME ZONE 'Australia/Sydney' AS date) AS d, date_format(from_unixtime(1722840000) AT TIME ZONE 'Australia/Sydney', '%H:%i') AS t
everyday_analysts-022 | SELECT to_iso8601(from_unixtime(1722840000)) AS a, to_iso8601(TIMESTAMP '2024-08-05 06:40:00') AS b, to_iso8601(DATE '2024-08-05') AS c
everyday_analysts-023 | SELECT current_date - INTERVAL '7' DAY < current_date AS ok, date(now()) >= DATE '2024-01-01' AS past
everyday_analysts-024 | SELECT d FROM UNNEST(sequence(date_trunc('month', DATE '2024-02-10'), last_day_of_month(DATE '2024-02-10'), INTERVAL '7' DAY)) AS t(d) ORDER BY d
everyday_analysts-025 | SELECT day_of_week(d) AS dow, count(*) AS n FROM UNNEST(sequence(DATE '2024-08-01', DATE '2024-08-31')) AS t(d) GROUP BY 1 HAVING count(*) = 5 ORDER BY 1
everyday_analysts-026 | SELECT INTERVAL '36' HOUR AS i, INTERVAL '90' SECOND AS s, INTERVAL '14' MONTH AS m, INTERVAL '1 02:03:04' DAY TO SECOND AS d
everyday_analysts-027 | SELECT TIMESTAMP '2024-08-05 10:00:00' + INTERVAL '36' HOUR - INTERVAL '1' MONTH AS t
everyday_analysts-028 | SELECT extract(MINUTE FROM TIMESTAMP '2024-08-05 10:07:00') AS m, extract(QUARTER FROM DATE '2024-08-05') AS q, extract(DAY_OF_WEEK FROM DATE '2024-08-05') AS d, extract(YEAR_OF_WEEK FROM DATE '2024-12-31') AS y
everyday_analysts-029 | SELECT sum(date_diff('second', s, e)) / 3600.0 AS hours FROM (VALUES (TIMESTAMP '2024-08-05 10:00:00', TIMESTAMP '2024-08-05 10:50:00')) AS t(s, e)
everyday_analysts-030 | SELECT avg(date_diff('day', a, b)) AS lead_time FROM (VALUES (DATE '2024-08-01', DATE '2024-08-05'), (DATE '2024-08-01', DATE '2024-08-08')) AS t(a, b)
everyday_analysts-031 | SELECT max(ts) - min(ts) AS span, min(CAST(ts AS date)) AS first_day FROM (VALUES TIMESTAMP '2024-08-05 10:00:00', TIMESTAMP '2024-08-07 12:30:00') AS t(ts)
everyday_analysts-032 | SELECT CAST(date_diff('hour', TIMESTAMP '2024-08-05 10:00:00', TIMESTAMP '2024-08-06 09:59:00') AS double) / 24 AS days
everyday_analysts-033 | SELECT date_parse('Aug 5 2024 3:04PM', '%b %e %Y %l:%i%p') AS ts
everyday_analysts-034 | SELECT date_parse('2024-08-05T10:00:00', '%Y-%m-%dT%H:%i:%s') AS ts, date_parse('24/08/05', '%y/%m/%d') AS s
everyday_analysts-035 | SELECT from_iso8601_timestamp('2024-08-05T10:00:00+02:00') AT TIME ZONE 'UTC' AS utc, CAST(from_iso8601_timestamp('2024-08-05T10:00:00+02:00') AS timestamp) AS wall
everyday_analysts-036 | SELECT with_timezone(TIMESTAMP '2024-08-05 10:00:00', 'Europe/Madrid') AT TIME ZONE 'UTC' AS utc
everyday_analysts-037 | SELECT from_iso8601_timestamp(ts) AS t FROM (VALUES '2024-08-05T10:00:00Z', '2024-08-06T00:00:00.5Z') AS v(ts) ORDER BY t
everyday_analysts-038 | SELECT date(from_iso8601_timestamp(ts)) AS d, count(*) AS n FROM (VALUES '2024-08-05T10:00:00Z', '2024-08-05T11:00:00.5Z') AS v(ts) GROUP BY 1
everyday_analysts-039 | SELECT try(from_iso8601_timestamp('nope')) AS t, try_cast('2024-08-05 10:00' AS timestamp) AS u, try_cast('10:61' AS time) AS v
everyday_analysts-040 | SELECT timestamp '2024-08-05 10:00:00.000' = timestamp '2024-08-05 10:00:00' AS same, DATE '2024-08-05' <> DATE '2024-08-06' AS diff
everyday_analysts-041 | SELECT u, ts, sum(n) OVER (PARTITION BY u ORDER BY ts) AS sess FROM (SELECT u, ts, IF(lag(ts) OVER (PARTITION BY u ORDER BY ts) IS NULL OR ts - lag(ts) OVER (PARTITION BY u ORDER BY ts) > INTERVAL '30' MINUTE, 1, 0) AS n FROM (VALUES (1, TIMESTAMP '2024-08-05 10:00:00'), (1, TIMESTAMP '2024-08-05 10:31:00'), (1, TIMESTAMP '2024-08-05 10:40:00')) AS t(u, ts)) ORDER BY ts
everyday_analysts-042 | SELECT u, max(IF(e = 'signup', ts)) AS signup, min(ts) FILTER (WHERE e = 'buy') AS first_buy FROM (VALUES (1, 'signup', 1), (1, 'buy', 5), (1, 'buy', 3), (2, 'signup', 2)) AS t(u, e, ts) GROUP BY u ORDER BY u
everyday_analysts-043 | SELECT step, n, n * 1.0 / first_value(n) OVER (ORDER BY step) AS of_first, round(100.0 * n / lag(n) OVER (ORDER BY step), 1) AS of_prev FROM (VALUES (1, 1000), (2, 400), (3, 100)) AS t(step, n) ORDER BY step
everyday_analysts-044 | WITH a AS (SELECT u, array_agg(e ORDER BY ts) AS es FROM (VALUES (1, 'a', 1), (1, 'b', 2), (2, 'b', 1)) AS t(u, e, ts) GROUP BY u) SELECT es, count(*) AS n FROM a GROUP BY es ORDER BY cardinality(es)
everyday_analysts-045 | SELECT cohort, n, sum(n) OVER (PARTITION BY cohort ORDER BY wk ROWS UNBOUNDED PRECEDING) AS cum FROM (VALUES ('a', 1, 5), ('a', 2, 3), ('b', 1, 4)) AS t(cohort, wk, n) ORDER BY cohort, wk
everyday_analysts-046 | SELECT p, q FROM (SELECT approx_percentile(x, 0.25) AS p, approx_percentile(x, 0.75) AS q FROM UNNEST(sequence(1, 100)) AS t(x))
everyday_analysts-047 | SELECT approx_percentile(CAST(x AS double), ARRAY[0.1, 0.5, 0.9]) AS ps FROM UNNEST(sequence(1, 11)) AS t(x)
everyday_analysts-048 | SELECT count(DISTINCT u) AS dau, approx_distinct(u) AS about, count(DISTINCT u) FILTER (WHERE e = 'x') AS x FROM (VALUES (1, 'x'), (1, 'y'), (2, 'y')) AS t(u, e)
everyday_analysts-049 | SELECT map_agg(e, n) AS m FROM (SELECT e, count(*) AS n FROM (VALUES 'a', 'b', 'a') AS t(e) GROUP BY e)
everyday_analysts-050 | SELECT transform_values(histogram(e), (k, v) -> round(100.0 * v / 4, 1)) AS pct FROM (VALUES 'a', 'b', 'a', 'a') AS t(e)
everyday_analysts-051 | SELECT map_filter(histogram(e), (k, v) -> v > 1) AS often FROM (VALUES 'a', 'b', 'a') AS t(e)
everyday_analysts-052 | SELECT element_at(histogram(e), 'z') AS none, cardinality(histogram(e)) AS kinds, map_keys(histogram(e)) AS ks FROM (VALUES 'a', 'a') AS t(e)
everyday_analysts-053 | SELECT multimap_agg(k, v)['a'] AS vs FROM (VALUES ('a', 1), ('a', 2), ('b', 3)) AS t(k, v)
everyday_analysts-054 | SELECT reduce(ARRAY[1, 2, 3], 0, (s, x) -> s + x, s -> s) AS total, reduce(ARRAY['a', 'b'], '', (s, x) -> s || x, s -> s) AS joined
everyday_analysts-055 | SELECT reduce(ARRAY[5, 3, 9], CAST(NULL AS integer), (s, x) -> IF(s IS NULL OR x > s, x, s), s -> s) AS biggest
everyday_analysts-056 | SELECT reduce(ARRAY[1, 2, 3], CAST(0 AS bigint), (s, x) -> s * 10 + x, s -> s) AS n, reduce(ARRAY[1.5E0], 0E0, (s, x) -> s + x, s -> s / 2) AS h
everyday_analysts-057 | SELECT array_sort(ARRAY['b', 'a', NULL]) AS s, array_sort(ARRAY[3, 1, 2], (x, y) -> IF(x > y, -1, IF(x = y, 0, 1))) AS d
everyday_analysts-058 | SELECT filter(ARRAY[1, NULL, 3], x -> x IS NOT NULL) AS f, array_remove(ARRAY[1, 2, NULL], 2) AS r, array_distinct(ARRAY[1, NULL, NULL, 1]) AS d
everyday_analysts-059 | SELECT contains(ARRAY[1, NULL], 2) AS n, contains(ARRAY['a'], 'a') AS y, array_position(ARRAY['x', 'y'], 'z') AS p, cardinality(ARRAY[]) AS c
everyday_analysts-060 | SELECT slice(ARRAY[1, 2, 3, 4], 2, 2) AS s, ARRAY[1, 2][2] AS second, element_at(ARRAY[1], 5) AS none, element_at(ARRAY[1, 2, 3], -1) AS last
everyday_analysts-061 | SELECT zip_with(ARRAY['a', 'b'], ARRAY[1, 2], (x, y) -> x || CAST(y AS varchar)) AS z, zip(ARRAY[1], ARRAY['x']) AS p
everyday_analysts-062 | SELECT transform(ARRAY[ROW('a', 1), ROW('b', 2)], r -> r[1]) AS names, transform(ARRAY[ROW('a', 1)], r -> r[2] * 2) AS nums
everyday_analysts-063 | SELECT array_agg(ROW(k, v) ORDER BY v DESC)[1] AS top FROM (VALUES ('a', 1), ('b', 2)) AS t(k, v)
everyday_analysts-064 | SELECT array_union(ARRAY['a'], ARRAY['b', 'a']) AS u, array_except(ARRAY[1, 2, 3], ARRAY[3]) AS e, arrays_overlap(ARRAY['a', 'b'], ARRAY['b']) AS o
everyday_analysts-065 | SELECT flatten(ARRAY[ARRAY[1, 2], ARRAY[], ARRAY[3]]) AS f, ngrams(split('a b c', ' '), 2) AS g, repeat(0, 3) AS z
everyday_analysts-066 | SELECT sequence(10, 1, -3) AS s, sequence(DATE '2024-08-01', DATE '2024-08-15', INTERVAL '1' WEEK) AS weeks
everyday_analysts-067 | SELECT cardinality(filter(sequence(1, 20), x -> x % 3 = 0)) AS n, array_max(transform(ARRAY['a', 'bbb'], s -> length(s))) AS longest
everyday_analysts-068 | SELECT n, s FROM UNNEST(ARRAY['x', 'y']) WITH ORDINALITY AS t(s, n) ORDER BY n DESC
everyday_analysts-069 | SELECT o.id, i.sku, i.qty FROM (VALUES (1, ARRAY[CAST(ROW('a', 2) AS row(sku varchar, qty integer)), CAST(ROW('b', 1) AS row(sku varchar, qty integer))])) AS o(id, items) CROSS JOIN UNNEST(o.items) AS i(sku, qty) ORDER BY i.sku
everyday_analysts-070 | SELECT o.id, sum(i.qty) AS n FROM (VALUES (1, ARRAY[ROW('a', 2), ROW('b', 1)]), (2, ARRAY[ROW('c', 5)])) AS o(id, items) CROSS JOIN UNNEST(o.items) AS i(sku, qty) GROUP BY o.id ORDER BY o.id
everyday_analysts-071 | SELECT id, v FROM (VALUES (1, '5,6'), (2, NULL)) AS t(id, csv) LEFT JOIN UNNEST(split(csv, ',')) AS u(v) ON true ORDER BY id, v
everyday_analysts-072 | SELECT CAST(ROW('x', 5) AS row(name varchar, n integer)).name AS a, ROW(1, 'b')[2] AS b
everyday_analysts-073 | SELECT r.name, r.pos.x FROM (SELECT CAST(ROW('p', ROW(1, 2)) AS row(name varchar, pos row(x integer, y integer))) AS r)
everyday_analysts-074 | SELECT json_extract_scalar(j, '$.user.id') AS id, CAST(json_extract_scalar(j, '$.amount') AS double) * 2 AS dbl FROM (VALUES '{"user":{"id":"u1"},"amount":12.5}') AS t(j)
everyday_analysts-075 | SELECT sum(CAST(json_extract_scalar(j, '$.amount') AS decimal(10,2))) AS total FROM (VALUES '{"amount":12.5}', '{"amount":"7.25"}', '{}') AS t(j)
everyday_analysts-076 | SELECT json_extract(j, '$.items[1]') AS it, json_extract_scalar(j, '$.items[0].sku') AS sku, json_array_length(json_extract(j, '$.items')) AS n FROM (VALUES '{"items":[{"sku":"a"},{"sku":"b","qty":2}]}') AS t(j)
everyday_analysts-077 | SELECT CAST(json_extract(j, '$.m') AS map(varchar, integer))['k'] AS v, map_keys(CAST(json_parse(j) AS map(varchar, json))) AS ks FROM (VALUES '{"m":{"k":5}}') AS t(j)
everyday_analysts-078 | SELECT i.sku, i.qty FROM (VALUES '[{"sku":"a","qty":1},{"sku":"b"}]') AS t(j) CROSS JOIN UNNEST(CAST(json_parse(j) AS array(row(sku varchar, qty integer)))) AS i(sku, qty) ORDER BY 1
everyday_analysts-079 | SELECT json_format(CAST(ARRAY[CAST(ROW(1, 'a') AS row(id integer, s varchar))] AS json)) AS j, json_format(CAST(MAP(ARRAY['b', 'a'], ARRAY[1, 2]) AS json)) AS m
everyday_analysts-080 | SELECT json_format(CAST(CAST(ROW(1.50, true, NULL) AS row(p decimal(5,2), ok boolean, n integer)) AS json)) AS j
everyday_analysts-081 | SELECT is_json_scalar('[1]') AS a, is_json_scalar('"x"') AS b, json_array_contains('["a", "b"]', 'b') AS c
everyday_analysts-082 | SELECT json_value('{"a":{"b":"x"}}', 'lax $.a.b') AS v, json_exists('{"a":[1,5]}', 'lax $.a[*] ? (@ > 3)') AS e, json_query('{"a":[{"b":1},{"b":2}]}', 'lax $.a[*].b' WITH WRAPPER) AS q
everyday_analysts-083 | SELECT json_extract_scalar('{"a":[{"b":"x"}]}', '$.a[0].b') AS x, json_extract_scalar('{"a":{"b":[]}}', '$.a.b') AS none, json_extract('{"a":1.0}', '$.a') AS one
everyday_analysts-084 | SELECT round(12.3456, 2) AS a, round(12.3456E0, 2) AS b, round(-2.5E0) AS c, round(1e15 + 0.5) AS d
everyday_analysts-085 | SELECT 17 / 5 AS i, 17 % 5 AS m, 17 / 5.0 AS d, 17E0 / 5 AS f, -17 / 5 AS n, mod(17, -5) AS p
everyday_analysts-086 | SELECT CAST(17 AS decimal(10,2)) / 5 AS a, 17.00 / 7 AS b, 2.0 / 3 AS c, 0.1 * 0.1 AS d, 1.0 - 0.9 AS e
everyday_analysts-087 | SELECT sum(x) AS s, avg(x) AS a, sum(x) / count(*) AS m FROM (VALUES 10.25, 5.50, 0.01) AS t(x)
everyday_analysts-088 | SELECT CAST(0.5 AS integer) AS a, CAST(1.5 AS integer) AS b, CAST(-0.5 AS integer) AS c, CAST(2.5E0 AS integer) AS d
everyday_analysts-089 | SELECT ceil(-1.5) AS a, floor(-1.5) AS b, truncate(-1.5) AS c, abs(-1.50) AS d, sign(-2) AS e
everyday_analysts-090 | SELECT power(2, 0.5) AS a, exp(0) AS b, ln(e()) AS c, sqrt(16) AS d, log10(0.01) AS e, cbrt(-8) AS f
everyday_analysts-091 | SELECT greatest(1.5, 2) AS a, least(DATE '2024-01-01', DATE '2023-12-31') AS b, greatest('a', 'b', 'c') AS c
everyday_analysts-092 | SELECT bitwise_and(12, 10) AS a, bitwise_xor(12, 10) AS b, bit_count(12, 64) AS c, bitwise_left_shift(1, 4) AS d, bitwise_not(0) AS e
everyday_analysts-093 | SELECT format('%,.2f', 1234567.891) AS a, format('%05.1f', 3.14159) AS b, format('%-10s|', 'ab') AS c, format('%s', ARRAY[1, 2]) AS d
everyday_analysts-094 | SELECT format('%d%%', 50) AS a, format('%.0f', 2.5E0) AS b, format('%x', 255) AS c, format('%S', 'abc') AS d, format('%e', 12345.678E0) AS e
everyday_analysts-095 | SELECT CAST(12345.678E0 AS varchar) AS a, CAST(1e20 AS varchar) AS b, CAST(DECIMAL '10.50' AS varchar) AS c, CAST(REAL '1.1' AS varchar) AS d
everyday_analysts-096 | SELECT width_bucket(7.5, 0, 10, 4) AS a, ntile(2) OVER (ORDER BY x) AS b FROM (VALUES 1, 2, 3) AS t(x) ORDER BY x
everyday_analysts-097 | SELECT to_hex(sha256(to_utf8('abc'))) AS a, to_hex(md5(to_utf8(''))) AS b, xxhash64(to_utf8('abc')) AS c, crc32(to_utf8('abc')) AS d
everyday_analysts-098 | SELECT to_base64(sha1(to_utf8('abc'))) AS a, from_utf8(from_base64('YWJj')) AS b, to_base64url(to_utf8('a?>')) AS c, to_base32(to_utf8('abc')) AS d
everyday_analysts-099 | SELECT mod(abs(from_big_endian_64(substr(md5(to_utf8('user-42')), 1, 8))), 100) AS bucket
everyday_analysts-100 | SELECT hex FROM (SELECT to_hex(CAST('abc' AS varbinary)) AS hex)
everyday_analysts-101 | SELECT CAST(uuid() AS varchar) <> '' AS ok, length(CAST(uuid() AS varchar)) AS n
everyday_analysts-102 | SELECT g, x, row_number() OVER w AS rn, sum(x) OVER w AS s FROM (VALUES ('a', 1), ('a', 2), ('b', 5)) AS t(g, x) WINDOW w AS (PARTITION BY g ORDER BY x DESC) ORDER BY g, rn
everyday_analysts-103 | SELECT x, avg(x) OVER (ORDER BY x ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS ma, max(x) OVER (ORDER BY x ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS prev FROM (VALUES 1.0, 4.0, 10.0) AS t(x) ORDER BY x
everyday_analysts-104 | SELECT d, v, sum(v) OVER (ORDER BY d RANGE BETWEEN INTERVAL '2' DAY PRECEDING AND CURRENT ROW) AS s FROM (VALUES (DATE '2024-08-01', 1), (DATE '2024-08-02', 2), (DATE '2024-08-05', 4)) AS t(d, v) ORDER BY d
everyday_analysts-105 | SELECT x, lag(x) IGNORE NULLS OVER (ORDER BY i) AS p, lead(x, 1) OVER (ORDER BY i) AS n FROM (VALUES (1, 5), (2, NULL), (3, 7)) AS t(i, x) ORDER BY i
everyday_analysts-106 | SELECT x, percent_rank() OVER (ORDER BY x) AS p, cume_dist() OVER (ORDER BY x) AS c, dense_rank() OVER (ORDER BY x DESC) AS d FROM (VALUES 1, 2, 2, 4) AS t(x) ORDER BY x
everyday_analysts-107 | SELECT g, listagg(x, '|') WITHIN GROUP (ORDER BY x DESC) AS l, count(*) AS n FROM (VALUES ('a', 'x'), ('a', 'y'), ('b', 'z')) AS t(g, x) GROUP BY g ORDER BY g
everyday_analysts-108 | SELECT g, max_by(x, y) AS m, min_by(x, y, 2) AS two, arbitrary(g) AS a FROM (VALUES ('a', 'x', 3), ('a', 'y', 1)) AS t(g, x, y) GROUP BY g
everyday_analysts-109 | SELECT g, y, sum(v) AS s FROM (VALUES ('a', 2023, 1), ('a', 2024, 2), ('b', 2024, 4)) AS t(g, y, v) GROUP BY ROLLUP (g, y) ORDER BY g NULLS LAST, y NULLS LAST
everyday_analysts-110 | SELECT g, y, sum(v) AS s, grouping(g, y) AS k FROM (VALUES ('a', 2023, 1), ('b', 2024, 4)) AS t(g, y, v) GROUP BY GROUPING SETS ((g), (y), ()) ORDER BY k, g, y
everyday_analysts-111 | SELECT sum(CASE y WHEN 2023 THEN v ELSE 0 END) AS a, sum(IF(y = 2024, v, 0)) AS b, count(CASE WHEN y = 2024 THEN 1 END) AS c FROM (VALUES (2023, 1), (2024, 2)) AS t(y, v)
everyday_analysts-112 | SELECT t.id, c.n FROM (VALUES 1, 2) AS t(id) LEFT JOIN (SELECT id, count(*) AS n FROM (VALUES 1, 1) AS s(id) GROUP BY id) AS c ON c.id = t.id ORDER BY t.id
everyday_analysts-113 | SELECT a.x, b.y FROM (VALUES 1, 2, 3) AS a(x) LEFT JOIN (VALUES (1, 'one'), (3, 'three')) AS b(x, y) ON a.x = b.x AND b.y <> 'three' ORDER BY a.x
everyday_analysts-114 | SELECT a.x, b.x AS bx FROM (VALUES 1, 2) AS a(x) RIGHT JOIN (VALUES 2, 3) AS b(x) ON a.x = b.x ORDER BY b.x
everyday_analysts-115 | SELECT x FROM (VALUES 1, 2, 3) AS t(x) WHERE EXISTS (SELECT 1 FROM (VALUES 2, 3) AS s(y) WHERE y = x) AND x NOT IN (3) ORDER BY x
everyday_analysts-116 | SELECT x FROM (VALUES 3, 1, 2) AS t(x) WHERE x >= (SELECT avg(x) FROM (VALUES 3, 1, 2) AS s(x)) ORDER BY x
everyday_analysts-117 | SELECT x FROM (VALUES 1, 2) AS t(x) UNION ALL SELECT x FROM (VALUES 2, 3) AS s(x) ORDER BY x DESC LIMIT 3
everyday_analysts-118 | (SELECT 'a' AS k, 1 AS v) UNION (SELECT 'b', 2) ORDER BY k
everyday_analysts-119 | SELECT x FROM (VALUES 1, 2, 3) AS t(x) INTERSECT SELECT y FROM (VALUES 2, 3) AS s(y) EXCEPT SELECT 3
everyday_analysts-120 | WITH RECURSIVE d(n, dt) AS (SELECT 0, DATE '2024-08-01' UNION ALL SELECT n + 1, date_add('day', 1, dt) FROM d WHERE n < 6) SELECT dt, day_of_week(dt) AS dow FROM d ORDER BY dt
everyday_analysts-121 | WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 100) SELECT sum(x) FROM n
everyday_analysts-122 | WITH t(x) AS (VALUES 1, 2), u AS (SELECT x * 2 AS y FROM t) SELECT x, y FROM t JOIN u ON u.y = t.x * 2 ORDER BY x
everyday_analysts-123 | SELECT * FROM (SELECT x, row_number() OVER (ORDER BY x DESC) AS rn FROM (VALUES 5, 9, 7) AS t(x)) AS q WHERE q.rn <= 2 ORDER BY rn
everyday_analysts-124 | SELECT max(x) FILTER (WHERE x < 9) AS m, array_agg(x ORDER BY x) FILTER (WHERE x > 5) AS xs FROM (VALUES 5, 9, 7) AS t(x)
everyday_analysts-125 | SELECT count(*) FILTER (WHERE s LIKE 'a%') AS a, count_if(s IS NULL) AS n, count(s) AS c FROM (VALUES 'ab', 'b', NULL) AS t(s)
everyday_analysts-126 | SELECT bool_and(x > 0) AS allpos, bool_or(x > 2) AS some, every(x > 1) AS ev FROM (VALUES 1, 2, 3) AS t(x)
everyday_analysts-127 | SELECT stddev_pop(x) AS a, var_samp(x) AS b, corr(x, y) AS c, covar_pop(x, y) AS d, regr_slope(y, x) AS e FROM (VALUES (1, 2), (2, 3), (4, 8)) AS t(x, y)
everyday_analysts-128 | SELECT url_extract_host(u) AS h, url_extract_parameter(u, 'q') AS q, url_extract_path(u) AS p FROM (VALUES 'https://a.b/c/d?q=x%20y&z=1#f', 'ftp://h', NULL) AS t(u)
everyday_analysts-129 | SELECT url_extract_port('http://localhost:8080/x') AS p, url_extract_query('http://h/?a=b&c') AS q, url_extract_fragment('http://h/#x%20y') AS f
everyday_analysts-130 | SELECT x, CASE WHEN x < 0 THEN 'neg' WHEN x = 0 THEN 'zero' ELSE 'pos' END AS s FROM (VALUES -1, 0, 1) AS t(x) ORDER BY x
everyday_analysts-131 | SELECT x IS NULL OR x > 1 AS a, NOT (x > 1) AS b, x BETWEEN 1 AND 2 AS c FROM (VALUES 1, NULL, 3) AS t(x)
everyday_analysts-132 | SELECT 'abc' < 'abd' AS a, 'B' < 'a' AS b, '' < 'a' AS c, 'a' = 'a ' AS d
everyday_analysts-133 | SELECT CAST('true' AS boolean) AS a, CAST('f' AS boolean) AS b, CAST(1 AS boolean) AS c, CAST(false AS varchar) AS d
everyday_analysts-134 | SELECT typeof(DATE '2024-01-01' + INTERVAL '1' DAY), typeof(now() - now()), typeof(1.5 / 2), typeof(CAST(1 AS bigint) + 1), typeof(sum(1.5)), typeof(array_agg(1)) FROM (VALUES 1) AS t(x)
everyday_analysts-135 | SELECT typeof(json_parse('1')), typeof(split('a', ',')), typeof(ROW(1, 'a')), typeof(concat('a', 'b')), typeof(x'00'), typeof(TIMESTAMP '2024-01-01 00:00:00.123')
everyday_analysts-136 | SELECT x / 0 FROM (VALUES 1) AS t(x)
everyday_analysts-137 | SELECT CAST('abc' AS integer) FROM (VALUES 1) AS t(x)
everyday_analysts-138 | SELECT CAST('1.5' AS integer)
everyday_analysts-139 | SELECT CAST(300 AS tinyint)
everyday_analysts-140 | SELECT CAST('2024-02-30' AS date)
everyday_analysts-141 | SELECT date_parse('2024-13-01', '%Y-%m-%d')
everyday_analysts-142 | SELECT json_parse('{bad')
everyday_analysts-143 | SELECT ARRAY[1, 2][0]
everyday_analysts-144 | SELECT ARRAY[1, 2][3]
everyday_analysts-145 | SELECT MAP(ARRAY['a'], ARRAY[1])['b']
everyday_analysts-146 | SELECT element_at(ARRAY[1], 0)
everyday_analysts-147 | SELECT x FROM (VALUES 1) AS t(x) WHERE y = 1
everyday_analysts-148 | SELECT t.x FROM (VALUES 1) AS s(x)
everyday_analysts-149 | SELECT foo(x) FROM (VALUES 1) AS t(x)
everyday_analysts-150 | SELECT upper(x) FROM (VALUES 1) AS t(x)
everyday_analysts-151 | SELECT substr(12345, 1, 2)
everyday_analysts-152 | SELECT x + 'a' FROM (VALUES 1) AS t(x)
everyday_analysts-153 | SELECT x = 'a' FROM (VALUES 1) AS t(x)
everyday_analysts-154 | SELECT x FROM (VALUES 1) AS t(x) GROUP BY x HAVING max(y) > 1
everyday_analysts-155 | SELECT x, y FROM (VALUES (1, 2)) AS t(x, y) GROUP BY x
everyday_analysts-156 | SELECT max(x), y FROM (VALUES (1, 2)) AS t(x, y)
everyday_analysts-157 | SELECT sum(x) OVER (PARTITION BY y), count(*) FROM (VALUES (1, 2)) AS t(x, y)
everyday_analysts-158 | SELECT x AS a FROM (VALUES 1) AS t(x) WHERE a = 1
everyday_analysts-159 | SELECT x AS a FROM (VALUES 1) AS t(x) GROUP BY a
everyday_analysts-160 | SELECT x AS a, a + 1 AS b FROM (VALUES 1) AS t(x)
everyday_analysts-161 | SELECT x FROM (VALUES 1, 2) AS t(x) ORDER BY x LIMIT 1 OFFSET 1
everyday_analysts-162 | SELECT x FROM (VALUES 1, 2) AS t(x) LIMIT ALL
everyday_analysts-163 | SELECT x FROM (VALUES 1, 2) AS t(x) FETCH FIRST ROW ONLY
everyday_analysts-164 | SELECT a.x FROM (VALUES 1) AS a(x), (VALUES 1) AS b(x) WHERE x = 1
everyday_analysts-165 | SELECT x FROM (VALUES 1) AS a(x) JOIN (VALUES 1) AS b(x) ON a.x = b.x
everyday_analysts-166 | SELECT 1 WHERE false
everyday_analysts-167 | SELECT 1 HAVING 1 = 1
everyday_analysts-168 | SELECT DISTINCT x, y FROM (VALUES (1, 'a'), (1, 'a')) AS t(x, y)
everyday_analysts-169 | SELECT DISTINCT ON (x) x FROM (VALUES 1) AS t(x)
everyday_analysts-170 | SELECT x::varchar FROM (VALUES 1) AS t(x)
everyday_analysts-171 | SELECT x FROM (VALUES 1) AS t(x) WHERE x == 1
everyday_analysts-172 | SELECT x FROM (VALUES 1) AS t(x) WHERE x != 2 AND x <> 3
everyday_analysts-173 | SELECT 5 DIV 2
everyday_analysts-174 | SELECT 'it''s' AS a, 'line' || chr(10) || 'two' AS b, U&'\00e9' AS c
everyday_analysts-175 | SELECT date_sub('day', 1, DATE '2024-01-01')
everyday_analysts-176 | SELECT getdate()
everyday_analysts-177 | SELECT to_char(1234.5, '9,999.99')
everyday_analysts-178 | SELECT strftime('%Y', DATE '2024-01-01')
everyday_analysts-179 | SELECT date_part('year', DATE '2024-01-01')
everyday_analysts-180 | SELECT dateadd('day', 1, DATE '2024-01-01')
everyday_analysts-181 | SELECT trunc(1.5)
everyday_analysts-182 | SELECT instr('abc', 'b')
everyday_analysts-183 | SELECT array_length(ARRAY[1])
everyday_analysts-184 | SELECT array_contains(ARRAY[1], 1)
everyday_analysts-185 | SELECT array_append(ARRAY[1], 2)
everyday_analysts-186 | SELECT explode(ARRAY[1])
everyday_analysts-187 | SELECT collect_list(x) FROM (VALUES 1) AS t(x)
everyday_analysts-188 | SELECT median(x) FROM (VALUES 1) AS t(x)
everyday_analysts-189 | SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY x) FROM (VALUES 1) AS t(x)
everyday_analysts-190 | SELECT get_json_object('{"a":1}', '$.a')
everyday_analysts-191 | SELECT regexp_substr('abc', 'b')
everyday_analysts-192 | SELECT first(x) FROM (VALUES 1) AS t(x)
everyday_analysts-193 | SELECT md5('a')
everyday_analysts-194 | SELECT concat('a', 1)
everyday_analysts-195 | SELECT coalesce(x, 'none') FROM (VALUES 1) AS t(x)
everyday_analysts-196 | SELECT x FROM (VALUES 'a') AS t(x) WHERE x IN (1, 2)
everyday_analysts-197 | SELECT x FROM (VALUES 1) AS t(x) WHERE x LIKE '1%'
everyday_analysts-198 | SELECT length(x) FROM (VALUES DATE '2024-01-01') AS t(x)
everyday_analysts-199 | SELECT sum(x) FROM (VALUES true) AS t(x)
everyday_analysts-200 | SELECT avg(x) FROM (VALUES 'a') AS t(x)
everyday_analysts-201 | SELECT max(x) FROM (VALUES MAP(ARRAY['a'], ARRAY[1])) AS t(x)
everyday_analysts-202 | SELECT x FROM (VALUES json_parse('1')) AS t(x) ORDER BY x
everyday_analysts-203 | SELECT array_sort(x) FROM (VALUES ARRAY[MAP(ARRAY['a'], ARRAY[1])]) AS t(x)
everyday_analysts-204 | SELECT * FROM (VALUES 1) AS t(x) CROSS JOIN UNNEST(x) AS u(y)
everyday_analysts-205 | SELECT date_trunc('minute', DATE '2024-01-01')
everyday_analysts-206 | SELECT hour(DATE '2024-01-01')
everyday_analysts-207 | SELECT year(12)
everyday_analysts-208 | SELECT from_unixtime('1')
everyday_analysts-209 | SELECT date_diff('days', DATE '2024-01-01', DATE '2024-01-02')
everyday_analysts-210 | SELECT date_diff('day', '2024-01-01', '2024-01-02')
everyday_analysts-211 | SELECT format_datetime('2024-01-01', 'yyyy')
everyday_analysts-212 | SELECT INTERVAL '1' DAY + 1
everyday_analysts-213 | SELECT TIMESTAMP '2024-01-01 00:00:00' - 1
everyday_analysts-214 | SELECT regexp_extract('a', '(', 1)
everyday_analysts-215 | SELECT regexp_like('a', 'a', 'i')
everyday_analysts-216 | SELECT split('a,b', ',', 0)
everyday_analysts-217 | SELECT split_part('a', '', 1)
everyday_analysts-218 | SELECT lpad('a', -1, 'x')
everyday_analysts-219 | SELECT chr(-5)
everyday_analysts-220 | SELECT repeat('a', 3)
everyday_analysts-221 | SELECT sequence(1, 100000)
everyday_analysts-222 | SELECT from_base64('%%%')
everyday_analysts-223 | SELECT from_hex('ABC')
everyday_analysts-224 | SELECT url_decode('%zz')
everyday_analysts-225 | SELECT approx_percentile(x, 2) FROM (VALUES 1) AS t(x)
everyday_analysts-226 | SELECT ntile(x) OVER () FROM (VALUES 2) AS t(x)
everyday_analysts-227 | SELECT sqrt(-1) AS a, ln(-1) AS b, log10(0) AS c, power(0, 0) AS d, acos(2) AS e
everyday_analysts-228 | SELECT infinity() - infinity() AS a, 1E308 * 10 AS b, is_nan(0E0 / 0) AS c
everyday_analysts-229 | SELECT CAST(1E40 AS integer)
everyday_analysts-230 | SELECT CAST(nan() AS bigint)
everyday_analysts-231 | SELECT CAST(99999 AS decimal(4, 0))
everyday_analysts-232 | SELECT 9223372036854775807 * 2
everyday_analysts-233 | SELECT CAST(2147483647 AS integer) * 2
everyday_analysts-234 | SELECT SMALLINT '32767' + SMALLINT '1'
everyday_analysts-235 | SELECT abs(TINYINT '-128')
