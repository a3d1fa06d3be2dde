fresh_batch4-001 | SELECT sum(DISTINCT qty), avg(DISTINCT qty), count(DISTINCT qty) FROM (VALUES 3, 3, 8, NULL) AS orders (qty)
fresh_batch4-002 | SELECT count(*), count(NULL), count(1), sum(NULL) FROM (VALUES 1, 2) AS t (x)
fresh_batch4-003 | SELECT avg(price), typeof(avg(price)) FROM (VALUES DECIMAL '10.25', DECIMAL '3.10') AS t (price)
fresh_batch4-004 | SELECT sum(price), typeof(sum(price)) FROM (VALUES DECIMAL '99.99', DECIMAL '0.01') AS t (price)
fresh_batch4-005 | SELECT avg(x), typeof(avg(x)) FROM (VALUES REAL '1.5', REAL '2.25') AS t (x)
fresh_batch4-006 | SELECT avg(gap) FROM (VALUES INTERVAL '2' HOUR, INTERVAL '5' HOUR) AS t (gap)
fresh_batch4-007 | SELECT sum(gap) FROM (VALUES INTERVAL '7' MONTH, INTERVAL '8' MONTH) AS t (gap)
fresh_batch4-008 | SELECT max(ARRAY[a, b]) FROM (VALUES (1, 9), (2, 0)) AS t (a, b)
fresh_batch4-009 | SELECT min(ROW(a, b)) FROM (VALUES (4, 'z'), (4, 'c')) AS t (a, b)
fresh_batch4-010 | SELECT max(m) FROM (VALUES MAP(ARRAY['a'], ARRAY[1])) AS t (m)
fresh_batch4-011 | SELECT max_by(city, temp, 2), min_by(city, temp, 1) FROM (VALUES ('Oslo', 4), ('Rome', 19), ('Kyiv', NULL)) AS t (city, temp)
fresh_batch4-012 | SELECT max(score, 0) FROM (VALUES 1, 2) AS t (score)
fresh_batch4-013 | SELECT min(score, 3) FROM (VALUES 8, NULL, 5) AS t (score)
fresh_batch4-014 | SELECT array_agg(x ORDER BY y DESC NULLS LAST, x) FROM (VALUES ('p', 2), ('q', NULL), ('r', 2)) AS t (x, y)
fresh_batch4-015 | SELECT array_agg(DISTINCT x ORDER BY x) FILTER (WHERE x > 1) FROM (VALUES 5, 1, 5, 3) AS t (x)
fresh_batch4-016 | SELECT array_agg(DISTINCT x ORDER BY y) FROM (VALUES (1, 2), (3, 4)) AS t (x, y)
fresh_batch4-017 | SELECT listagg(DISTINCT tag, ' | ') WITHIN GROUP (ORDER BY tag DESC) FROM (VALUES 'new', 'old', 'new') AS t (tag)
fresh_batch4-018 | SELECT listagg(tag, ',' ON OVERFLOW TRUNCATE '...' WITH COUNT) WITHIN GROUP (ORDER BY tag) FROM (VALUES 'x', 'y') AS t (tag)
fresh_batch4-019 | SELECT listagg(n, ',') WITHIN GROUP (ORDER BY n) FROM (VALUES 1, 2) AS t (n)
fresh_batch4-020 | SELECT listagg(tag) FROM (VALUES 'x', 'y') AS t (tag)
fresh_batch4-021 | SELECT approx_percentile(ms, ARRAY[0.5, 0.9]) FROM (VALUES 100, 200, 300, 400) AS t (ms)
fresh_batch4-022 | SELECT approx_percentile(ms, 3, 0.5) FROM (VALUES 10, 20, 30) AS t (ms)
fresh_batch4-023 | SELECT approx_percentile(ms, 1.5) FROM (VALUES 10, 20) AS t (ms)
fresh_batch4-024 | SELECT approx_distinct(u, 0.0115) FROM (VALUES 'a', 'b', 'a') AS t (u)
fresh_batch4-025 | SELECT histogram(grade) FROM (VALUES 'B', 'A', 'B', NULL) AS t (grade)
fresh_batch4-026 | SELECT numeric_histogram(2, x) FROM (VALUES 1.0, 2.0, 9.0) AS t (x)
fresh_batch4-027 | SELECT map_agg(k, v) FROM (VALUES ('a', 1), (NULL, 2), ('b', NULL)) AS t (k, v)
fresh_batch4-028 | SELECT multimap_agg(k, v) FROM (VALUES ('a', 1), ('a', NULL)) AS t (k, v)
fresh_batch4-029 | SELECT map_union(m) FROM (VALUES MAP(ARRAY['q'], ARRAY[4]), MAP(ARRAY['w'], ARRAY[6]), NULL) AS t (m)
fresh_batch4-030 | SELECT reduce_agg(n, 1, (a, b) -> a * b, (a, b) -> a * b) FROM (VALUES 2, 3, 7) AS t (n)
fresh_batch4-031 | SELECT bool_or(paid), every(paid), bool_and(paid) FROM (VALUES true, NULL, false) AS t (paid)
fresh_batch4-032 | SELECT bool_or(1) FROM (VALUES 1) AS t (x)
fresh_batch4-033 | SELECT count_if(n % 2 = 0), count_if(NULL) FROM (VALUES 6, 7, 12) AS t (n)
fresh_batch4-034 | SELECT count_if(n) FROM (VALUES 6, 7, 12) AS t (n)
fresh_batch4-035 | SELECT arbitrary(x), any_value(x) FROM (VALUES NULL, 'only') AS t (x)
fresh_batch4-036 | SELECT geometric_mean(x) FROM (VALUES 2, 8, 4) AS t (x)
fresh_batch4-037 | SELECT kurtosis(x), skewness(x) FROM (VALUES 1, 2, 2, 3, 14) AS t (x)
fresh_batch4-038 | SELECT regr_slope(y, x), regr_intercept(y, x) FROM (VALUES (10, 1), (20, 2), (35, 3)) AS t (y, x)
fresh_batch4-039 | SELECT covar_pop(y, x), covar_samp(y, x), corr(y, x) FROM (VALUES (1, 5), (3, 9), (8, 11)) AS t (y, x)
fresh_batch4-040 | SELECT stddev(x), var_pop(x) FROM (VALUES 42) AS t (x)
fresh_batch4-041 | SELECT entropy(c) FROM (VALUES 5, 5, 10) AS t (c)
fresh_batch4-042 | SELECT bitwise_and_agg(x), bitwise_or_agg(x), bitwise_xor_agg(x) FROM (VALUES 12, 10, NULL) AS t (x)
fresh_batch4-043 | SELECT checksum(x) FROM (VALUES NULL, NULL) AS t (x)
fresh_batch4-044 | SELECT sum(x) FROM (VALUES '1', '2') AS t (x)
fresh_batch4-045 | SELECT avg(d) FROM (VALUES DATE '2024-02-01') AS t (d)
fresh_batch4-046 | SELECT max(DISTINCT x), min(DISTINCT x) FROM (VALUES 'b', 'ä', 'Z') AS t (x)
fresh_batch4-047 | SELECT sum(count(*)) FROM (VALUES 1) AS t (x)
fresh_batch4-048 | SELECT sum(sum(x)) OVER () FROM (VALUES 5, 6) AS t (x) GROUP BY x ORDER BY x
fresh_batch4-049 | SELECT x, count(*) OVER () FROM (VALUES 5, 6, 6) AS t (x) GROUP BY x ORDER BY x
fresh_batch4-050 | SELECT count(DISTINCT x) OVER () FROM (VALUES 1, 2, 2) AS t (x)
fresh_batch4-051 | SELECT sum(x) FILTER (WHERE x > 2) OVER (ORDER BY x) FROM (VALUES 1, 3, 5) AS t (x)
fresh_batch4-052 | SELECT x, lag(x, 2, 0) OVER (ORDER BY x), lead(x) OVER (ORDER BY x DESC) FROM (VALUES 10, 20, 30) AS t (x) ORDER BY x
fresh_batch4-053 | SELECT x, lag(x, -1) OVER (ORDER BY x) FROM (VALUES 10, 20) AS t (x)
fresh_batch4-054 | SELECT x, lag(x) IGNORE NULLS OVER (ORDER BY k) FROM (VALUES (1, 'a'), (2, NULL), (3, 'c')) AS t (k, x) ORDER BY k
fresh_batch4-055 | SELECT k, first_value(x) IGNORE NULLS OVER (ORDER BY k), last_value(x) OVER (ORDER BY k) FROM (VALUES (1, NULL), (2, 'b')) AS t (k, x) ORDER BY k
fresh_batch4-056 | SELECT x, nth_value(x, 2) OVER (ORDER BY x ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM (VALUES 4, 5, 6) AS t (x) ORDER BY x
fresh_batch4-057 | SELECT nth_value(x, 0) OVER (ORDER BY x) FROM (VALUES 4, 5) AS t (x)
fresh_batch4-058 | SELECT x, ntile(2) OVER (ORDER BY x), ntile(4) OVER (ORDER BY x) FROM (VALUES 1, 2, 3) AS t (x) ORDER BY x
fresh_batch4-059 | SELECT x, percent_rank() OVER (ORDER BY x), cume_dist() OVER (ORDER BY x) FROM (VALUES 3, 3, 9, 12) AS t (x) ORDER BY x
fresh_batch4-060 | SELECT d, sum(v) OVER (ORDER BY d RANGE BETWEEN INTERVAL '2' DAY PRECEDING AND CURRENT ROW) FROM (VALUES (DATE '2024-03-01', 1), (DATE '2024-03-02', 2), (DATE '2024-03-05', 4)) AS t (d, v) ORDER BY d
fresh_batch4-061 | SELECT x, sum(x) OVER (ORDER BY x RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING) FROM (VALUES 1, 2, 4, 5) AS t (x) ORDER BY x
fresh_batch4-062 | SELECT x, count(*) OVER (ORDER BY x GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM (VALUES 1, 1, 2, 3) AS t (x) ORDER BY x
fresh_batch4-063 | SELECT x, sum(x) OVER (ORDER BY x ROWS BETWEEN CURRENT ROW AND 1 PRECEDING) FROM (VALUES 1, 2) AS t (x)
fresh_batch4-064 | SELECT x, sum(x) OVER (ROWS 1 PRECEDING) FROM (VALUES 7) AS t (x)
fresh_batch4-065 | SELECT x, sum(x) OVER w, avg(x) OVER (w ROWS 1 PRECEDING) FROM (VALUES 2, 4, 9) AS t (x) WINDOW w AS (ORDER BY x) ORDER BY x
fresh_batch4-066 | SELECT sum(x) OVER nowhere FROM (VALUES 2) AS t (x)
fresh_batch4-067 | SELECT rank() FROM (VALUES 2) AS t (x)
fresh_batch4-068 | SELECT row_number() OVER (ORDER BY x) AS n FROM (VALUES 2, 1) AS t (x) WHERE row_number() OVER (ORDER BY x) = 1
fresh_batch4-069 | SELECT x FROM (VALUES 2, 1) AS t (x) GROUP BY x HAVING rank() OVER (ORDER BY x) = 1
fresh_batch4-070 | SELECT x FROM (VALUES 3, 1, 2) AS t (x) ORDER BY rank() OVER (ORDER BY x DESC)
fresh_batch4-071 | SELECT region, product, sum(n), grouping(region, product) FROM (VALUES ('eu', 'pen', 1), ('us', 'pen', 2)) AS t (region, product, n) GROUP BY ROLLUP (region, product) ORDER BY 4, 1, 2
fresh_batch4-072 | SELECT a, b, count(*) FROM (VALUES (1, 2), (1, 3)) AS t (a, b) GROUP BY CUBE (a, b) ORDER BY a, b
fresh_batch4-073 | SELECT a, b, sum(a) FROM (VALUES (1, 2), (1, 3)) AS t (a, b) GROUP BY GROUPING SETS ((a), (b), ()) ORDER BY 1, 2
fresh_batch4-074 | SELECT a, b, count(*) FROM (VALUES (1, 2), (1, 3)) AS t (a, b) GROUP BY a, ROLLUP (b) ORDER BY a, b
fresh_batch4-075 | SELECT count(*) FROM (VALUES 1, 2) AS t (x) GROUP BY ()
fresh_batch4-076 | SELECT x, sum(y) FROM (VALUES (1, 2)) AS t (x, y)
fresh_batch4-077 | SELECT upper(name) AS n, count(*) FROM (VALUES 'a', 'A') AS t (name) GROUP BY upper(name)
fresh_batch4-078 | SELECT upper(name) || '!' AS n FROM (VALUES 'a', 'A') AS t (name) GROUP BY upper(name)
fresh_batch4-079 | SELECT x FROM (VALUES 1, 2) AS t (x) HAVING count(*) > 1
fresh_batch4-080 | SELECT grouping(x) FROM (VALUES 1) AS t (x)
fresh_batch4-081 | SELECT x FROM (VALUES 4, 5) AS t (x) GROUP BY 2
fresh_batch4-082 | SELECT x, x + 1 FROM (VALUES 4, 5) AS t (x) GROUP BY 1, 2 ORDER BY 1
fresh_batch4-083 | SELECT sum(x) FROM (VALUES 4, 5) AS t (x) GROUP BY 1
fresh_batch4-084 | SELECT x AS total FROM (VALUES 4, 5) AS t (x) WHERE total > 4
fresh_batch4-085 | SELECT x FROM (VALUES 4, 5) AS t (x) ORDER BY 3
fresh_batch4-086 | SELECT DISTINCT x FROM (VALUES (4, 1), (5, 2)) AS t (x, y) ORDER BY y
fresh_batch4-087 | SELECT DISTINCT lower(x) FROM (VALUES 'A', 'a') AS t (x) ORDER BY lower(x)
fresh_batch4-088 | SELECT ARRAY[1, 2.5, 3e0], typeof(ARRAY[1, 2.5])
fresh_batch4-089 | SELECT ARRAY[NULL, NULL], typeof(ARRAY[]), cardinality(ARRAY[])
fresh_batch4-090 | SELECT element_at(ARRAY[7, 8, 9], -2), element_at(ARRAY[7], 4)
fresh_batch4-091 | SELECT element_at(ARRAY[7, 8, 9], 0)
fresh_batch4-092 | SELECT ARRAY[7, 8][-1]
fresh_batch4-093 | SELECT slice(ARRAY['a', 'b', 'c', 'd'], -3, 2), slice(ARRAY[1], 1, 9)
fresh_batch4-094 | SELECT array_remove(ARRAY['x', NULL, 'y', 'x'], 'x'), array_remove(ARRAY[1, 2], NULL)
fresh_batch4-095 | SELECT array_position(ARRAY[5, 6, 5], 5), array_position(ARRAY[5, 6], 7), array_position(ARRAY[5, NULL], NULL)
fresh_batch4-096 | SELECT array_intersect(ARRAY[3, 1, 3, NULL], ARRAY[3, NULL]), array_except(ARRAY[1, 1, 2], ARRAY[2]), array_union(ARRAY[4, NULL], ARRAY[NULL, 4])
fresh_batch4-097 | SELECT array_join(ARRAY[1.50, NULL, 3.25], ' / ', 'none'), array_join(ARRAY[true, false], ',')
fresh_batch4-098 | SELECT array_max(ARRAY['pear', 'fig']), array_min(ARRAY[3, NULL]), array_max(ARRAY[])
fresh_batch4-099 | SELECT array_sort(ARRAY['b', NULL, 'A', 'a']), array_sort(ARRAY[ARRAY[2], ARRAY[1, 5]])
fresh_batch4-100 | SELECT array_sort(ARRAY[MAP(ARRAY[1], ARRAY[2])])
fresh_batch4-101 | SELECT flatten(ARRAY[ARRAY[1], NULL, ARRAY[], ARRAY[2, NULL]])
fresh_batch4-102 | SELECT ngrams(ARRAY['to', 'be', 'or'], 2), combinations(ARRAY[1, 2, 3], 2)
fresh_batch4-103 | SELECT combinations(ARRAY[1, 2], 6)
fresh_batch4-104 | SELECT repeat('ha', 3), repeat(NULL, 2), repeat(9, -1)
fresh_batch4-105 | SELECT zip(ARRAY[1, 2], ARRAY['x']), zip_with(ARRAY[1, 2], ARRAY[10, 20], (a, b) -> a + b)
fresh_batch4-106 | SELECT transform(ARRAY[1, NULL, 3], n -> n * 2), filter(ARRAY['aa', 'b'], s -> length(s) > 1)
fresh_batch4-107 | SELECT transform(ARRAY[1], (a, b) -> a)
fresh_batch4-108 | SELECT reduce(ARRAY[5, 20, NULL, 50], 0, (s, x) -> s + coalesce(x, 1), s -> s / 2)
fresh_batch4-109 | SELECT reduce(ARRAY[DECIMAL '1.5', DECIMAL '2.5'], DECIMAL '0.0', (s, x) -> s + x, s -> s)
fresh_batch4-110 | SELECT sequence(1, 10, 4), sequence(5, 1, -2), sequence(3, 1)
fresh_batch4-111 | SELECT shuffle(ARRAY[1]), reverse(ARRAY['a', NULL, 'c']), trim_array(ARRAY[1, 2, 3], 2)
fresh_batch4-112 | SELECT split('a--b--c', '--', 2), split('', ','), split('abc', '')
fresh_batch4-113 | SELECT ARRAY[1, 2] || ARRAY[3] || 4, 0 || ARRAY[1]
fresh_batch4-114 | SELECT ARRAY[1, NULL] = ARRAY[1, NULL], ARRAY[1, 2] < ARRAY[1, 3], ARRAY[1] = ARRAY[1, NULL]
fresh_batch4-115 | SELECT ARRAY[1, NULL] < ARRAY[2, 1]
fresh_batch4-116 | SELECT 2 IN (SELECT n FROM UNNEST(ARRAY[1, NULL]) AS u (n)), 2 NOT IN (1, NULL), NULL IN (1)
fresh_batch4-117 | SELECT cosine_similarity(MAP(ARRAY['a'], ARRAY[1.0]), MAP(ARRAY['a'], ARRAY[4.0])), dot_product(ARRAY[1, 2], ARRAY[3, 4])
fresh_batch4-118 | SELECT contains_sequence(ARRAY[1, 2, 3], ARRAY[2, 3]), arrays_overlap(ARRAY[1], ARRAY[NULL])
fresh_batch4-119 | SELECT array_first(ARRAY[4, 5]), array_last(ARRAY[4, 5]), array_histogram(ARRAY['x', 'y', 'x'])
fresh_batch4-120 | SELECT MAP(ARRAY['a', 'b'], ARRAY[1])
fresh_batch4-121 | SELECT MAP(), cardinality(MAP()), typeof(MAP())
fresh_batch4-122 | SELECT map_filter(MAP(ARRAY['pen', 'cup'], ARRAY[4, 9]), (k, v) -> v > 5), transform_values(MAP(ARRAY['pen'], ARRAY[4]), (k, v) -> k || '-' || CAST(v AS varchar))
fresh_batch4-123 | SELECT transform_keys(MAP(ARRAY[1, 2], ARRAY['a', 'b']), (k, v) -> k % 1)
fresh_batch4-124 | SELECT transform_keys(MAP(ARRAY[1], ARRAY['a']), (k, v) -> NULL)
fresh_batch4-125 | SELECT map_concat(MAP(ARRAY['a', 'b'], ARRAY[1, 2]), MAP(ARRAY['b'], ARRAY[9]))['b'], map_concat(MAP(ARRAY[1], ARRAY['u']), MAP())
fresh_batch4-126 | SELECT map_zip_with(MAP(ARRAY['a'], ARRAY[1]), MAP(ARRAY['b'], ARRAY[2]), (k, x, y) -> coalesce(x, 0) - coalesce(y, 0))
fresh_batch4-127 | SELECT map_from_entries(ARRAY[('x', 1), ('y', NULL)]), map_keys(MAP(ARRAY[2, 1], ARRAY[0, 0])), map_values(MAP(ARRAY[2], ARRAY[NULL]))
fresh_batch4-128 | SELECT multimap_from_entries(ARRAY[ROW('x', 1), ROW('x', 2)]), map_entries(MAP(ARRAY[true], ARRAY[1.5]))
fresh_batch4-129 | SELECT element_at(MAP(ARRAY[1, 2], ARRAY['a', 'b']), 3), MAP(ARRAY[1.0], ARRAY['d'])[1]
fresh_batch4-130 | SELECT MAP(ARRAY['a'], ARRAY[1]) = MAP(ARRAY['a'], ARRAY[NULL]), MAP(ARRAY['a'], ARRAY[1]) < MAP(ARRAY['a'], ARRAY[2])
fresh_batch4-131 | SELECT split_to_map('k1=v1;k2=v2', ';', '='), split_to_multimap('a:1,a:2', ',', ':')
fresh_batch4-132 | SELECT split_to_map('k=1;k=2', ';', '=')
fresh_batch4-133 | SELECT any_match(MAP_KEYS(MAP(ARRAY['a'], ARRAY[1])), k -> k LIKE 'a%'), none_match(ARRAY[], x -> true)
fresh_batch4-134 | SELECT ROW(1, 'b')[2], ROW(1, 2)[1] + 5
fresh_batch4-135 | SELECT ROW(1, 'b')[3]
fresh_batch4-136 | SELECT CAST(ROW('5', 2) AS row(n integer, m varchar)).n, CAST(ROW(1, 2) AS row(a bigint, b double))
fresh_batch4-137 | SELECT CAST(ROW(1, 2) AS row(a bigint))
fresh_batch4-138 | SELECT ROW(1, NULL) = ROW(1, 2), ROW(1, NULL) = ROW(2, NULL), ROW(1, 2) <> ROW(1, 3)
fresh_batch4-139 | SELECT (1, 'a') IN ((1, 'a'), (2, 'b')), ROW(1, 2) = ROW(1, '2')
fresh_batch4-140 | SELECT ROW(1, 2) < ROW(1, 3), ROW(1) IS NULL, ROW(NULL) IS NULL
fresh_batch4-141 | SELECT r.x, r.* FROM (SELECT CAST(ROW(1, 'v') AS row(x integer, y varchar)) AS r)
fresh_batch4-142 | SELECT CAST(ROW(1, 'v') AS row(x integer, y varchar)).z
fresh_batch4-143 | SELECT json_value('{"a": {"b": 12}}', 'lax $.a.b' RETURNING integer), json_value('{"a": 1}', 'strict $.c' DEFAULT 'none' ON ERROR)
fresh_batch4-144 | SELECT json_value('{"a": [1, 2]}', 'lax $.a'), json_value('{"a": [7]}', 'lax $.a[0]')
fresh_batch4-145 | SELECT json_query('{"a": [1, {"b": 2}]}', 'lax $.a[*]' WITH ARRAY WRAPPER), json_query('{"a": 5}', 'lax $.b' EMPTY ARRAY ON EMPTY)
fresh_batch4-146 | SELECT json_exists('{"a": [1, 20]}', 'lax $.a[*]?(@ > 10)'), json_exists('{"a": 1}', 'strict $.b')
fresh_batch4-147 | SELECT json_object('id' : 7, 'tags' : ARRAY['x']), json_array(1, NULL, 'b' NULL ON NULL)
fresh_batch4-148 | SELECT json_object(KEY 'a' VALUE NULL ABSENT ON NULL), json_object('x' VALUE 1.50), json_array()
fresh_batch4-149 | SELECT json_extract('{"a":[{"b":"x"},{"b":"y"}]}', '$.a[1].b'), json_extract('{"k v":1}', '$["k v"]')
fresh_batch4-150 | SELECT json_extract('{"a":[1,2]}', '$.a[*]'), json_extract_scalar('[true, null]', '$[1]')
fresh_batch4-151 | SELECT json_extract('{"a":1}', '.a')
fresh_batch4-152 | SELECT json_array_get('[10, "b", null]', -1), json_array_get('[10, "b"]', 1), json_array_contains('[1.0, 2]', 1)
fresh_batch4-153 | SELECT json_array_length('{"a":1}'), json_array_length('[[],{}]'), json_size('{"a":{"b":1,"c":2}}', '$.a'), is_json_scalar('"x"')
fresh_batch4-154 | SELECT CAST(MAP(ARRAY['p', 'q'], ARRAY[1, NULL]) AS json), CAST(ROW(1, 'x') AS json), CAST(ARRAY[DATE '2024-02-29'] AS json)
fresh_batch4-155 | SELECT CAST(json_parse('{"a": 1, "b": "2"}') AS map(varchar, integer)), CAST(json_parse('[1, "x"]') AS row(n integer, s varchar))
fresh_batch4-156 | SELECT CAST(json_parse('[1, "x"]') AS array(integer))
fresh_batch4-157 | SELECT CAST(json_parse('"2024-02-29"') AS date), CAST(JSON '1.9' AS integer), CAST(JSON 'null' AS varchar)
fresh_batch4-158 | SELECT CAST('[1]' AS json), json_format(CAST('a"b' AS json)), JSON '[1, 2]' = json_parse('[1,2]')
fresh_batch4-159 | SELECT JSON '{"a": 1}'.a
fresh_batch4-160 | SELECT json_parse('1') + 1
fresh_batch4-161 | SELECT SMALLINT '-32768' - SMALLINT '1', abs(TINYINT '-128')
fresh_batch4-162 | SELECT 2147483647 + 1, 2147483648 + 1
fresh_batch4-163 | SELECT -2147483648 / -1, -(-2147483648)
fresh_batch4-164 | SELECT 99999999999999999999, typeof(1234567890123456789012)
fresh_batch4-165 | SELECT 7 / 2, -7 / 2, 7 % -3, mod(-7, 3), 7.0 / 2, 7e0 / 2
fresh_batch4-166 | SELECT 5 / 0
fresh_batch4-167 | SELECT 5e0 / 0, 5.0 % 2.5, -5e0 / 0, 0e0 / 0
fresh_batch4-168 | SELECT 5.0 / 0
fresh_batch4-169 | SELECT 1.10 * 2.205, typeof(1.10 * 2.205), 10.0 / 3, typeof(10.0 / 3), 1.5 + 2, typeof(1.5 + BIGINT '2')
fresh_batch4-170 | SELECT DECIMAL '99999999999999999999999999999999999999' + DECIMAL '1'
fresh_batch4-171 | SELECT CAST(1234.567 AS decimal(6, 2)), CAST(-0.5 AS integer), CAST(2.5 AS integer), CAST(2.5e0 AS bigint), CAST(99999.9 AS smallint)
fresh_batch4-172 | SELECT CAST('12.345' AS decimal(4, 2)), CAST(' 7' AS integer), CAST('7.5' AS integer)
fresh_batch4-173 | SELECT round(2.5), round(-2.5), round(1234.5678, -2), round(2.675e0, 2), truncate(-9.87), truncate(12.3456, 2)
fresh_batch4-174 | SELECT ceil(-1.2), floor(-1.2), ceiling(DECIMAL '12.01'), sign(-3.5), abs(DECIMAL '-4.20')
fresh_batch4-175 | SELECT power(2, 10), sqrt(-1), cbrt(27), ln(0), log(2, 64), exp(710), mod(5.5, 2)
fresh_batch4-176 | SELECT width_bucket(5.3, 0.2, 10.6, 5), width_bucket(7, ARRAY[1, 5, 10]), greatest(1, 2.5, NULL), least(DATE '2024-01-01', TIMESTAMP '2023-12-31 23:59:59')
fresh_batch4-177 | SELECT infinity() > 1e308, is_nan(nan()), nan() > infinity(), CAST('Infinity' AS double), CAST('-1e400' AS double)
fresh_batch4-178 | SELECT CAST(1e20 AS varchar), CAST(0.1e0 + 0.2e0 AS varchar), CAST(REAL '0.1' AS double), CAST(1e7 AS varchar), CAST(100000e0 AS varchar)
fresh_batch4-179 | SELECT 1 = '1', 'a' < 1
fresh_batch4-180 | SELECT coalesce(1, 'x')
fresh_batch4-181 | SELECT nullif(1, 1.0), if(false, 1), typeof(if(true, 1, 2.5)), coalesce(NULL, NULL)
fresh_batch4-182 | SELECT CASE 3 WHEN 1 THEN 'a' WHEN 3.0 THEN 'c' END, CASE WHEN NULL THEN 1 ELSE 2 END
fresh_batch4-183 | SELECT CASE WHEN true THEN 1 ELSE 'no' END
fresh_batch4-184 | SELECT 1 UNION SELECT 1.0 UNION ALL SELECT 2
fresh_batch4-185 | SELECT 1, 2 UNION SELECT 3
fresh_batch4-186 | SELECT n FROM (VALUES 1, 1, 2, 2, 2) AS t (n) EXCEPT ALL SELECT n FROM (VALUES 1, 2) AS u (n) ORDER BY 1
fresh_batch4-187 | (SELECT 1 AS n UNION ALL SELECT 2) INTERSECT ALL SELECT 2 ORDER BY n LIMIT 1
fresh_batch4-188 | SELECT 1 AS a UNION SELECT 2 AS b ORDER BY b
fresh_batch4-189 | SELECT 'ab' AS s UNION ALL SELECT NULL UNION ALL SELECT CAST('x' AS char(3)) ORDER BY 1 NULLS FIRST
fresh_batch4-190 | SELECT * FROM (VALUES (1, 'a'), (2, 'b')) AS l (id, x) FULL JOIN (VALUES (2, 'c'), (3, 'd')) AS r (id, y) USING (id) ORDER BY id
fresh_batch4-191 | SELECT l.id FROM (VALUES 1) AS l (id) JOIN (VALUES 1) AS r (id) USING (id)
fresh_batch4-192 | SELECT id FROM (VALUES 1) AS l (id) JOIN (VALUES 1) AS r (id) ON l.id = r.id
fresh_batch4-193 | SELECT * FROM (VALUES 1) AS l (id) NATURAL JOIN (VALUES 1) AS r (id)
fresh_batch4-194 | SELECT l.*, r.y FROM (VALUES 1, 2) AS l (x) LEFT JOIN (VALUES 2, 2) AS r (y) ON l.x = r.y AND r.y > 1 ORDER BY 1
fresh_batch4-195 | SELECT * FROM (VALUES 1) AS l (x) JOIN (VALUES 1) AS r (y)
fresh_batch4-196 | SELECT x, y FROM (VALUES 1, 2) AS t (x) CROSS JOIN LATERAL (SELECT x * 10 AS y WHERE x > 1)
fresh_batch4-197 | SELECT x, n, o FROM (VALUES ARRAY[5, 6], ARRAY[]) AS t (x) LEFT JOIN UNNEST(x) WITH ORDINALITY AS u (n, o) ON true ORDER BY 2
fresh_batch4-198 | SELECT k, v, a FROM UNNEST(MAP(ARRAY['i'], ARRAY[1]), ARRAY[8, 9]) AS u (k, v, a)
fresh_batch4-199 | SELECT a, b FROM UNNEST(ARRAY[ROW(1, 'x'), ROW(2, 'y')]) AS u (a, b)
fresh_batch4-200 | SELECT * FROM UNNEST(5)
fresh_batch4-201 | SELECT (SELECT n FROM (VALUES 1, 2) AS t (n))
fresh_batch4-202 | SELECT (SELECT n FROM (VALUES 1) AS t (n) WHERE n > 5), EXISTS (SELECT 1 WHERE false)
fresh_batch4-203 | SELECT x FROM (VALUES 3, 6) AS t (x) WHERE x > ALL (SELECT y FROM (VALUES 1, 5) AS u (y))
fresh_batch4-204 | SELECT 5 > ANY (VALUES 7, NULL), 5 = SOME (VALUES 5), 5 <> ALL (VALUES 1, NULL)
fresh_batch4-205 | SELECT x, (SELECT max(y) FROM (VALUES (1, 7), (1, 9)) AS u (k, y) WHERE k = x) FROM (VALUES 1, 2) AS t (x) ORDER BY x
fresh_batch4-206 | SELECT 1 IN (SELECT 1, 2)
fresh_batch4-207 | WITH RECURSIVE f (n, p) AS (SELECT 1, 1 UNION ALL SELECT n + 1, p * (n + 1) FROM f WHERE n < 5) SELECT p FROM f ORDER BY n
fresh_batch4-208 | WITH a AS (SELECT 1 AS x), a AS (SELECT 2 AS x) SELECT * FROM a
fresh_batch4-209 | WITH t (a, b) AS (SELECT 1) SELECT * FROM t
fresh_batch4-210 | SELECT t.nope FROM (VALUES 1) AS t (a)
fresh_batch4-211 | SELECT * FROM missing_orders
fresh_batch4-212 | SELECT no_such_fn(1)
fresh_batch4-213 | SELECT substr('abc')
fresh_batch4-214 | SELECT "A", 'it''s', U&'\00e9t\00e9' FROM (VALUES 1) AS t (a)
fresh_batch4-215 | SELECT 1 AS "Total Sum", 2 total, 3 AS "x""y"
fresh_batch4-216 | SELECT 1 x, 2 AS select
fresh_batch4-217 | SELECT * FROM (VALUES 3, 1, NULL, 2) AS t (x) ORDER BY x DESC OFFSET 1 ROW LIMIT 2
fresh_batch4-218 | SELECT * FROM (VALUES 3, 1) AS t (x) ORDER BY x FETCH FIRST ROW ONLY
fresh_batch4-219 | SELECT * FROM (VALUES 3, 1) AS t (x) FETCH FIRST 1 ROW WITH TIES
fresh_batch4-220 | SELECT * FROM (VALUES 3, 1) AS t (x) LIMIT ALL
fresh_batch4-221 | SELECT * FROM (VALUES 3, 1) AS t (x) LIMIT -1
fresh_batch4-222 | SELECT * FROM (VALUES 3, 1) AS t (x) LIMIT 1 + 1
fresh_batch4-223 | SELECT NOT true AND false, NOT (1 = 1 OR NULL), 1 + 2 * 3 - -4, - 5 % 3
fresh_batch4-224 | SELECT true > false, 1 = 1 = true
fresh_batch4-225 | SELECT 5 BETWEEN SYMMETRIC 7 AND 3
fresh_batch4-226 | SELECT 3 BETWEEN 1 AND NULL, 3 NOT BETWEEN 5 AND NULL, 'b' BETWEEN 'a' AND 'c'
fresh_batch4-227 | SELECT 'a_c' LIKE 'a\_c' ESCAPE '\', 'abc' LIKE 'a\%', NULL LIKE 'a'
fresh_batch4-228 | SELECT 'abc' LIKE 'a%' ESCAPE 'xy'
fresh_batch4-229 | SELECT 'abc' ILIKE 'A%'
fresh_batch4-230 | SELECT 'abc' SIMILAR TO 'a.*'
fresh_batch4-231 | SELECT 'abc' ~ 'b'
fresh_batch4-232 | SELECT 'abc' GLOB 'a*'
fresh_batch4-233 | SELECT 6 ^ 2
fresh_batch4-234 | SELECT 6 & 3
fresh_batch4-235 | SELECT 1 << 4
fresh_batch4-236 | SELECT @ -5
fresh_batch4-237 | SELECT 5!
fresh_batch4-238 | SELECT [1, 2, 3]
fresh_batch4-239 | SELECT x FROM (VALUES 1) AS t (x) WHERE x ISNULL
fresh_batch4-240 | SELECT x NOTNULL FROM (VALUES 1) AS t (x)
fresh_batch4-241 | SELECT 1_000 + 1, 0b101, 0o17
fresh_batch4-242 | SELECT 1 AS a, a + 1 AS b
fresh_batch4-243 | SELECT count(x, y) FROM (VALUES (1, 2)) AS t (x, y)
fresh_batch4-244 | SELECT string_agg('a', ',')
fresh_batch4-245 | SELECT list(x), first(x) FROM (VALUES 1) AS t (x)
fresh_batch4-246 | SELECT median(x) FROM (VALUES 1, 2) AS t (x)
fresh_batch4-247 | SELECT mode(x) FROM (VALUES 1, 2) AS t (x)
fresh_batch4-248 | SELECT quantile_cont(x, 0.5) FROM (VALUES 1, 2) AS t (x)
fresh_batch4-249 | SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY x) FROM (VALUES 1, 2) AS t (x)
fresh_batch4-250 | SELECT arg_max(a, b) FROM (VALUES (1, 2)) AS t (a, b)
fresh_batch4-251 | SELECT sum(x) AS s FROM (VALUES 1, 2) AS t (x) QUALIFY row_number() OVER () = 1
fresh_batch4-252 | SELECT x FROM (VALUES 1) AS t (x) LIMIT 50 PERCENT
fresh_batch4-253 | SELECT * FROM TABLE(sequence(1, 6, 2))
fresh_batch4-254 | SELECT * FROM TABLE(sequence(start => 4, stop => 6)) ORDER BY 1
fresh_batch4-255 | SELECT left('abc', 2), right('abc', 1)
fresh_batch4-256 | SELECT isnan(1e0), today(), epoch(now())
fresh_batch4-257 | SELECT try(1 / 0), try(CAST('x' AS integer)), try(ARRAY[1][5])
fresh_batch4-258 | SELECT try_cast('300' AS tinyint), try_cast(1e30 AS bigint), try_cast('1e3' AS integer)
fresh_batch4-259 | SELECT cast(true AS integer), cast('t' AS boolean), cast(0 AS boolean), cast(1.0 AS varchar)
fresh_batch4-260 | SELECT cast(ARRAY[1, 2] AS varchar)
fresh_batch4-261 | SELECT cast(ARRAY['1', '2'] AS array(bigint)), cast(MAP(ARRAY['1'], ARRAY['2']) AS map(integer, double))
fresh_batch4-262 | SELECT transform(ARRAY[1, 2], x -> (SELECT max(y) FROM (VALUES 5) AS t (y)))
fresh_batch4-263 | SELECT y, transform(ARRAY[1, 2], y -> y * 10), transform(ARRAY[1], z -> z + y) FROM (VALUES 3) AS t (y)
fresh_batch4-264 | SELECT transform(ARRAY[ARRAY[1, 2], ARRAY[3]], a -> transform(a, n -> n + cardinality(a)))
fresh_batch4-265 | SELECT sum(transform(ARRAY[1], n -> n + x)[1]) FROM (VALUES 1, 2) AS t (x)
fresh_batch4-266 | SELECT concat(1, 'a')
fresh_batch4-267 | SELECT concat('a', NULL, 'b'), 'a' || NULL, concat('x', 'y', 'z')
fresh_batch4-268 | SELECT max(x) - min(x), max(x) OVER () FROM (VALUES 1, 5) AS t (x)
fresh_batch4-269 | SELECT x, max(x) FROM (VALUES 1, 5) AS t (x) GROUP BY ALL
fresh_batch4-270 | SELECT x FROM (VALUES 1, 5) AS t (x) GROUP BY DISTINCT ROLLUP (x), CUBE (x) ORDER BY x
fresh_batch4-271 | SELECT current_date = CAST(now() AS date), typeof(current_timestamp), typeof(localtime)
fresh_batch4-272 | VALUES (1, 'a'), (2, NULL)
fresh_batch4-273 | TABLE missing_orders
fresh_batch4-274 | SELECT * FROM (TABLE missing_orders)
fresh_batch4-275 | VALUES 1, 'a'
fresh_batch4-276 | VALUES (1, 2), (3)
fresh_batch4-277 | SELECT * FROM (VALUES 1) AS t (x) WHERE 1
fresh_batch4-278 | SELECT * FROM (VALUES 1) AS t (x) WHERE NULL
fresh_batch4-279 | SELECT 1 FROM (VALUES 1) AS t (x) WHERE sum(x) > 0
fresh_batch4-280 | WITH t (a) AS (SELECT 1, 2) SELECT a FROM t
fresh_batch4-281 | WITH t (a, b) AS (VALUES (1, 2, 3)) SELECT * FROM t
fresh_batch4-282 | WITH RECURSIVE t (a, b) AS (SELECT 1 UNION ALL SELECT a + 1 FROM t WHERE a < 3) SELECT * FROM t
fresh_batch4-283 | WITH s AS (SELECT 5 AS n), t (a, b) AS (SELECT * FROM s) SELECT a FROM t
fresh_batch4-284 | SELECT z.* FROM (VALUES 1) AS t (x)
fresh_batch4-285 | SELECT t.r.* FROM (SELECT CAST(ROW(1, 'v') AS row(x integer, y varchar)) AS r) AS t
fresh_batch4-286 | SELECT (r).* FROM (SELECT CAST(ROW(1, 'v') AS row(x integer, y varchar)) AS r)
fresh_batch4-287 | SELECT x, (SELECT t.* FROM (VALUES 4) AS u (y)) FROM (VALUES 9) AS t (x)
fresh_batch4-288 | SELECT x, y FROM (VALUES 1, 2) AS t (x), LATERAL (SELECT x + 1 AS y)
fresh_batch4-289 | SELECT x, y FROM (VALUES 1, 2) AS t (x) CROSS JOIN LATERAL (SELECT 10 AS y WHERE x > 1)
fresh_batch4-290 | SELECT x, y FROM (VALUES 1, 2) AS t (x) LEFT JOIN LATERAL (SELECT x * 10 AS y WHERE x > 1) ON true
fresh_batch4-291 | SELECT x, y FROM (VALUES 1, 2) AS t (x) CROSS JOIN LATERAL (SELECT x * 10 AS y WHERE 1 = 1)
fresh_batch4-292 | SELECT x, y FROM (VALUES 1, 2) AS t (x) CROSS JOIN LATERAL (SELECT z + x AS y FROM (VALUES 5, 6) AS u (z) WHERE z > x + 4) ORDER BY x, y
fresh_batch4-293 | SELECT x, (SELECT x * 2 WHERE x > 1) FROM (VALUES 1, 2) AS t (x)
fresh_batch4-294 | SELECT x, (SELECT 7 WHERE x > 1) FROM (VALUES 1, 2) AS t (x)
fresh_batch4-295 | SELECT x FROM (VALUES 1, 2) AS t (x) WHERE EXISTS (SELECT 1 WHERE x > 1)
fresh_batch4-296 | SELECT x FROM (VALUES 1, 2) AS t (x) WHERE x IN (SELECT 2 WHERE x > 1)
fresh_batch4-297 | SELECT x, y FROM (VALUES 1, 2) AS t (x) CROSS JOIN LATERAL (SELECT x AS y FROM (VALUES 5) AS u (z) WHERE x > 1)
fresh_batch4-298 | SELECT x, y FROM (VALUES 1, 2) AS t (x) CROSS JOIN LATERAL (SELECT count(*) AS y WHERE x > 1)
fresh_batch4-299 | SELECT reduce(ARRAY[DECIMAL '1.5', DECIMAL '2.5'], CAST(0 AS decimal(10, 1)), (s, x) -> s + x, s -> s)
fresh_batch4-300 | SELECT reduce(ARRAY[DECIMAL '1.50'], DECIMAL '1', (s, x) -> s * x, s -> s)
fresh_batch4-301 | SELECT reduce(ARRAY[DECIMAL '1.5'], CAST(0 AS decimal(38, 1)), (s, x) -> s + x, s -> s)
fresh_batch4-302 | SELECT reduce(ARRAY[DECIMAL '1.5', DECIMAL '2.5'], DECIMAL '0.0', (s, x) -> greatest(s, x), s -> s)
fresh_batch4-303 | SELECT reduce(ARRAY[DECIMAL '1.5', DECIMAL '2.5'], DECIMAL '0.0', (s, x) -> CAST(s + x AS decimal(2, 1)), s -> s)
fresh_batch4-304 | SELECT reduce(ARRAY[1, 2], DECIMAL '0', (s, x) -> s + x, s -> s)
fresh_batch4-305 | SELECT reduce(ARRAY[1, 2], DECIMAL '0.0', (s, x) -> s + 1.5, s -> s)
fresh_batch4-306 | SELECT reduce(ARRAY[1, 2], 0, (s, x) -> s + 1.5, s -> s)
fresh_batch4-307 | SELECT reduce(ARRAY[1, 2], 0, (s, x) -> s + BIGINT '1', s -> s)
fresh_batch4-308 | SELECT reduce(ARRAY[DECIMAL '1.5', DECIMAL '2.5'], 0e0, (s, x) -> s + x, s -> s)
fresh_batch4-309 | SELECT reduce_agg(x, DECIMAL '0.0', (a, b) -> a + b, (a, b) -> a + b) FROM (VALUES DECIMAL '1.5', DECIMAL '2.5') AS t (x)
fresh_batch4-310 | SELECT x FROM (VALUES 1, 2) AS t (x) GROUP BY x HAVING sum(count(*)) OVER () > 1
fresh_batch4-311 | SELECT max(x) OVER () FROM (VALUES 4, 5) AS t (x) GROUP BY 1
fresh_batch4-312 | SELECT count(*) FROM (VALUES 4, 5) AS t (x) GROUP BY count(*)
fresh_batch4-313 | SELECT 1 + sum(x) AS s, x FROM (VALUES 4, 5) AS t (x) GROUP BY x, 1
fresh_batch4-314 | SELECT sum(x) OVER (w ROWS 1 PRECEDING) FROM (VALUES 2) AS t (x) WINDOW v AS (ORDER BY x)
fresh_batch4-315 | SELECT sum(x) OVER W FROM (VALUES 2) AS t (x) WINDOW w AS (ORDER BY x)
fresh_batch4-316 | SELECT count(*) OVER w FROM (VALUES 2) AS t (x) WINDOW w AS (v), v AS (ORDER BY x)
fresh_batch4-317 | SELECT count(*) OVER w FROM (VALUES 2) AS t (x) WINDOW w AS (ORDER BY x), w AS (ORDER BY x DESC)
fresh_batch4-318 | SELECT sum(x) OVER (w ORDER BY x) FROM (VALUES 2) AS t (x) WINDOW w AS (ORDER BY x)
fresh_batch4-319 | SELECT sum(x) OVER (w PARTITION BY x) FROM (VALUES 2) AS t (x) WINDOW w AS (ORDER BY x)
fresh_batch4-320 | SELECT listagg(DISTINCT a, ',') WITHIN GROUP (ORDER BY b) FROM (VALUES ('x', 1)) AS t (a, b)
fresh_batch4-321 | SELECT array_agg(DISTINCT x ORDER BY x + 1) FROM (VALUES 1, 2) AS t (x)
fresh_batch4-322 | SELECT array_agg(DISTINCT x ORDER BY t.x DESC) FROM (VALUES 1, 2) AS t (x)
fresh_batch4-323 | SELECT 1 NOT IN (SELECT 1, 2)
fresh_batch4-324 | SELECT x FROM (VALUES 1) AS t (x) WHERE x IN (VALUES (1, 2))
fresh_batch4-325 | SELECT 5 > ALL (SELECT 1, 2)
fresh_batch4-326 | SELECT (1, 2) IN (SELECT 1, 2), (1, 3) IN (VALUES (1, 2))
fresh_batch4-327 | SELECT (1, 2) IN (SELECT 1)
fresh_batch4-328 | SELECT ARRAY[3, NULL] > ARRAY[2, 1], ARRAY['a', NULL] <= ARRAY['b']
fresh_batch4-329 | SELECT ARRAY[1, NULL] < ARRAY[1, 2]
fresh_batch4-330 | SELECT ARRAY[NULL, 1] < ARRAY[2, 1]
fresh_batch4-331 | SELECT ARRAY[1, 2] < ARRAY[1, 2, NULL], ARRAY[2, NULL] >= ARRAY[1]
fresh_batch4-332 | SELECT x, y FROM (VALUES 1, 2) AS t (x) CROSS JOIN LATERAL (SELECT z + x AS y FROM (VALUES 1, 6) AS u (z) WHERE z = x)
fresh_batch4-333 | SELECT x, (SELECT v * x FROM (VALUES (1, 10)) AS u (k, v) WHERE k = x) FROM (VALUES 1, 2) AS t (x) ORDER BY x
fresh_batch4-334 | SELECT x, (SELECT v + x FROM (VALUES (1, 10)) AS u (k, v) WHERE k < x) FROM (VALUES 1, 2) AS t (x) ORDER BY x
fresh_batch4-335 | SELECT x, (SELECT max(v + x) FROM (VALUES (1, 10)) AS u (k, v) WHERE k < x) FROM (VALUES 1, 2) AS t (x) ORDER BY x
fresh_batch4-336 | SELECT x, (SELECT max(v) + x FROM (VALUES (1, 10)) AS u (k, v) WHERE k < x) FROM (VALUES 1, 2) AS t (x) ORDER BY x
fresh_batch4-337 | SELECT x FROM (VALUES 1, 2) AS t (x) WHERE EXISTS (SELECT x + v FROM (VALUES 1, 6) AS u (v) WHERE v > x)
fresh_batch4-338 | SELECT x FROM (VALUES 1, 2) AS t (x) WHERE x IN (SELECT v - x FROM (VALUES 4, 6) AS u (v) WHERE v > x)
fresh_batch4-339 | SELECT x, (SELECT stddev(v) + x FROM (VALUES (1, 10)) AS u (k, v) WHERE k < x) FROM (VALUES 1, 2) AS t (x) ORDER BY x
