everyday_edges-001 | SELECT normalize('é', NFD)
everyday_edges-002 | SELECT normalize('é', 'NFD')
everyday_edges-003 | SELECT normalize('é', XFD)
everyday_edges-004 | SELECT normalize('é')
everyday_edges-005 | SELECT normalize(x, NFD) FROM (VALUES 'é') AS t(x)
everyday_edges-006 | SELECT char_length('a')
everyday_edges-007 | SELECT json_extract_scalar('{"a:b":1}', '$.a:b'), json_extract_scalar('{"é":1}', '$.é'), json_extract_scalar('{"1a":1}', '$.1a')
everyday_edges-008 | SELECT json_extract_scalar('{"a-b":1}', '$["a-b"]'), json_extract_scalar('{"ab":1}', '$[ab]'),  json_extract_scalar('{"a b":1}', '$.["a b"]')
everyday_edges-009 | SELECT json_extract_scalar('{"a":1}', '$.a.')
everyday_edges-010 | SELECT json_extract_scalar('{"a":1}', '$..a')
everyday_edges-011 | SELECT json_extract('{"a":[1,2]}', '$.a.*')
everyday_edges-012 | SELECT json_extract('{"a":[1,2]}', '$.a[*]')
everyday_edges-013 | SELECT json_extract('{"a":[{"b":1},{"b":2}]}', '$.a[*].b')
everyday_edges-014 | SELECT json_extract('{"a":[1,2]}', '$.a[-1]')
everyday_edges-015 | SELECT json_extract('{"a":[1,2]}', '$.a[0:1]')
everyday_edges-016 | SELECT json_extract('{"a":[1,2]}', '$.a[0,1]')
everyday_edges-017 | SELECT json_extract('{"a":[{"b":1},{"b":2}]}', '$.a[?(@.b==2)]')
everyday_edges-018 | SELECT json_extract('{"a":[1,2]}', '$.a.length()')
everyday_edges-019 | SELECT json_extract('{"a":[1,2]}', '$')
everyday_edges-020 | SELECT json_extract('{"a":[1,2]}', '')
everyday_edges-021 | SELECT json_extract('{"a":[1,2]}', '$a')
everyday_edges-022 | SELECT json_extract_scalar('{"a":{"b":[{"c":"x"}]}}', '$.a.b[0].c'), json_extract_scalar('{"a":{"b":[{"c":"x"}]}}', 'a.b[0].c')
everyday_edges-023 | SELECT json_extract('[1,2]', '$[0]'), json_extract('[1,2]', '$.0'), json_extract('[1,2]', '[0]')
everyday_edges-024 | SELECT json_extract(x, '$..b') FROM (VALUES '{"a":{"b":1}}') AS t(x)
everyday_edges-025 | SELECT bitwise_left_shift(1, 2), bitwise_left_shift(BIGINT '1', 40), bitwise_right_shift(TINYINT '4', 1), bitwise_left_shift(1, SMALLINT '2')
everyday_edges-026 | SELECT DECIMAL '12345678901234567.89' / 3
everyday_edges-027 | SELECT DECIMAL '12345678901234567.89' / DECIMAL '0.07'
everyday_edges-028 | SELECT CAST(1 AS decimal(18,6)) / CAST(3 AS decimal(18,2)), CAST(2 AS decimal(18,6)) / CAST(3 AS decimal(18,2)), CAST(-2 AS decimal(18,6)) / 3
everyday_edges-029 | SELECT CAST(1 AS decimal(38,10)) / CAST(3 AS decimal(38,2))
everyday_edges-030 | SELECT CAST(1000000 AS decimal(38,0)) / 7, 10.0 / 4, 0.05 / 2, -0.05 / 2, 1.00 / 8, 1.5 / 0.4
everyday_edges-031 | SELECT a / b FROM (VALUES (CAST(12345678901234.5678 AS decimal(18,4)), CAST(0.0003 AS decimal(18,4)))) AS t(a, b)
everyday_edges-032 | SELECT CAST(2.5 AS decimal(10,1)) % 2, 7.5 % 2.1, -7.5 % 2, CAST(12345678901234567.89 AS decimal(20,2)) % 7
everyday_edges-033 | SELECT 100 * a / b FROM (VALUES (CAST(1.15 AS decimal(10,2)), CAST(3.33 AS decimal(10,2)))) AS t(a, b)
everyday_edges-034 | SELECT sum(x) / count(*), sum(x) / 3, avg(x) * 100 FROM (VALUES CAST(1.15 AS decimal(10,2)), CAST(2.25 AS decimal(10,2))) AS t(x)
everyday_edges-035 | SELECT round(sum(x) * 1.19, 2), round(avg(x), 1) FROM (VALUES CAST(1.15 AS decimal(10,2)), CAST(2.25 AS decimal(10,2))) AS t(x)
everyday_edges-036 | SELECT CAST(12345678901234567890 AS decimal(20,0)) / 3, 12345678901234567890.5 / 7, 1e0 * 1.5
everyday_edges-037 | SELECT round(CAST(12345678901234567.895 AS decimal(20,3)), 2), truncate(CAST(12345678901234567.895 AS decimal(20,3)), 2)
everyday_edges-038 | SELECT CAST(CAST(0.1 AS decimal(38,20)) * CAST(0.1 AS decimal(38,20)) AS varchar)
everyday_edges-039 | SELECT CAST(a AS double) / b FROM (VALUES (1, 3)) AS t(a, b)
everyday_edges-040 | SELECT DECIMAL '1' / DECIMAL '3', DECIMAL '1.0000' / 3, DECIMAL '10' / 4, 5 / DECIMAL '2'
everyday_edges-041 | SELECT avg(x) FROM (VALUES DECIMAL '1', DECIMAL '2', DECIMAL '2') AS t(x)
everyday_edges-042 | SELECT avg(x) FROM (VALUES 12345678901234567.89, 0.01) AS t(x)
everyday_edges-043 | SELECT TIME '10:00:01.5' - TIME '10:00'
everyday_edges-044 | SELECT DECIMAL '99999999' * DECIMAL '99999999999'
everyday_edges-045 | SELECT CAST(123456789.12 AS decimal(18,2)) * CAST(1.123456 AS decimal(18,6))
everyday_edges-046 | SELECT a * b FROM (VALUES (CAST(123456789012.12 AS decimal(18,2)), CAST(1234.123456 AS decimal(18,6)))) AS t(a, b)
everyday_edges-047 | SELECT sum(a * b) FROM (VALUES (CAST(123456789012.12 AS decimal(18,2)), CAST(1234.123456 AS decimal(18,6)))) AS t(a, b)
everyday_edges-048 | SELECT CAST(12345678901234567890.12 AS decimal(38,2)) * CAST(12345678901234567890.12 AS decimal(38,2))
everyday_edges-049 | SELECT CAST(99999999999999999.9 AS decimal(18,1)) + CAST(99999999999999999.9 AS decimal(18,1))
everyday_edges-050 | SELECT CAST(100 AS decimal(18,2)) / CAST(3 AS decimal(18,6)), CAST(1 AS decimal(10,2)) / CAST(7 AS decimal(10,8))
everyday_edges-051 | SELECT 1234567890.123456789 * 1234567890.123456789
everyday_edges-052 | SELECT 12345.678 * 12345.678 * 12345.678 * 12345.678
everyday_edges-053 | SELECT 1.0 / 0
everyday_edges-054 | SELECT 1.5 / 0.0
everyday_edges-055 | SELECT a / b FROM (VALUES (1.5, NULL), (NULL, 2.0)) AS t(a, b)
everyday_edges-056 | SELECT try(1.5 / 0.0), 1.5 / NULL
everyday_edges-057 | SELECT avg(x) OVER (ORDER BY x), avg(DISTINCT x) FROM (VALUES 1.1, 1.1, 2.5) AS t(x) GROUP BY x ORDER BY 1
everyday_edges-058 | SELECT x, avg(x) OVER (ORDER BY x ROWS 1 PRECEDING) AS a, avg(x) FILTER (WHERE x > 2) OVER () FROM (VALUES 1.1, 1.1, 2.5) AS t(x) ORDER BY x
everyday_edges-059 | SELECT avg(x) FILTER (WHERE x > 2) AS a, avg(x) FILTER (WHERE x > 200) AS n FROM (VALUES 1.1, 1.1, 2.5) AS t(x)
everyday_edges-060 | SELECT avg(avg(x)) OVER () FROM (VALUES 1.1, 1.1, 2.5) AS t(x)
everyday_edges-061 | SELECT g, avg(avg(x)) OVER (ORDER BY g) FROM (VALUES (1, 1.1), (1, 1.2), (2, 2.5)) AS t(g, x) GROUP BY g ORDER BY g
everyday_edges-062 | SELECT -0.05 / 2, 0.15 / 2, 0.45 / 10, 1.005 / 10, 100.00 / 7
everyday_edges-063 | SELECT 1 - 0.1 / 3 * 3, (1.0 + 2) / 3, 10 / 4 / 2.0
everyday_edges-064 | SELECT sum(a) / sum(b) FROM (VALUES (1.50, 3), (2.25, 4)) AS t(a, b)
everyday_edges-065 | SELECT round(100.0 * sum(a) / sum(b), 2), CAST(100.0 * sum(a) / sum(b) AS decimal(5,1)) FROM (VALUES (1, 3), (2, 4)) AS t(a, b)
everyday_edges-066 | SELECT 100.0 * count(*) / sum(count(*)) OVER () FROM (VALUES 1, 2, 2) AS t(x) GROUP BY x ORDER BY 1
everyday_edges-067 | SELECT a * b * c FROM (VALUES (CAST(1.5 AS decimal(18,2)), CAST(2.5 AS decimal(18,2)), CAST(3.5 AS decimal(18,2)))) AS t(a, b, c)
everyday_edges-068 | SELECT CAST(NULL AS decimal(10,2)) / 3
everyday_edges-069 | SELECT abs(-1.5 / 2), ceil(7.0 / 2), CAST(7.0 / 2 AS varchar), 7.0 / 2 || ''
everyday_edges-070 | WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 11) SELECT max(n) FROM t
everyday_edges-071 | WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 10) SELECT max(n) FROM t
everyday_edges-072 | WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 12) SELECT max(n) FROM t
everyday_edges-073 | WITH RECURSIVE t(n) AS (SELECT 1 UNION SELECT n + 1 FROM t WHERE n < 5) SELECT max(n) FROM t
everyday_edges-074 | WITH RECURSIVE t(n) AS (SELECT 1 UNION SELECT 1 FROM t) SELECT count(*) FROM t
everyday_edges-075 | WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM t WHERE n < 5) SELECT * FROM t
everyday_edges-076 | WITH RECURSIVE t(n, s) AS (SELECT 1, 'a' UNION ALL SELECT n + 1, s || 'b' FROM t WHERE n < 3) SELECT * FROM t
everyday_edges-077 | WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1.5 FROM t WHERE n < 3) SELECT * FROM t
everyday_edges-078 | WITH RECURSIVE t(n, d) AS (SELECT 1, DATE '2024-01-01' UNION ALL SELECT n + 1, d + INTERVAL '1' DAY FROM t WHERE n < 3) SELECT * FROM t
everyday_edges-079 | WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 3 ORDER BY 1) SELECT * FROM t
everyday_edges-080 | WITH RECURSIVE t(n) AS (SELECT 1) SELECT * FROM t
everyday_edges-081 | WITH RECURSIVE t(n) AS (SELECT 1 UNION SELECT n % 3 + 1 FROM t WHERE n < 3) SELECT count(*) FROM t
everyday_edges-082 | WITH RECURSIVE t(n) AS (SELECT x FROM (VALUES 1, 1) AS v(x) UNION SELECT n + 1 FROM t WHERE n < 3) SELECT n, count(*) FROM t GROUP BY n ORDER BY n
everyday_edges-083 | WITH RECURSIVE t(n) AS (SELECT x FROM (VALUES 1, 1) AS v(x) UNION ALL SELECT n + 1 FROM t WHERE n < 3) SELECT n, count(*) FROM t GROUP BY n ORDER BY n
everyday_edges-084 | WITH RECURSIVE t(n) AS (SELECT x FROM (VALUES 1, 3) AS v(x) UNION SELECT n + 1 FROM t WHERE n < 4) SELECT n, count(*) FROM t GROUP BY n ORDER BY n
everyday_edges-085 | WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT a.n + b.n FROM t a JOIN t b ON a.n = b.n WHERE a.n < 5) SELECT * FROM t
everyday_edges-086 | WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 3 UNION ALL SELECT 7) SELECT * FROM t
everyday_edges-087 | WITH RECURSIVE t(n) AS (SELECT n + 1 FROM t WHERE n < 3 UNION ALL SELECT 1) SELECT * FROM t
everyday_edges-088 | WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT count(*) FROM t) SELECT * FROM t
everyday_edges-089 | WITH RECURSIVE t(n) AS (SELECT BIGINT '1' UNION ALL SELECT count(*) FROM t) SELECT * FROM t
everyday_edges-090 | WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT max(n) + 1 FROM t WHERE n < 3) SELECT * FROM t
everyday_edges-091 | WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT DISTINCT n + 1 FROM t WHERE n < 3) SELECT * FROM t
everyday_edges-092 | WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT e.n FROM t LEFT JOIN (VALUES 2) AS e(n) ON e.n = t.n + 1 WHERE t.n < 3) SELECT * FROM t
everyday_edges-093 | WITH RECURSIVE t(n, s) AS (SELECT 1, CAST('a' AS varchar(5)) UNION ALL SELECT n + 1, CAST(s || 'b' AS varchar(5)) FROM t WHERE n < 3) SELECT * FROM t
everyday_edges-094 | WITH RECURSIVE t(n, s) AS (SELECT 1, 'a' UNION ALL SELECT n + 1, CAST('b' AS varchar(1)) FROM t WHERE n < 3) SELECT * FROM t
everyday_edges-095 | WITH RECURSIVE t(n, s) AS (SELECT 1, ARRAY[1] UNION ALL SELECT n + 1, s || n FROM t WHERE n < 3) SELECT * FROM t
everyday_edges-096 | WITH RECURSIVE t(n, s) AS (SELECT BIGINT '1', 1.50 UNION ALL SELECT n + 1, s * 2 FROM t WHERE n < 3) SELECT * FROM t
everyday_edges-097 | WITH RECURSIVE a(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM a WHERE n < 3), b(m) AS (SELECT n * 10 FROM a) SELECT * FROM b ORDER BY m
everyday_edges-098 | WITH RECURSIVE a(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM a WHERE n < 3), b(m) AS (SELECT 1 UNION ALL SELECT m + 1 FROM b WHERE m < (SELECT max(n) FROM a)) SELECT * FROM b ORDER BY m
everyday_edges-099 | WITH RECURSIVE t(d) AS (SELECT DATE '2024-01-01' UNION ALL SELECT date_add('day', 1, d) FROM t WHERE d < DATE '2024-01-05') SELECT d, date_format(d, '%a') FROM t ORDER BY d
everyday_edges-100 | WITH RECURSIVE t(d) AS (SELECT DATE '2024-01-01' UNION ALL SELECT d + INTERVAL '1' DAY FROM t WHERE d < DATE '2024-01-31') SELECT d FROM t ORDER BY d
everyday_edges-101 | WITH RECURSIVE t(ts) AS (VALUES TIMESTAMP '2024-01-01 00:00:00' UNION ALL SELECT ts + INTERVAL '6' HOUR FROM t WHERE ts < TIMESTAMP '2024-01-02 00:00:00') SELECT ts FROM t ORDER BY ts
everyday_edges-102 | WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n IN (SELECT n FROM t)) SELECT * FROM t
everyday_edges-103 | WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM (VALUES 1, 2) AS v(n) WHERE n IN (SELECT n FROM t)) SELECT * FROM t
everyday_edges-104 | WITH RECURSIVE t(n, path) AS (SELECT 1, ARRAY[1] UNION ALL SELECT e.b, path || e.b FROM t JOIN (VALUES (1, 2), (2, 3), (3, 1)) AS e(a, b) ON e.a = t.n WHERE NOT contains(path, e.b)) SELECT * FROM t ORDER BY n
everyday_edges-105 | SELECT * FROM UNNEST(ARRAY[1,2]) WITH ORDINALITY
everyday_edges-106 | SELECT * FROM UNNEST(ARRAY[1,2], ARRAY['a']) WITH ORDINALITY
everyday_edges-107 | SELECT * FROM UNNEST(MAP(ARRAY['a'], ARRAY[1])) WITH ORDINALITY
everyday_edges-108 | SELECT * FROM UNNEST(MAP(ARRAY['a'], ARRAY[1]))
everyday_edges-109 | SELECT * FROM UNNEST(ARRAY[ROW(1, 'a')]) WITH ORDINALITY
everyday_edges-110 | SELECT t.* FROM UNNEST(ARRAY[1,2]) WITH ORDINALITY AS t
everyday_edges-111 | SELECT * FROM (VALUES 1) AS a(x), UNNEST(ARRAY[1,2]) WITH ORDINALITY
everyday_edges-112 | SELECT * FROM UNNEST(ARRAY[1,2]) WITH ORDINALITY AS t(a, n)
everyday_edges-113 | SELECT * FROM UNNEST(ARRAY[1,2]) AS t
everyday_edges-114 | SELECT x, u.* FROM (VALUES (1, ARRAY['a', 'b'])) AS t(x, arr) CROSS JOIN UNNEST(arr) WITH ORDINALITY AS u(v, n)
everyday_edges-115 | SELECT json_object('b': 1, 'a': 2, 'zz': 3, 'user_id': 4, 'amount': 5, 'currency': 6)
everyday_edges-116 | SELECT json_object('k1': 1, 'k2': 2, 'k3': 3, 'k4': 4, 'k5': 5, 'k6': 6, 'k7': 7, 'k8': 8, 'k9': 9, 'k10': 10, 'k11': 11, 'k12': 12, 'k13': 13, 'k14': 14)
everyday_edges-117 | SELECT json_object('event_name': 'x', 'event_time': 'y', 'device': json_object('os': 'a', 'model': 'b'))
everyday_edges-118 | SELECT json_object('é😀': 1, 'zz': 2, 'yy': 3, 'b': 5)
everyday_edges-119 | SELECT a, sum(x) FROM (VALUES ('a', 1)) AS t(a, x) GROUP BY GROUPING SETS ((upper(a)), ())
everyday_edges-120 | SELECT upper(a), sum(x) FROM (VALUES ('a', 1)) AS t(a, x) GROUP BY CUBE (upper(a))
everyday_edges-121 | SELECT a, sum(x) FROM (VALUES ('a', 1)) AS t(a, x) GROUP BY CUBE (1)
everyday_edges-122 | SELECT upper(a), sum(x) FROM (VALUES ('a', 1)) AS t(a, x) GROUP BY upper(a), ROLLUP (a)
everyday_edges-123 | SELECT a, sum(x) FROM (VALUES ('a', 1)) AS t(a, x) GROUP BY 1, ROLLUP (x)
everyday_edges-124 | SELECT a, sum(x) FROM (VALUES ('a', 1)) AS t(a, x) GROUP BY GROUPING SETS (1)
everyday_edges-125 | SELECT t.a, sum(x) FROM (VALUES ('a', 1)) AS t(a, x) GROUP BY GROUPING SETS (t.a, ())
everyday_edges-126 | SELECT a, b, sum(x) FROM (VALUES ('a', 'b', 1)) AS t(a, b, x) GROUP BY GROUPING SETS ((a, b), (a), (b), ()) ORDER BY 1, 2
everyday_edges-127 | SELECT a, b, sum(x) FROM (VALUES ('a', 'b', 1)) AS t(a, b, x) GROUP BY ROLLUP ((a, b)) ORDER BY 1, 2
everyday_edges-128 | SELECT a, b, sum(x) FROM (VALUES ('a', 'b', 1)) AS t(a, b, x) GROUP BY a, CUBE (b) ORDER BY 1, 2
everyday_edges-129 | SELECT grouping(a), grouping(a, b), sum(x) FROM (VALUES ('a', 'b', 1)) AS t(a, b, x) GROUP BY CUBE (a, b) ORDER BY 1, 2
everyday_edges-130 | SELECT grouping(x) FROM (VALUES ('a', 1)) AS t(a, x) GROUP BY a
everyday_edges-131 | SELECT abs(-2147483648)
everyday_edges-132 | SELECT -(-2147483648)
everyday_edges-133 | SELECT x || 1 FROM (VALUES ARRAY[2]) AS t(x)
everyday_edges-134 | SELECT a || x, x || a FROM (VALUES (ARRAY[1], 2)) AS t(a, x)
everyday_edges-135 | SELECT DECIMAL '0.00000000000000000001' * DECIMAL '0.00000000000000000001'
everyday_edges-136 | SELECT -2147483648, typeof(-2147483648), -9223372036854775808, abs(-9223372036854775808)
everyday_edges-137 | SELECT -x FROM (VALUES -2147483648) AS t(x)
everyday_edges-138 | SELECT abs(x) FROM (VALUES TINYINT '-128') AS t(x)
everyday_edges-139 | SELECT TIME '10:00:01.5' - TIME '10:00', TIME '08:00' - TIME '10:00'
everyday_edges-140 | SELECT b - a FROM (VALUES (TIME '08:00', TIME '10:00:00.25')) AS t(a, b)
everyday_edges-141 | SELECT ARRAY[ARRAY[1]] || ARRAY[2], ARRAY[1] || NULL, ARRAY[1.5] || 2, ARRAY[1] || 2.5, 'a' || ARRAY['b']
everyday_edges-142 | SELECT array_agg(x) || 5, x || array_agg(x) FROM (VALUES 1) AS t(x) GROUP BY x
everyday_edges-143 | SELECT a || upper(b) FROM (VALUES (ARRAY['A'], 'b')) AS t(a, b)
everyday_edges-144 | SELECT json_array('é😀', 'ü'), json_object('k': '😀é')
everyday_edges-145 | SELECT json_format(CAST('😀' AS json)), json_query('{"a":"😀"}', 'lax $.a'), json_value('{"a":"😀"}', 'lax $.a')
everyday_edges-146 | SELECT k, v FROM (VALUES (1, MAP(ARRAY['a'], ARRAY[1]))) AS t(id, m) CROSS JOIN UNNEST(m) AS u(k, v)
everyday_edges-147 | SELECT * FROM (VALUES (1, MAP(ARRAY['a'], ARRAY[1]))) AS t(id, m) CROSS JOIN UNNEST(m)
everyday_edges-148 | SELECT * FROM (VALUES (1, ARRAY[CAST(ROW(1, 'x') AS row(p integer, q varchar))])) AS t(id, m) CROSS JOIN UNNEST(m)
everyday_edges-149 | SELECT id, p, q FROM (VALUES (1, ARRAY[CAST(ROW(1, 'x') AS row(p integer, q varchar))])) AS t(id, m) CROSS JOIN UNNEST(m)
everyday_edges-150 | SELECT id, u.p FROM (VALUES (1, ARRAY[CAST(ROW(1, 'x') AS row(p integer, q varchar))])) AS t(id, m) CROSS JOIN UNNEST(m) AS u
everyday_edges-151 | SELECT * FROM UNNEST(ARRAY[1, 2], MAP(ARRAY['a'], ARRAY[5])) AS t(x, k, v)
everyday_edges-152 | SELECT * FROM UNNEST(ARRAY[1, 2], ARRAY[ROW('a', 5)]) WITH ORDINALITY AS t(x, k, v, n)
everyday_edges-153 | SELECT * FROM UNNEST(CAST(json_parse('[{"a":1,"b":"x"}]') AS array(row(a integer, b varchar))))
everyday_edges-154 | SELECT x, (SELECT v FROM (VALUES (1, 5), (1, 7)) AS s(k, v) WHERE k = x ORDER BY v DESC LIMIT 1) FROM (VALUES 1, 2) AS t(x)
everyday_edges-155 | SELECT x, (SELECT v FROM (VALUES (1, 5), (1, 7)) AS s(k, v) WHERE s.k = t.x LIMIT 1) > 4 FROM (VALUES 1, 2) AS t(x)
everyday_edges-156 | SELECT x, u.v FROM (VALUES 1, 2) AS t(x) CROSS JOIN LATERAL (SELECT v FROM (VALUES (1, 5), (1, 7)) AS s(k, v) WHERE s.k = t.x ORDER BY v DESC LIMIT 1) AS u
everyday_edges-157 | SELECT x, u.v FROM (VALUES 1, 2) AS t(x) LEFT JOIN LATERAL (SELECT v FROM (VALUES (1, 5), (1, 7)) AS s(k, v) WHERE s.k = t.x ORDER BY v DESC LIMIT 1) AS u ON true ORDER BY x
everyday_edges-158 | SELECT x FROM (VALUES 1, 2) AS t(x) WHERE EXISTS (SELECT 1 FROM (VALUES (1, 5), (1, 7)) AS s(k, v) WHERE s.k = t.x LIMIT 1)
everyday_edges-159 | SELECT x FROM (VALUES 1, 2) AS t(x) WHERE EXISTS (SELECT 1 FROM (VALUES (1, 5), (1, 7)) AS s(k, v) WHERE s.k > t.x LIMIT 1)
everyday_edges-160 | SELECT x FROM (VALUES 1, 2) AS t(x) WHERE EXISTS (SELECT 1 FROM (VALUES (1, 5), (1, 7)) AS s(k, v) WHERE s.k > t.x)
everyday_edges-161 | SELECT x, (SELECT v FROM (VALUES (1, 5), (1, 7)) AS s(k, v) WHERE s.k = t.x AND v > t.x LIMIT 1) FROM (VALUES 1, 2) AS t(x)
everyday_edges-162 | SELECT x, (SELECT max(v) FROM (VALUES (1, 5), (1, 7)) AS s(k, v) WHERE s.k = t.x LIMIT 1) FROM (VALUES 1, 2) AS t(x)
everyday_edges-163 | SELECT x, (SELECT t.x + 1 LIMIT 1) FROM (VALUES 1, 2) AS t(x)
everyday_edges-164 | SELECT x, (SELECT t.x UNION ALL SELECT t.x LIMIT 1) FROM (VALUES 1, 2) AS t(x)
everyday_edges-165 | SELECT x, u.v FROM (VALUES 1) AS t(x) CROSS JOIN LATERAL (SELECT x + 1 UNION ALL SELECT x + 2) AS u(v)
everyday_edges-166 | SELECT id, u.k, u.v FROM (VALUES (1, 'x', 'y')) AS t(id, a, b) CROSS JOIN LATERAL (VALUES ('a', a), ('b', b)) AS u(k, v) ORDER BY u.k
everyday_edges-167 | SELECT x, u.v FROM (VALUES 1) AS t(x) CROSS JOIN LATERAL (VALUES x) AS u(v)
everyday_edges-168 | SELECT x, u.v, u.w FROM (VALUES 1) AS t(x) CROSS JOIN LATERAL (SELECT x + 1 AS v, x * 2 AS w) AS u
everyday_edges-169 | SELECT x, u.v, w.z FROM (VALUES 1) AS t(x) CROSS JOIN LATERAL (SELECT x + 1 AS v) AS u CROSS JOIN LATERAL (SELECT v * 2 AS z) AS w
everyday_edges-170 | SELECT x, (SELECT count(*) FROM (VALUES 1, 2) AS s(v) WHERE v < x + 1) AS c FROM (VALUES 1, 2) AS t(x) ORDER BY x
everyday_edges-171 | SELECT x, (SELECT sum(v) OVER () FROM (VALUES 1, 2) AS s(v) WHERE v = x) FROM (VALUES 1, 2) AS t(x)
everyday_edges-172 | SELECT x, (SELECT DISTINCT v FROM (VALUES 1, 1, 2) AS s(v) WHERE v = x) FROM (VALUES 1, 2) AS t(x)
everyday_edges-173 | SELECT x, (SELECT DISTINCT v FROM (VALUES 1, 1, 2) AS s(v) WHERE v > x) FROM (VALUES 1, 2) AS t(x)
everyday_edges-174 | SELECT x, (SELECT v FROM (VALUES 1, 2) AS s(v) WHERE v IN (x, 5)) FROM (VALUES 1, 2) AS t(x)
everyday_edges-175 | SELECT x, (SELECT s.v || '' FROM (VALUES ('a', 1)) AS s(v, k) WHERE s.k = t.x) FROM (VALUES 1, 2) AS t(x)
everyday_edges-176 | SELECT x, (SELECT u FROM UNNEST(ARRAY[x, x + 1]) AS u(u) ORDER BY u DESC LIMIT 1) FROM (VALUES 1, 2) AS t(x)
everyday_edges-177 | SELECT x, (SELECT array_agg(v ORDER BY v) FROM (VALUES (1, 5), (1, 7)) AS s(k, v) WHERE s.k = t.x) FROM (VALUES 1, 2) AS t(x)
everyday_edges-178 | SELECT x FROM (VALUES 1, 2) AS t(x) WHERE x IN (SELECT v FROM (VALUES 1, 2) AS s(v) WHERE s.v = t.x)
everyday_edges-179 | SELECT x FROM (VALUES 1, 2) AS t(x) WHERE x NOT IN (SELECT v FROM (VALUES 1, 2) AS s(v) WHERE s.v > t.x)
everyday_edges-180 | SELECT t.x, (SELECT count(*) FROM (SELECT v FROM (VALUES 1, 2) AS s(v) WHERE v >= t.x) AS q) FROM (VALUES 1, 2) AS t(x)
everyday_edges-181 | SELECT t.x, (SELECT max(v) - min(v) FROM (VALUES 1, 2) AS s(v) GROUP BY v HAVING v = t.x) FROM (VALUES 1, 2) AS t(x)
everyday_edges-182 | SELECT json_parse('"😀é"')
everyday_edges-183 | SELECT json_extract('{"a":"😀é"}', '$.a')
everyday_edges-184 | SELECT CAST('😀é' AS json)
everyday_edges-185 | SELECT CAST(MAP(ARRAY['😀'], ARRAY['é']) AS json)
everyday_edges-186 | SELECT json_format(json_parse('{"a":"😀é\u00e9\u0001"}'))
everyday_edges-187 | SELECT json_extract_scalar('{"a":"😀é"}', '$.a')
everyday_edges-188 | SELECT CAST(json_parse('"😀é"') AS varchar)
everyday_edges-189 | SELECT json_format(json_extract('{"a":{"b":"😀é"}}', '$.a'))
everyday_edges-190 | SELECT json_array_get('["😀"]', 0)
everyday_edges-191 | SELECT json_query('{"a":{"b":"😀é"}}', 'lax $.a')
everyday_edges-192 | SELECT ARRAY[1] || NULL
everyday_edges-193 | SELECT NULL || ARRAY[1]
everyday_edges-194 | SELECT 'a' || NULL
everyday_edges-195 | SELECT corr(x, y), covar_pop(x, y), covar_samp(x, y), regr_slope(x, y), regr_intercept(x, y) FROM (VALUES (1, 2), (2, 3), (4, 8)) AS t(x, y)
everyday_edges-196 | SELECT corr(x, y), covar_pop(x, y), covar_samp(x, y), regr_slope(x, y), regr_intercept(x, y) FROM (VALUES (BIGINT '1', BIGINT '2'), (2, 3), (4, 8)) AS t(x, y)
everyday_edges-197 | SELECT corr(x, y), covar_pop(x, y), covar_samp(x, y), regr_slope(x, y), regr_intercept(x, y) FROM (VALUES (1.5, 2.5), (2.0, 3.0), (4.0, 8.0)) AS t(x, y)
everyday_edges-198 | SELECT corr(x, y), covar_pop(x, y), covar_samp(x, y), regr_slope(x, y), regr_intercept(x, y) FROM (VALUES (1, 2E0), (2, 3E0), (4, 8E0)) AS t(x, y)
everyday_edges-199 | SELECT corr(x, y), covar_pop(x, y), covar_samp(x, y), regr_slope(x, y), regr_intercept(x, y) FROM (VALUES (1, 2.5), (2, 3.0), (4, 8.0)) AS t(x, y)
everyday_edges-200 | SELECT corr(x, y), regr_slope(x, y) FROM (VALUES (REAL '1', 2), (2, 3), (4, 8)) AS t(x, y)
everyday_edges-201 | SELECT corr(x, y) OVER (), covar_pop(x, y) FILTER (WHERE x > 1) OVER () FROM (VALUES (1, 2), (2, 3), (4, 8)) AS t(x, y)
everyday_edges-202 | SELECT covar_pop(x, y) FILTER (WHERE x > 1), corr(x, y) FILTER (WHERE x > 100) FROM (VALUES (1, 2), (2, 3), (4, 8)) AS t(x, y)
everyday_edges-203 | SELECT stddev(x), variance(x), skewness(x), kurtosis(x), geometric_mean(x), entropy(x), avg(x) FROM (VALUES 1, 2, 4, 9) AS t(x)
everyday_edges-204 | SELECT stddev(x), variance(x), skewness(x), geometric_mean(x) FROM (VALUES 1.5, 2.5, 4.5, 9.5) AS t(x)
everyday_edges-205 | SELECT geometric_mean(x), stddev(x) FROM (VALUES REAL '1.5', REAL '2.5') AS t(x)
everyday_edges-206 | SELECT approx_percentile(x, 0.5) FROM (VALUES REAL '1.5', REAL '2.5') AS t(x)
everyday_edges-207 | SELECT r.pos.x FROM (SELECT CAST(ROW('p', ROW(1, 2)) AS row(name varchar, pos row(x integer, y integer))) AS r)
everyday_edges-208 | SELECT q.r.pos.x FROM (SELECT CAST(ROW('p', ROW(1, 2)) AS row(name varchar, pos row(x integer, y integer))) AS r) AS q
everyday_edges-209 | SELECT r.pos.x AS a FROM (VALUES CAST(ROW('p', ROW(1, 2)) AS row(name varchar, pos row(x integer, y integer)))) AS t(r)
everyday_edges-210 | SELECT t.r.pos.x, t.r.name FROM (VALUES (1, CAST(ROW('p', ROW(1, 2)) AS row(name varchar, pos row(x integer, y integer))))) AS t(id, r)
everyday_edges-211 | SELECT pos.x, (r.pos).y FROM (SELECT r, r.pos AS pos FROM (VALUES CAST(ROW('p', ROW(1, 2)) AS row(name varchar, pos row(x integer, y integer)))) AS t(r)) AS q
everyday_edges-212 | SELECT r.pos.z FROM (VALUES CAST(ROW('p', ROW(1, 2)) AS row(name varchar, pos row(x integer, y integer)))) AS t(r)
everyday_edges-213 | SELECT a.b.c.d FROM (VALUES CAST(ROW(ROW(ROW(1))) AS row(b row(c row(d integer))))) AS t(a)
everyday_edges-214 | SELECT t.a.b.c.d FROM (VALUES CAST(ROW(ROW(ROW(1))) AS row(b row(c row(d integer))))) AS t(a)
everyday_edges-215 | SELECT CAST(CAST(ROW(1.50, true, NULL) AS row(p decimal(5,2), ok boolean, n integer)) AS json) AS j
everyday_edges-216 | SELECT json_format(CAST(CAST(ROW('x', 1) AS row(b varchar, a integer)) AS json)) AS j
everyday_edges-217 | SELECT json_format(CAST(CAST(ROW('x', 1.50) AS row(b varchar, a decimal(5,2))) AS json)) AS j
everyday_edges-218 | SELECT json_format(CAST(ARRAY[1.50] AS json)) AS j
everyday_edges-219 | SELECT json_format(CAST(1.50 AS json)) AS j
