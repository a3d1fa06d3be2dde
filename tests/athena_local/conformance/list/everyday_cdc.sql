everyday_cdc-001 | WITH c(id, op, ts, name) AS (VALUES (1, 'c', 1, 'Ann'), (1, 'u', 2, 'Anna'), (2, 'c', 1, 'Bob'), (2, 'd', 3, NULL)) SELECT id, name FROM (SELECT *, row_number() OVER (PARTITION BY id ORDER BY ts DESC) AS rn FROM c) WHERE rn = 1 AND op <> 'd' ORDER BY id
everyday_cdc-002 | WITH c(id, op, ts, name) AS (VALUES (1, 'c', 1, 'Ann'), (1, 'u', 2, 'Anna'), (2, 'c', 1, 'Bob')) SELECT id, max_by(name, ts) AS name, max(ts) AS ts, count(*) AS changes, count_if(op = 'u') AS updates FROM c GROUP BY id ORDER BY id
everyday_cdc-003 | WITH c(id, op, ts, name) AS (VALUES (1, 'c', 1, 'Ann'), (1, 'u', 2, 'Anna')) SELECT c.* FROM c JOIN (SELECT id, max(ts) AS ts FROM c GROUP BY id) AS last ON c.id = last.id AND c.ts = last.ts
everyday_cdc-004 | WITH c(id, ts, name) AS (VALUES (1, TIMESTAMP '2024-01-01 00:00:00', 'Ann'), (1, TIMESTAMP '2024-02-01 00:00:00', 'Anna')) SELECT id, name, ts AS valid_from, coalesce(lead(ts) OVER (PARTITION BY id ORDER BY ts), TIMESTAMP '9999-12-31 00:00:00') AS valid_to, lead(ts) OVER (PARTITION BY id ORDER BY ts) IS NULL AS is_current FROM c ORDER BY valid_from
everyday_cdc-005 | SELECT id, name IS DISTINCT FROM prev AS changed FROM (SELECT id, ts, name, lag(name) OVER (PARTITION BY id ORDER BY ts) AS prev FROM (VALUES (1, 1, 'a'), (1, 2, 'a'), (1, 3, NULL), (1, 4, NULL)) AS t(id, ts, name)) ORDER BY ts
everyday_cdc-006 | SELECT json_extract_scalar(e, '$.op') AS op, json_extract_scalar(e, '$.after.id') AS id, coalesce(json_extract_scalar(e, '$.after.name'), json_extract_scalar(e, '$.before.name')) AS name FROM (VALUES '{"op":"u","before":{"id":1,"name":"Ann"},"after":{"id":1,"name":"Anna"}}', '{"op":"d","before":{"id":2,"name":"Bob"},"after":null}') AS t(e) ORDER BY op
everyday_cdc-007 | SELECT from_unixtime(CAST(json_extract_scalar(e, '$.ts_ms') AS bigint) / 1000e0) AS ts FROM (VALUES '{"ts_ms":1709287200123}') AS t(e)
everyday_cdc-008 | SELECT from_unixtime_nanos(1709287200123456789) AS ts, from_unixtime(1709287200, 1, 30) AS off
everyday_cdc-009 | SELECT json_extract(e, '$.after') AS after, json_extract(e, '$.before') IS NULL AS no_before, json_extract(e, '$.before') AS before FROM (VALUES '{"before":null,"after":{"b":1,"a":2}}') AS t(e)
everyday_cdc-010 | SELECT json_format(json_parse('{ "b" : 1, "a" : [ 1, 2.50, 1e3, true, null ] }')) AS j
everyday_cdc-011 | SELECT json_parse('{"a":1}') = json_parse('{ "a": 1 }') AS same, json_parse('not json')
everyday_cdc-012 | SELECT CAST(json_parse('{"id":1,"name":"Ann","tags":["x"]}') AS row(id integer, name varchar, tags array(varchar))) AS r
everyday_cdc-013 | SELECT CAST(json_parse('[1,"2",null]') AS array(varchar)) AS a, CAST(json_parse('{"a":1}') AS map(varchar, json)) AS m
everyday_cdc-014 | SELECT CAST(json_parse('"x"') AS varchar) AS s, CAST(json_parse('12.5') AS double) AS d, CAST(json_parse('true') AS boolean) AS b, CAST(json_parse('null') AS integer) AS n
everyday_cdc-015 | SELECT CAST(CAST(ROW(1, 'a') AS row(id integer, name varchar)) AS json) AS j, CAST(ARRAY[1, NULL] AS json) AS a, CAST('x' AS json) AS s, CAST(DATE '2024-01-01' AS json) AS d
everyday_cdc-016 | SELECT json_object('id': 1, 'name': 'Ann') AS o, json_array(1, 'a', true) AS a, json_object(KEY 'k' VALUE NULL NULL ON NULL) AS n
everyday_cdc-017 | SELECT k, json_format(v) AS v FROM (VALUES json_parse('{"a":{"x":1},"b":[2]}')) AS t(j) CROSS JOIN UNNEST(CAST(j AS map(varchar, json))) AS u(k, v) ORDER BY k
everyday_cdc-018 | SELECT map_keys(CAST(json_parse('{"b":1,"a":2}') AS map(varchar, json))) AS ks
everyday_cdc-019 | SELECT json_array_length('[1,[2,3],{"a":4}]') AS n, json_extract_scalar('[1,[2,3]]', '$[1][0]') AS x, json_size('{"a":[1,2,3]}', '$.a') AS s
everyday_cdc-020 | SELECT json_extract_scalar('{"a":"1"}', 'a') AS a, json_extract_scalar('{"a":true}', '$.a') AS b, json_extract_scalar('{"a":null}', '$.a') AS n, json_extract_scalar('{"a":1.50}', '$.a') AS d
everyday_cdc-021 | SELECT json_extract('{"store":{"book":[{"t":"x"},{"t":"y"}]}}', '$.store.book[*].t') AS ts
everyday_cdc-022 | SELECT json_value('{"a":5}', 'lax $.a' RETURNING integer) AS v, json_value('{"a":[1]}', 'lax $.b' DEFAULT 'none' ON EMPTY) AS d, json_query('{"a":{"b":1}}', 'lax $.a') AS q
everyday_cdc-023 | SELECT a.id, a.v AS old, b.v AS new FROM (VALUES (1, 'x'), (2, 'y')) AS a(id, v) FULL OUTER JOIN (VALUES (2, 'z'), (3, 'w')) AS b(id, v) ON a.id = b.id WHERE a.v IS DISTINCT FROM b.v ORDER BY coalesce(a.id, b.id)
everyday_cdc-024 | SELECT coalesce(a.id, b.id) AS id, CASE WHEN a.id IS NULL THEN 'insert' WHEN b.id IS NULL THEN 'delete' ELSE 'update' END AS op FROM (VALUES (1, 'x'), (2, 'y')) AS a(id, v) FULL OUTER JOIN (VALUES (2, 'z'), (3, 'w')) AS b(id, v) ON a.id = b.id ORDER BY 1
everyday_cdc-025 | SELECT id, v FROM (VALUES (1, 'x'), (2, 'y')) AS a(id, v) EXCEPT SELECT id, v FROM (VALUES (2, 'y')) AS b(id, v)
everyday_cdc-026 | (SELECT id, v, 'old' AS side FROM (VALUES (1, 'x'), (2, 'y')) AS a(id, v)) UNION ALL (SELECT id, v, 'new' FROM (VALUES (2, 'z')) AS b(id, v)) ORDER BY id, side
everyday_cdc-027 | SELECT id FROM (VALUES 1, 2) AS a(id) UNION SELECT id FROM (VALUES 2, 3) AS b(id) ORDER BY id
everyday_cdc-028 | SELECT id FROM (VALUES 1, 2) AS a(id) UNION SELECT name FROM (VALUES 'x') AS b(name)
everyday_cdc-029 | SELECT id, name FROM (VALUES (1, 'a')) AS a(id, name) UNION ALL SELECT id FROM (VALUES 2) AS b(id)
everyday_cdc-030 | SELECT 1 AS x UNION ALL SELECT 2.5 UNION ALL SELECT NULL ORDER BY x
everyday_cdc-031 | SELECT id, to_hex(md5(to_utf8(concat_ws('|', CAST(id AS varchar), name, coalesce(city, ''))))) AS row_hash FROM (VALUES (1, 'Ann', 'Berlin'), (2, 'Bob', NULL)) AS t(id, name, city) ORDER BY id
everyday_cdc-032 | SELECT concat_ws(',', 'a', NULL, 'b') AS c, concat_ws(',', ARRAY['x', NULL, 'y']) AS d, concat_ws(NULL, 'a') AS n
everyday_cdc-033 | SELECT to_hex(sha512(to_utf8('a'))) AS s, to_hex(hmac_sha256(to_utf8('msg'), to_utf8('key'))) AS h, to_hex(murmur3(to_utf8('a'))) AS m
everyday_cdc-034 | SELECT uuid() IS NOT NULL AS u, CAST('12151fd2-7586-11e9-8f9e-2a86e4085a59' AS uuid) AS id
everyday_cdc-035 | SELECT CAST(UUID '12151fd2-7586-11e9-8f9e-2a86e4085a59' AS varchar) AS s, UUID '12151fd2-7586-11e9-8f9e-2a86e4085a59' < UUID '22151fd2-7586-11e9-8f9e-2a86e4085a59' AS lt
everyday_cdc-036 | SELECT id, count(*) AS n FROM (VALUES 1, 2, 2) AS t(id) GROUP BY id HAVING count(*) > 1
everyday_cdc-037 | SELECT count(*) - count(DISTINCT id) AS dups FROM (VALUES 1, 2, 2) AS t(id)
everyday_cdc-038 | SELECT col, n FROM (SELECT count(*) - count(a) AS a, count(*) - count(b) AS b FROM (VALUES (1, NULL), (NULL, NULL)) AS t(a, b)) CROSS JOIN UNNEST(ARRAY['a', 'b'], ARRAY[a, b]) AS u(col, n) ORDER BY col
everyday_cdc-039 | SELECT id, col, val FROM (VALUES (1, 10, 20)) AS t(id, jan, feb) CROSS JOIN UNNEST(ARRAY['jan', 'feb'], ARRAY[jan, feb]) AS u(col, val) ORDER BY col
everyday_cdc-040 | SELECT id, u.k, u.v FROM (VALUES (1, 'x', 'y')) AS t(id, a, b) CROSS JOIN LATERAL (VALUES ('a', a), ('b', b)) AS u(k, v) ORDER BY u.k
everyday_cdc-041 | SELECT id, kv[key] AS v FROM (VALUES (1, MAP(ARRAY['a', 'b'], ARRAY[1, 2]))) AS t(id, kv) CROSS JOIN UNNEST(map_keys(kv)) AS k(key) ORDER BY v
everyday_cdc-042 | SELECT id, kv['a'] AS a, kv['b'] AS b FROM (SELECT id, map_agg(k, v) AS kv FROM (VALUES (1, 'a', 10), (1, 'b', 20)) AS t(id, k, v) GROUP BY id)
everyday_cdc-043 | SELECT id, element_at(kv, 'a') AS a, element_at(kv, 'zz') AS z FROM (SELECT id, map_agg(k, v) AS kv FROM (VALUES (1, 'a', 10), (1, 'b', 20)) AS t(id, k, v) GROUP BY id)
everyday_cdc-044 | WITH RECURSIVE emp(id, boss, path) AS (SELECT id, boss, CAST(name AS varchar) FROM (VALUES (1, NULL, 'CEO'), (2, 1, 'VP'), (3, 2, 'Eng')) AS e(id, boss, name) WHERE boss IS NULL UNION ALL SELECT e.id, e.boss, emp.path || ' / ' || e.name FROM (VALUES (1, NULL, 'CEO'), (2, 1, 'VP'), (3, 2, 'Eng')) AS e(id, boss, name) JOIN emp ON e.boss = emp.id) SELECT id, path FROM emp ORDER BY id
everyday_cdc-045 | WITH a AS (SELECT 1 AS x), b AS (SELECT x + 1 AS y FROM a) SELECT x, y FROM a CROSS JOIN b
everyday_cdc-046 | WITH a(x) AS (VALUES 1, 2), a2 AS (SELECT x FROM a WHERE x > 1) SELECT * FROM a2
everyday_cdc-047 | SELECT id, arr[1] FROM (VALUES (1, split('a:b', ':')), (2, split('c', ':'))) AS t(id, arr) ORDER BY id
everyday_cdc-048 | SELECT id, split('a:b', ':')[2] AS second, try(split('a', ':')[2]) AS none FROM (VALUES 1) AS t(id)
everyday_cdc-049 | SELECT IF(op IN ('c', 'u', 'r'), 1, 0) AS live FROM (VALUES 'c', 'd') AS t(op) ORDER BY op
everyday_cdc-050 | SELECT decode(op, 'c', 'create') FROM (VALUES 'c') AS t(op)
everyday_cdc-051 | SELECT nvl(NULL, 1)
everyday_cdc-052 | SELECT ifnull(NULL, 1)
everyday_cdc-053 | SELECT isnull(NULL)
everyday_cdc-054 | SELECT to_date('2024-01-01', 'yyyy-mm-dd') AS d
everyday_cdc-055 | SELECT to_char(TIMESTAMP '2024-03-01 10:05:06', 'yyyy-mm-dd hh24:mi:ss') AS s, to_timestamp('2024-03-01 10', 'yyyy-mm-dd hh24') AS t
everyday_cdc-056 | SELECT datediff('day', DATE '2024-01-01', DATE '2024-01-05')
everyday_cdc-057 | SELECT substring('abc' FROM 2 FOR 1) AS s, substring('abc', 2) AS t, substr('abc', -2) AS u, 'abc'[1]
everyday_cdc-058 | SELECT len('abc')
everyday_cdc-059 | SELECT length('abc') AS n, char_length('abc')
everyday_cdc-060 | SELECT group_concat(x) FROM (VALUES 'a') AS t(x)
everyday_cdc-061 | SELECT string_agg(x, ',') FROM (VALUES 'a') AS t(x)
everyday_cdc-062 | SELECT count(*) FROM (VALUES 1, 2) AS t(x) QUALIFY row_number() OVER (ORDER BY x) = 1
everyday_cdc-063 | SELECT TOP 1 x FROM (VALUES 1, 2) AS t(x)
everyday_cdc-064 | SELECT x FROM (VALUES 1, 2) AS t(x) LIMIT 1, 1
everyday_cdc-065 | SELECT `x` FROM (VALUES 1) AS t(x)
everyday_cdc-066 | SELECT x AS "My Column", x AS order_no FROM (VALUES 1) AS t(x)
everyday_cdc-067 | SELECT X, T.x FROM (VALUES 1) AS t(x)
everyday_cdc-068 | SELECT x AS 'label' FROM (VALUES 1) AS t(x)
everyday_cdc-069 | SELECT x FROM (VALUES 1) AS t(x) WHERE x = "1"
everyday_cdc-070 | SELECT * FROM (VALUES (1, 2)) AS t(a, a)
everyday_cdc-071 | SELECT a FROM (VALUES (1, 2)) AS t(a, a)
everyday_cdc-072 | SELECT t.b FROM (VALUES 1) AS t(a)
everyday_cdc-073 | SELECT u.a FROM (VALUES 1) AS t(a)
everyday_cdc-074 | SELECT * FROM (VALUES (1, 2)) AS t(a)
everyday_cdc-075 | SELECT count(a, b) FROM (VALUES (1, 2)) AS t(a, b)
everyday_cdc-076 | SELECT sum('x')
everyday_cdc-077 | SELECT max(DISTINCT x) AS m, min(x) AS n FROM (VALUES 'b', 'a') AS t(x)
everyday_cdc-078 | SELECT lower(1)
everyday_cdc-079 | SELECT upper('a', 'b')
everyday_cdc-080 | SELECT length(12345)
everyday_cdc-081 | SELECT abs('x')
everyday_cdc-082 | SELECT no_such_function(1)
everyday_cdc-083 | SELECT round('1.5')
everyday_cdc-084 | SELECT 'a' + 'b'
everyday_cdc-085 | SELECT '1' + 1
everyday_cdc-086 | SELECT 1 = true
everyday_cdc-087 | SELECT NOT 1
everyday_cdc-088 | SELECT CASE WHEN 1 THEN 'a' END
everyday_cdc-089 | SELECT CASE WHEN true THEN 1 ELSE 'a' END
everyday_cdc-090 | SELECT coalesce(1, 'a')
everyday_cdc-091 | SELECT if(true, 1, 'a')
everyday_cdc-092 | SELECT ARRAY[1, 'a']
everyday_cdc-093 | SELECT 1 IN ('1', '2')
everyday_cdc-094 | SELECT x FROM (VALUES 1, 'a') AS t(x)
everyday_cdc-095 | SELECT x FROM (VALUES (1, 2), (3)) AS t(x, y)
everyday_cdc-096 | SELECT a.x FROM (VALUES 1) AS a(x) JOIN (VALUES 'a') AS b(y) ON a.x = b.y
everyday_cdc-097 | SELECT x FROM (VALUES 1) AS t(x) ORDER BY 2
everyday_cdc-098 | SELECT x FROM (VALUES 1) AS t(x) GROUP BY 3
everyday_cdc-099 | SELECT x FROM (VALUES 1) AS t(x) ORDER BY y
everyday_cdc-100 | SELECT x FROM (VALUES 1) AS t(x) LIMIT -1
everyday_cdc-101 | SELECT x, FROM (VALUES 1) AS t(x)
everyday_cdc-102 | SELECT x FROM (VALUES 1) AS t(x) WHERE
everyday_cdc-103 | SELECT FROM (VALUES 1) AS t(x)
everyday_cdc-104 | SELECT count(*) FROM
everyday_cdc-105 | SELECT (1 + 2
everyday_cdc-106 | SELECT 'abc
everyday_cdc-107 | SELECT x y z FROM (VALUES 1) AS t(x)
everyday_cdc-108 | SELEC 1
