everyday_logs-001 | SELECT regexp_extract(line, '^(\S+) \S+ \S+ \[([^\]]+)\] "(\w+) (\S+)', 1) AS ip, regexp_extract(line, '\[([^\]]+)\]', 1) AS ts, regexp_extract(line, '"(\w+) ', 1) AS method, CAST(regexp_extract(line, '" (\d{3}) ', 1) AS integer) AS status FROM (VALUES '10.0.0.1 - - [01/Mar/2024:10:00:00 +0000] "GET /a?x=1 HTTP/1.1" 200 512') AS t(line)
everyday_logs-002 | SELECT date_parse(regexp_extract('10.0.0.1 [01/Mar/2024:10:00:00 +0000]', '\[(.*?) ', 1), '%d/%b/%Y:%H:%i:%s') AS ts
everyday_logs-003 | SELECT split('10.0.0.1 GET /a 200', ' ')[4] AS status, split_part('10.0.0.1 GET /a 200', ' ', 2) AS method
everyday_logs-004 | SELECT regexp_extract('level=error msg="disk full" code=12', 'msg="([^"]*)"', 1) AS msg, regexp_extract('level=error', 'code=(\d+)', 1) AS code
everyday_logs-005 | SELECT map_agg(split_part(p, '=', 1), split_part(p, '=', 2)) AS kv FROM UNNEST(split('level=error', ' ')) AS t(p)
everyday_logs-006 | SELECT regexp_extract('/var/log/app/2024/03/01/app.log.gz', '([^/]+)$') AS file, regexp_extract('app.log.gz', '\.(\w+)$', 1) AS ext, regexp_replace('/var/log/app/app.log', '/[^/]*$', '') AS dir
everyday_logs-007 | SELECT status / 100 AS class, count(*) AS n, round(avg(ms), 1) AS mean FROM (VALUES (200, 10.0), (201, 20.0), (404, 5.5), (500, 100.25)) AS t(status, ms) GROUP BY status / 100 ORDER BY class
everyday_logs-008 | SELECT concat(CAST(status / 100 AS varchar), 'xx') AS class, count(*) AS n FROM (VALUES 200, 204, 503) AS t(status) GROUP BY 1 ORDER BY 2 DESC
everyday_logs-009 | SELECT CASE WHEN status BETWEEN 200 AND 299 THEN 'ok' WHEN status >= 500 THEN 'server' WHEN status >= 400 THEN 'client' END AS kind, count(*) AS n FROM (VALUES 200, 404, 503, 301) AS t(status) GROUP BY 1 ORDER BY n DESC, kind
everyday_logs-010 | SELECT ip, count(*) FILTER (WHERE status >= 500) * 100.0 / count(*) AS error_pct FROM (VALUES ('a', 200), ('a', 500), ('b', 200), ('a', 200)) AS t(ip, status) GROUP BY ip ORDER BY ip
everyday_logs-011 | SELECT regexp_replace('user 123 paid 45.67 at 10:05', '\d+(\.\d+)?', '#') AS template
everyday_logs-012 | SELECT regexp_replace('aaa', 'a{2}', 'b') AS r, regexp_replace('a.b.c', '\.', '') AS s, regexp_replace('x', 'y', 'z') AS t, regexp_replace('Tab	sep', '\s+', ' ') AS u
everyday_logs-013 | SELECT regexp_replace('hello', '(l)(l)', '$2-$1') AS a, regexp_replace('cost', 'cost', '\$5') AS b, regexp_replace('a', 'a', '$1')
everyday_logs-014 | SELECT regexp_replace('abc', '(?i)B', '') AS a, regexp_like('ABC', '(?i)^abc$') AS b, regexp_like('a' || chr(10) || 'b', '(?s)a.b') AS c, regexp_like('x' || chr(10) || 'y', '(?m)^y$') AS d
everyday_logs-015 | SELECT regexp_like('10.0.0.256', '^((25[0-5]|2[0-4]\d|1?\d?\d)(\.|$)){4}$') AS valid, regexp_like('10.0.0.255', '^((25[0-5]|2[0-4]\d|1?\d?\d)(\.|$)){4}$') AS good
everyday_logs-016 | SELECT regexp_extract_all('a=1, b=22, c=333', '\d+') AS n, regexp_extract_all('none', '\d+') AS e, regexp_extract_all('k1=v1;k2=v2', '(\w+)=(\w+)', 1) AS k
everyday_logs-017 | SELECT regexp_extract('abc', '(x)?abc', 1) IS NULL AS n, regexp_extract('abc', 'z') AS m, regexp_extract('abc', '(a)(b)', 3)
everyday_logs-018 | SELECT regexp_like('abc', '(')
everyday_logs-019 | SELECT regexp_like('aXbX', '(.)X\1X') AS f, regexp_like('abab', '(ab)\1') AS t, regexp_extract('<b>x</b>', '<(\w+)>.*</\1>', 1) AS tag
everyday_logs-020 | SELECT regexp_extract('a,b;c', '[^,;]+$') AS last, regexp_extract('2024-03-01T10:00', '\d{4}-\d{2}') AS ym, regexp_extract('é1', '\w+') AS w, regexp_extract('é1', '\p{L}+') AS l
everyday_logs-021 | SELECT regexp_split('a1b22c', '\d+') AS a, regexp_split('abc', '') AS b, regexp_split('a,,b,', ',') AS c
everyday_logs-022 | SELECT regexp_position('foo bar bar', 'bar', 6) AS p, regexp_position('foo bar bar', 'bar', 1, 2) AS q, regexp_position('x', 'y') AS n, regexp_count('a b c', '\s') AS c
everyday_logs-023 | SELECT s LIKE 'a%' AS a, s LIKE '_b_' AS b, s LIKE '%$_%' ESCAPE '$' AS c, s NOT LIKE '%z' AS d FROM (VALUES 'abc', 'a_c') AS t(s) ORDER BY s
everyday_logs-024 | SELECT 'a%b' LIKE 'a\%b' ESCAPE '\' AS e, 'ABC' LIKE 'abc' AS cs, '' LIKE '%' AS em, NULL LIKE 'a' AS n
everyday_logs-025 | SELECT s FROM (VALUES 'error: disk', 'Error: net', 'warn') AS t(s) WHERE lower(s) LIKE 'error%' ORDER BY s
everyday_logs-026 | SELECT s FROM (VALUES 'abc') AS t(s) WHERE s ILIKE 'A%'
everyday_logs-027 | SELECT s FROM (VALUES 'abc') AS t(s) WHERE s SIMILAR TO 'a%'
everyday_logs-028 | SELECT s FROM (VALUES 'abc') AS t(s) WHERE s RLIKE 'a.*'
everyday_logs-029 | SELECT trim('  x ') AS a, ltrim('  x ') AS b, rtrim('  x ') AS c, trim(LEADING '0' FROM '0070') AS d, trim(BOTH '"' FROM '"q"') AS e, trim('0070', '0') AS f
everyday_logs-030 | SELECT length('  x '), upper('straße'), lower('ÀÉ'), reverse('añb'), initcap('hello world')
everyday_logs-031 | SELECT concat('a', 'b', 'c') AS a, 'a' || NULL AS b, concat('a', NULL) AS c, concat_ws('-', 'a', 'b') AS d
everyday_logs-032 | SELECT substr('hello', 2, 3) AS a, substr('hello', -3) AS b, substr('hello', 10) AS c, substr('hello', 0) AS d, substring('hello', 1, 0) AS e, left('hello', 2)
everyday_logs-033 | SELECT right('hello', 2)
everyday_logs-034 | SELECT position('l' IN 'hello') AS a, strpos('hello', 'l', -1) AS b, strpos('hello', 'l', 2) AS c, strpos('', 'a') AS d, index('hello', 'l') AS e
everyday_logs-035 | SELECT replace('hello', 'l', 'L') AS a, replace('hello', '', '-') AS b, translate('hello', 'el', 'ip') AS c, translate('hello', 'l', '') AS d
everyday_logs-036 | SELECT lpad('5', 3, '0') AS a, lpad('12345', 3, '0') AS b, rpad('a', 4, 'xy') AS c, lpad('a', 3, '')
everyday_logs-037 | SELECT chr(65) AS a, codepoint('A') AS b, ascii('A')
everyday_logs-038 | SELECT split('a,b,c', ',') AS a, split('abc', ',') AS b, split('a,b,c', ',', 2) AS c, split(',a,', ',') AS d
everyday_logs-039 | SELECT split_part('a-b-c', '-', 2) AS a, split_part('a-b-c', '-', 9) AS b, split_part('a-b-c', '-', 0)
everyday_logs-040 | SELECT split_part('a-b-c', '-', -1)
everyday_logs-041 | SELECT split_to_map('a=1,b', ',', '=')
everyday_logs-042 | SELECT split_to_map('a=1,a=2', ',', '=')
everyday_logs-043 | SELECT word_stem('running') AS s, soundex('Tymczak') AS x, levenshtein_distance('', 'abc') AS l
everyday_logs-044 | SELECT normalize('ﬁ', NFKC) AS n, length(normalize('é', NFD)) AS d, to_utf8('é') AS u, from_utf8(X'C3A9') AS f
everyday_logs-045 | SELECT regexp_replace(normalize('Crème Brûlée', NFD), '\p{M}', '') AS plain
everyday_logs-046 | SELECT format('%s', 'x') AS a, format('%5d|%-5d|%05d', 42, 42, 42) AS b, format('%.3f', 3.14159) AS c, format('%s %s', 'a', NULL) AS d, format('%b', true) AS e
everyday_logs-047 | SELECT format('%tY-%<tm-%<td', DATE '2024-03-01') AS a, format('%,.2f%%', 12.345) AS b, format('%08.3f', 3.14159) AS c, format('%+d', 5) AS d, format('%o', 8) AS e
everyday_logs-048 | SELECT format('%d', 'x')
everyday_logs-049 | SELECT format('%s and %s', 'a')
everyday_logs-050 | SELECT from_unixtime(CAST('1709287200' AS bigint)) AS a, from_unixtime(CAST('1709287200.5' AS double)) AS b, format_datetime(from_unixtime(1709287200), 'yyyy-MM-dd HH:mm:ss') AS c
everyday_logs-051 | SELECT from_unixtime('1709287200')
everyday_logs-052 | SELECT date_format(TIMESTAMP '2024-03-01 15:04:05.678', '%Y/%m/%d %h:%i:%s %p %f') AS a, date_format(TIMESTAMP '2024-03-01 05:04:05', '%e %c %k %l %j %W %a %b %M %y') AS b, date_format(DATE '2024-03-01', '%d.%m.%Y') AS c
everyday_logs-053 | SELECT date_format(TIMESTAMP '2024-03-01 15:04:05', '%T|%r|%v|%x|%%|%H') AS a, date_format(TIMESTAMP '2024-03-01 15:04:05', 'week %v') AS b
everyday_logs-054 | SELECT date_format(TIMESTAMP '2024-03-01 15:04:05', '%D'), date_format(TIMESTAMP '2024-03-01 15:04:05', '%U')
everyday_logs-055 | SELECT date_format('2024-03-01', '%Y')
everyday_logs-056 | SELECT date_format(CAST('2024-03-01' AS timestamp), '%Y-%m') AS ym, date_format(date_parse('202403', '%Y%m'), '%b %Y') AS label
everyday_logs-057 | SELECT format_datetime(TIMESTAMP '2024-03-01 15:04:05.678', 'yyyy-MM-dd''T''HH:mm:ss.SSS') AS a, format_datetime(TIMESTAMP '2024-03-01 15:04:05', 'EEE, d MMM yyyy hh:mm a') AS b, format_datetime(DATE '2024-03-01', 'D xxxx-ww e') AS c
everyday_logs-058 | SELECT format_datetime(TIMESTAMP '2024-03-01 15:04:05 UTC', 'yyyy-MM-dd HH:mm:ss Z') AS a, format_datetime(TIMESTAMP '2024-07-01 15:04:05 Europe/Berlin', 'HH:mm ZZZ') AS b, format_datetime(TIMESTAMP '2024-07-01 15:04:05', 'yy MMMM EEEE') AS c
everyday_logs-059 | SELECT parse_datetime('2024-03-01 10:05', 'yyyy-MM-dd HH:mm') AS a, parse_datetime('Mar 1, 2024 3:05 PM', 'MMM d, yyyy h:mm a') AS b
everyday_logs-060 | SELECT parse_datetime('2024-03', 'yyyy-MM-dd')
everyday_logs-061 | SELECT date_parse('2024-03-01', '%Y-%m-%d') AS a, date_parse('2024-03-01 10:05:06.789', '%Y-%m-%d %H:%i:%s.%f') AS b, date_parse('3/1/24', '%c/%e/%y') AS c, date_parse('20240301T100506Z', '%Y%m%dT%H%i%sZ') AS d
everyday_logs-062 | SELECT date_parse('2024-03-01 extra', '%Y-%m-%d')
everyday_logs-063 | SELECT date_parse('10:05 PM', '%h:%i %p') AS a, date_parse('2024-061', '%Y-%j') AS b
everyday_logs-064 | SELECT CAST('2024-03-01 10:05:06' AS timestamp) AS a, CAST('2024-03-01' AS timestamp) AS b, CAST('2024-03-01 10:05:06.123456' AS timestamp(6)) AS c, CAST('2024-03-01 10:05:06 UTC' AS timestamp with time zone) AS d
everyday_logs-065 | SELECT CAST('2024-03-01T10:05:06Z' AS timestamp)
everyday_logs-066 | SELECT CAST('2024-03-01 10:05:06 Europe/Berlin' AS timestamp) AS ts
everyday_logs-067 | SELECT CAST('2024-3-1' AS date) AS a, CAST('2024-03-01 00:00:00' AS date)
everyday_logs-068 | SELECT CAST(TIMESTAMP '2024-03-01 10:05:06.5' AS varchar) AS a, CAST(DATE '2024-03-01' AS varchar) AS b, CAST(TIMESTAMP '2024-03-01 10:05:06.5 UTC' AS varchar) AS c, CAST(TIME '10:05' AS varchar) AS d
everyday_logs-069 | SELECT CAST(TIMESTAMP '2024-03-01 10:05:06' AS date) AS a, CAST(DATE '2024-03-01' AS timestamp) AS b, CAST(TIMESTAMP '2024-03-01 10:05:06' AS time) AS c, CAST(TIMESTAMP '2024-03-01 22:05:06 America/New_York' AS date) AS d
everyday_logs-070 | SELECT substr(CAST(TIMESTAMP '2024-03-01 10:05:06' AS varchar), 1, 13) AS h, CAST(year(DATE '2024-03-01') AS varchar) || '-' || lpad(CAST(month(DATE '2024-03-01') AS varchar), 2, '0') AS ym
everyday_logs-071 | SELECT host, count(*) AS n FROM (SELECT element_at(split(l, ' '), 2) AS host FROM (VALUES 'a h1', 'b h2', 'c h1', 'd') AS t(l)) GROUP BY host ORDER BY n DESC, host
everyday_logs-072 | SELECT date_trunc('minute', from_iso8601_timestamp(ts)) AS m, count(*) AS n FROM (VALUES '2024-03-01T10:05:06Z', '2024-03-01T10:05:59.999Z', '2024-03-01T11:06:00+01:00') AS t(ts) GROUP BY 1 ORDER BY 1
everyday_logs-073 | SELECT json_extract_scalar(l, '$.kubernetes.labels["app.name"]') AS app, json_extract_scalar(l, '$["kubernetes"]["pod"]') AS pod FROM (VALUES '{"kubernetes":{"labels":{"app.name":"web"},"pod":"p-1"}}') AS t(l)
everyday_logs-074 | SELECT json_extract_scalar(l, '$.labels.app-name') AS a, json_extract_scalar(l, '$.labels.missing.x') AS m FROM (VALUES '{"labels":{"app-name":"web"}}') AS t(l)
everyday_logs-075 | SELECT json_extract_scalar('broken {', '$.a') AS a, try(json_parse('broken {')) AS b, json_extract_scalar('', '$.a') AS c, json_array_length('{}') AS d
everyday_logs-076 | SELECT CAST(json_extract('{"a":[1,2]}', '$.a') AS array(integer)) AS a, CAST(json_extract('{"a":{"x":1.5}}', '$.a') AS map(varchar, double)) AS m
everyday_logs-077 | SELECT CAST(json_extract('{"a":"x"}', '$.a') AS varchar) AS s, CAST(json_extract('{"a":{"b":1}}', '$.a') AS varchar)
everyday_logs-078 | SELECT json_format(json_extract('{"a":{"b":1}}', '$.a')) AS s, json_extract('{"a":"x"}', '$.a') AS j, json_extract('{"a":1}', '$.b') AS n
everyday_logs-079 | SELECT transform(CAST(json_parse('[{"n":"a","v":1},{"n":"b","v":2}]') AS array(json)), x -> json_extract_scalar(x, '$.n')) AS ns
everyday_logs-080 | SELECT filter(CAST(json_parse('[{"n":"a","v":1},{"n":"b","v":2}]') AS array(row(n varchar, v integer))), x -> x.v > 1)[1].n AS n
everyday_logs-081 | SELECT map_from_entries(transform(CAST(json_parse('[{"n":"a","v":1}]') AS array(row(n varchar, v integer))), x -> (x.n, x.v))) AS m
everyday_logs-082 | SELECT contains(CAST(json_extract('{"roles":["admin","user"]}', '$.roles') AS array(varchar)), 'admin') AS a, json_array_contains('["admin"]', 'admin') AS b
everyday_logs-083 | SELECT ip, count(*) AS n FROM (VALUES '10.0.0.1', '10.0.0.2', '192.168.0.1') AS t(ip) WHERE contains('10.0.0.0/24', CAST(ip AS ipaddress)) GROUP BY ip ORDER BY ip
everyday_logs-084 | SELECT contains('10.0.0.0/8', IPADDRESS '10.1.2.3') AS inside, CAST(IPADDRESS '10.1.2.3' AS varchar) AS s, ip_prefix(IPADDRESS '10.1.2.3', 16) AS p
everyday_logs-085 | SELECT reduce(split('10.0.1.2', '.'), CAST(0 AS bigint), (s, x) -> s * 256 + CAST(x AS bigint), s -> s) AS n
everyday_logs-086 | SELECT from_base(to_hex(to_big_endian_32(16909060)), 16) AS n, array_join(transform(sequence(3, 0, -1), i -> CAST(bitwise_and(bitwise_right_shift(16909060, i * 8), 255) AS varchar)), '.') AS ip
everyday_logs-087 | SELECT approx_percentile(ms, 0.95) AS p95, approx_percentile(ms, ARRAY[0.5, 0.9]) AS ps, max(ms) AS worst FROM (VALUES 1, 2, 3, 4, 100) AS t(ms)
everyday_logs-088 | SELECT service, count(*) AS n, count_if(level = 'ERROR') AS errors, max(CASE WHEN level = 'ERROR' THEN ts END) AS last_error FROM (VALUES ('a', 'ERROR', TIMESTAMP '2024-03-01 10:00:00'), ('a', 'INFO', TIMESTAMP '2024-03-01 11:00:00'), ('b', 'INFO', TIMESTAMP '2024-03-01 10:00:00')) AS t(service, level, ts) GROUP BY service ORDER BY service
everyday_logs-089 | SELECT trace, array_agg(DISTINCT service ORDER BY service) AS services, date_diff('millisecond', min(ts), max(ts)) AS ms FROM (VALUES ('t1', 'web', TIMESTAMP '2024-03-01 10:00:00.000'), ('t1', 'db', TIMESTAMP '2024-03-01 10:00:00.250'), ('t1', 'web', TIMESTAMP '2024-03-01 10:00:00.100')) AS t(trace, service, ts) GROUP BY trace
everyday_logs-090 | SELECT array_agg(x ORDER BY x DESC NULLS LAST) AS a, array_agg(DISTINCT x) FILTER (WHERE x = 1) AS b, array_agg(x) FILTER (WHERE x > 5) AS c FROM (VALUES 1, NULL, 2, 1) AS t(x)
everyday_logs-091 | SELECT listagg(x, ',' ON OVERFLOW TRUNCATE '...' WITH COUNT) WITHIN GROUP (ORDER BY x) AS s FROM (VALUES 'a', 'b') AS t(x)
everyday_logs-092 | SELECT listagg(CAST(x AS varchar), '-') WITHIN GROUP (ORDER BY x DESC) FILTER (WHERE x > 1) AS s FROM (VALUES 1, 2, 3) AS t(x)
everyday_logs-093 | SELECT listagg(x, ',') WITHIN GROUP (ORDER BY x) FROM (VALUES 1, 2) AS t(x)
everyday_logs-094 | SELECT current_date > DATE '2020-01-01' AS a, typeof(current_timestamp) AS b, typeof(now()) AS c, typeof(current_time) AS d, typeof(localtimestamp) AS e
everyday_logs-095 | SELECT typeof('a'), typeof(1), typeof(1.5), typeof(1E0), typeof(true), typeof(NULL), typeof(ARRAY[1]), typeof(MAP(ARRAY['a'], ARRAY[1]))
everyday_logs-096 | SELECT typeof(count(*)), typeof(sum(1)), typeof(avg(1)), typeof(max(DATE '2024-01-01')), typeof(approx_distinct(1)) FROM (VALUES 1) AS t(x)
everyday_logs-097 | SELECT typeof(CAST(1 AS bigint) * 2), typeof(1 / 2), typeof(1 * 1.0), typeof(DATE '2024-01-01' - DATE '2023-01-01'), typeof(length('a')), typeof(date_diff('day', DATE '2024-01-01', DATE '2024-01-02'))
everyday_logs-098 | SELECT version() IS NOT NULL AS v
everyday_logs-099 | SELECT fail('custom')
everyday_logs-100 | SELECT try(fail('custom')) AS t
everyday_logs-101 | SELECT x IS NULL AS a, x IS NOT NULL AS b, x IS DISTINCT FROM NULL AS c, coalesce(x, 'none') AS d FROM (VALUES 'a', NULL) AS t(x) ORDER BY x
everyday_logs-102 | SELECT true AND NULL AS a, false AND NULL AS b, true OR NULL AS c, NOT NULL AS d, NULL = NULL AS e
everyday_logs-103 | SELECT x FROM (VALUES 1, 2, NULL) AS t(x) WHERE x <> 1
everyday_logs-104 | SELECT x FROM (VALUES 1, 2, NULL) AS t(x) WHERE NOT (x = 1)
everyday_logs-105 | SELECT x FROM (VALUES 1, 2, NULL) AS t(x) WHERE x IN (1, NULL)
everyday_logs-106 | SELECT count(*) FILTER (WHERE x IS NULL) AS nulls, count(*) - count(x) AS same, sum(IF(x IS NULL, 1, 0)) AS also FROM (VALUES 1, NULL) AS t(x)
everyday_logs-107 | VALUES (1, 'a'), (2, 'b')
everyday_logs-108 | SELECT * FROM (VALUES (1, 'a'), (2, NULL)) AS t(id, name) ORDER BY id
everyday_logs-109 | SELECT t.*, id * 2 AS dbl FROM (VALUES (1, 'a')) AS t(id, name)
everyday_logs-110 | SELECT id FROM (SELECT 1 AS id)
everyday_logs-111 | SELECT id FROM (SELECT 1 AS id) AS sub(num)
everyday_logs-112 | SELECT num FROM (SELECT 1 AS id) AS sub(num)
everyday_logs-113 | SELECT * FROM UNNEST(ARRAY[1, 2], ARRAY['a']) AS t(n, s) ORDER BY n
everyday_logs-114 | SELECT * FROM UNNEST(ARRAY['x', 'y']) WITH ORDINALITY
everyday_logs-115 | SELECT * FROM UNNEST(ARRAY[ROW(1, 'a'), ROW(2, 'b')]) AS t(id, name) ORDER BY id
everyday_logs-116 | SELECT * FROM UNNEST(MAP(ARRAY['a'], ARRAY[1])) AS t(k, v)
everyday_logs-117 | SELECT n FROM UNNEST(1) AS t(n)
everyday_logs-118 | SELECT x FROM UNNEST(ARRAY[1, 2, 3]) AS t(x) WHERE x % 2 = 1 ORDER BY x
everyday_logs-119 | SELECT a.x, b.y FROM (VALUES 1, 2) AS a(x) CROSS JOIN (VALUES 'p', 'q') AS b(y) ORDER BY a.x, b.y
everyday_logs-120 | SELECT a.x FROM (VALUES 1, 2) AS a(x) JOIN (VALUES 2, 3) AS b(x) USING (x)
everyday_logs-121 | SELECT * FROM (VALUES (1, 'l')) AS a(x, l) JOIN (VALUES (1, 'r')) AS b(x, r) USING (x)
everyday_logs-122 | SELECT * FROM (VALUES (1, 'l')) AS a(x, l) NATURAL JOIN (VALUES (1, 'r')) AS b(x, r)
everyday_logs-123 | SELECT x FROM (VALUES 1, 2, 3) AS t(x) TABLESAMPLE BERNOULLI (100) ORDER BY x
