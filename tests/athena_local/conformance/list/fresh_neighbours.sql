fresh_neighbours-001 | SELECT * FROM (SELECT 1 AS a, 2 AS a) AS t
fresh_neighbours-002 | SELECT * FROM (VALUES (1, 2)) AS t("A", "a")
fresh_neighbours-003 | SELECT * FROM (VALUES ARRAY[1, 2], ARRAY[NULL]) AS a(x) WHERE NOT x = ARRAY[1, 2]
fresh_neighbours-004 | SELECT *, a.x FROM (VALUES 1) AS a(x)
fresh_neighbours-005 | SELECT ARRAY[1, NULL] = ARRAY[1, NULL], ARRAY[1, NULL] <> ARRAY[2, NULL], ARRAY[ARRAY[1.5e0]] = ARRAY[ARRAY[1.5e0]], ARRAY[NULL, NULL] = ARRAY[1, 2, 3]
fresh_neighbours-006 | SELECT ARRAY[1,2][NULL]
fresh_neighbours-007 | SELECT ARRAY[1,2][NULL], MAP(ARRAY[1], ARRAY[2])[NULL], element_at(ARRAY[1], NULL)
fresh_neighbours-008 | SELECT BOOLEAN 'maybe', 1
fresh_neighbours-009 | SELECT BOOLEAN 't', BOOLEAN '1', DOUBLE '1e3', DOUBLE 'Infinity', REAL '1e1'
fresh_neighbours-010 | SELECT CAST(' 2024-01-01 00:00:00 ' AS timestamp)
fresh_neighbours-011 | SELECT CAST(' 2024-01-01' AS date), CAST('2024-01-01 ' AS date)
fresh_neighbours-012 | SELECT CAST(' 5' AS bigint), CAST('5 ' AS smallint)
fresh_neighbours-013 | SELECT CAST(' true' AS boolean)
fresh_neighbours-014 | SELECT CAST('+Infinity' AS double), CAST('-NaN' AS double), CAST('1E5' AS double), CAST('1.e1' AS double)
fresh_neighbours-015 | SELECT CAST('1.5 ' AS decimal(2,1))
fresh_neighbours-016 | SELECT CAST('1e5' AS real), CAST('inf' AS double)
fresh_neighbours-017 | SELECT CAST('nan' AS double)
fresh_neighbours-018 | SELECT CAST(chr(9) || '5' AS bigint)
fresh_neighbours-019 | SELECT CAST(chr(9) || '5' AS double), CAST('5' || chr(10) AS real)
fresh_neighbours-020 | SELECT CAST(x AS decimal(3,1)) FROM (VALUES ' 1.5') AS t(x)
fresh_neighbours-021 | SELECT CHAR 'abc', VARCHAR 'abc', typeof(CHAR 'abc'), typeof(VARCHAR 'abc')
fresh_neighbours-022 | SELECT CHAR 'abc', typeof(CHAR 'abc'), CHAR ''
fresh_neighbours-023 | SELECT DATE '2024-1-1'
fresh_neighbours-024 | SELECT DECIMAL '+1.50', DECIMAL '-.5', DECIMAL '00001'
fresh_neighbours-025 | SELECT DECIMAL '1e3'
fresh_neighbours-026 | SELECT DISTINCT x FROM (VALUES 2, 1, 1) AS t(x) ORDER BY x FETCH FIRST 1 ROW WITH TIES
fresh_neighbours-027 | SELECT DISTINCT x FROM (VALUES nan(), nan()) AS t(x)
fresh_neighbours-028 | SELECT DOUBLE '1.5', REAL '2', BOOLEAN 'true', UUID '12151fd2-7586-11e9-8f9e-2a86e4085a59', IPADDRESS '10.0.0.1', IPADDRESS '::1'
fresh_neighbours-029 | SELECT DOUBLE 'x', 1
fresh_neighbours-030 | SELECT IF(x > 0, x, fail('negative')) FROM (VALUES 1, -1) AS t(x)
fresh_neighbours-031 | SELECT IPADDRESS 'x'
fresh_neighbours-032 | SELECT JSON '{', 1
fresh_neighbours-033 | SELECT MAP(ARRAY[1], ARRAY[2])[CAST(NULL AS integer)]
fresh_neighbours-034 | SELECT MAP(ARRAY[1], ARRAY[2])[NULL]
fresh_neighbours-035 | SELECT ROW(1, ARRAY[NULL]) = ROW(1, ARRAY[2]), ARRAY[ARRAY[1, NULL]] = ARRAY[ARRAY[1, 2]], ARRAY[ROW(1, NULL)] = ARRAY[ROW(1, 2)], ARRAY[ROW(1, NULL)] = ARRAY[ROW(2, NULL)]
fresh_neighbours-036 | SELECT TIME 'x'
fresh_neighbours-037 | SELECT TIMESTAMP '2024-02-30 00:00:00'
fresh_neighbours-038 | SELECT TRY_CAST(' 1.5' AS decimal(3,1)), TRY_CAST('1.5f' AS double), TRY_CAST('1_0' AS double), TRY_CAST('1e' AS double), TRY_CAST('' AS decimal(3,1))
fresh_neighbours-039 | SELECT U&'!0041' UESCAPE '!', U&'a\\b'
fresh_neighbours-040 | SELECT U&'\+01F6', 1
fresh_neighbours-041 | SELECT U&'\DC00'
fresh_neighbours-042 | SELECT U&'a' UESCAPE 'xx'
fresh_neighbours-043 | SELECT U&'abc\', 1
fresh_neighbours-044 | SELECT UUID 'x'
fresh_neighbours-045 | SELECT a < b, a <> b, a = ARRAY[1, NULL] FROM (VALUES (ARRAY[1, 2], ARRAY[1, 3]), (ARRAY[NULL], ARRAY[1])) AS t(a, b)
fresh_neighbours-046 | SELECT a = b FROM (VALUES (ARRAY[1e0, NULL], ARRAY[1e0, 2e0])) AS t(a, b)
fresh_neighbours-047 | SELECT a = b, r = s FROM (VALUES (ARRAY[ROW(1, NULL)], ARRAY[ROW(1, 2)], ROW(1, NULL), ROW(1, 2))) AS t(a, b, r, s)
fresh_neighbours-048 | SELECT a IN (b), a NOT IN (b), nullif(a, b), CASE a WHEN b THEN 1 ELSE 2 END FROM (VALUES (ARRAY[1, NULL], ARRAY[1, 2])) AS t(a, b)
fresh_neighbours-049 | SELECT a.x FROM (VALUES ARRAY[1, 2]) AS a(x), (VALUES ARRAY[1, 2]) AS b(y) WHERE a.x = b.y
fresh_neighbours-050 | SELECT a.x FROM (VALUES ARRAY[1, NULL]) AS a(x) JOIN (VALUES ARRAY[1, NULL]) AS b(y) ON a.x = b.y
fresh_neighbours-051 | SELECT a.x FROM (VALUES nan()) AS a(x) JOIN (VALUES nan()) AS b(x) ON a.x = b.x
fresh_neighbours-052 | SELECT a.x FROM (VALUES nan()) AS a(x) JOIN (VALUES nan()) AS b(x) USING (x)
fresh_neighbours-053 | SELECT a[i] FROM (VALUES (ARRAY[1, 2], NULL), (ARRAY[3], 1)) AS t(a, i)
fresh_neighbours-054 | SELECT approx_most_frequent(3, x, 10) FROM (VALUES 'b', 'a', 'b', 'c', 'a', 'b') AS t(x)
fresh_neighbours-055 | SELECT array_agg(count(*)) FROM (VALUES 1) AS t(x)
fresh_neighbours-056 | SELECT array_agg(x ORDER BY x), array_agg(x ORDER BY x DESC) FROM (VALUES nan(), 1e0, infinity()) AS t(x)
fresh_neighbours-057 | SELECT contains(ARRAY[ARRAY[1, NULL]], ARRAY[1, 2]), contains(ARRAY[ROW(1, NULL)], ROW(1, 2)), array_position(ARRAY[ARRAY[1]], ARRAY[1])
fresh_neighbours-058 | SELECT contains(ARRAY[ARRAY[nan()]], ARRAY[nan()]), ARRAY[ROW(nan(), 1)] = ARRAY[ROW(nan(), 1)], ROW(nan()) = ROW(nan()), ARRAY[nan(), 1e0] <> ARRAY[nan(), 1e0]
fresh_neighbours-059 | SELECT contains(ARRAY[REAL 'NaN'], REAL 'NaN'), array_position(ARRAY[REAL 'NaN'], REAL 'NaN')
fresh_neighbours-060 | SELECT count(*) FROM (VALUES 2, 1) AS t(x) GROUP BY 'a'
fresh_neighbours-061 | SELECT count(DISTINCT x) FROM (VALUES nan(), nan(), 1e0) AS t(x)
fresh_neighbours-062 | SELECT date_diff('millisecond', TIMESTAMP '2024-01-01 00:00:00.0005', TIMESTAMP '2024-01-01 00:00:00.0015'), date_trunc('second', TIMESTAMP '2024-12-31 23:59:59.9996')
fresh_neighbours-063 | SELECT date_format(CAST(NULL AS timestamp), '%Y'), date_format(NULL, '%Y')
fresh_neighbours-064 | SELECT date_format(TIMESTAMP '2024-03-05 13:07:09', x) FROM (VALUES '%Y', '%H') AS t(x)
fresh_neighbours-065 | SELECT date_format(TIMESTAMP '2024-12-31 23:59:59.9996', '%Y-%m-%d %H:%i:%s'), format_datetime(TIMESTAMP '2024-12-31 23:59:59.9996', 'yyyy-MM-dd HH:mm'), date_format(TIMESTAMP '2024-12-31 23:59:59.9996', '%Y')
fresh_neighbours-066 | SELECT date_format(x, '%Y'), date_format(y, '%H:%i'), format_datetime(x, 'yyyy') FROM (VALUES (DATE '2024-01-01', TIMESTAMP '2024-01-01 10:00:00')) AS t(x, y)
fresh_neighbours-067 | SELECT date_parse('2024', x) FROM (VALUES '%Y') AS t(x)
fresh_neighbours-068 | SELECT element_at(ARRAY[1], NULL)
fresh_neighbours-069 | SELECT element_at(MAP(ARRAY['a'], ARRAY[2]), NULL)
fresh_neighbours-070 | SELECT fail('x') WHERE false
fresh_neighbours-071 | SELECT format('%s', 'a'), format('%s', x) FROM (VALUES JSON '"a"') AS t(x)
fresh_neighbours-072 | SELECT format_datetime(TIMESTAMP '2024-03-05 13:07:09 Asia/Tokyo', 'D K Z')
fresh_neighbours-073 | SELECT format_datetime(TIMESTAMP '2024-03-05 13:07:09', x) FROM (VALUES 'yyyy') AS t(x)
fresh_neighbours-074 | SELECT format_datetime(x, 'D k') FROM (VALUES DATE '2024-03-01', NULL) AS t(x)
fresh_neighbours-075 | SELECT histogram(x), map_agg(x, 1) FROM (VALUES nan(), nan()) AS t(x)
fresh_neighbours-076 | SELECT hour(TIMESTAMP '2024-12-31 23:59:59.9996'), to_iso8601(TIMESTAMP '2024-12-31 23:59:59.9996'), to_unixtime(TIMESTAMP '2024-12-31 23:59:59.123456'), millisecond(TIMESTAMP '2024-12-31 23:59:59.123999')
fresh_neighbours-077 | SELECT json_exists('bad', 'lax $.b' ERROR ON ERROR)
fresh_neighbours-078 | SELECT json_query('[1, 2]', 'lax $[*]' ERROR ON ERROR)
fresh_neighbours-079 | SELECT json_query('bad', 'lax $.b' ERROR ON ERROR)
fresh_neighbours-080 | SELECT json_query('{}', 'lax $.a' ERROR ON EMPTY)
fresh_neighbours-081 | SELECT json_value('bad', 'lax $.b' ERROR ON ERROR)
fresh_neighbours-082 | SELECT json_value('{"a": "x"}', 'lax $.a' RETURNING integer ERROR ON ERROR)
fresh_neighbours-083 | SELECT json_value('{"a": 1}', 'lax $.b' ERROR ON EMPTY)
fresh_neighbours-084 | SELECT json_value('{"a": 1}', 'lax $.b' ERROR ON ERROR)
fresh_neighbours-085 | SELECT m = n, m <> n, m IN (n) FROM (VALUES (MAP(ARRAY['a', 'b'], ARRAY[1, 2]), MAP(ARRAY['b', 'a'], ARRAY[2, 1]))) AS t(m, n)
fresh_neighbours-086 | SELECT max(sum(x)) FROM (VALUES 1) AS t(x) GROUP BY x
fresh_neighbours-087 | SELECT max(x, 2), min(x, 2) FROM (VALUES nan(), 1e0, 2e0) AS t(x)
fresh_neighbours-088 | SELECT max_by(k, v), min_by(k, v) FROM (VALUES ('a', nan()), ('b', 1e0)) AS t(k, v)
fresh_neighbours-089 | SELECT nan() IN (SELECT x FROM (VALUES nan()) AS t(x)), EXISTS (SELECT 1 FROM (VALUES nan()) AS t(x) WHERE x = x)
fresh_neighbours-090 | SELECT parse_datetime('2024-03-05 10:00 Z', 'yyyy-MM-dd HH:mm Z'), parse_datetime('10:00Z', 'HH:mmZ')
fresh_neighbours-091 | SELECT parse_datetime('2024-03-05 Zulu', 'yyyy-MM-dd ''Zulu''')
fresh_neighbours-092 | SELECT rank() OVER (ORDER BY x), x FROM (VALUES nan(), 1e0, nan()) AS t(x) ORDER BY 1
fresh_neighbours-093 | SELECT row_number() OVER (ORDER BY rank() OVER ()) FROM (VALUES 1) AS t(x)
fresh_neighbours-094 | SELECT sum(row_number() OVER ()) FROM (VALUES 1) AS t(x)
fresh_neighbours-095 | SELECT sum(sum(x) OVER ()) FROM (VALUES 1) AS t(x)
fresh_neighbours-096 | SELECT t.*, t.* FROM (VALUES 1) AS t(x)
fresh_neighbours-097 | SELECT typeof(REAL '1'), typeof(DOUBLE '1'), typeof(UUID '12151fd2-7586-11e9-8f9e-2a86e4085a59')
fresh_neighbours-098 | SELECT typeof(ceil(1.5)), typeof(floor(1e0)), typeof(round(1.55, 1)), typeof(truncate(1.5)), typeof(mod(1, 2)), typeof(power(1, 2)), typeof(sqrt(1)), typeof(sign(1.5)), typeof(abs(TINYINT '1')), typeof(greatest(1, BIGINT '2')), typeof(width_bucket(1, 0, 2, 2)), typeof(from_base('1', 2)), typeof(to_base(1, 2)), typeof(rand()), typeof(bitwise_and(1, 2)), typeof(bit_count(1, 8)), typeof(pi()), typeof(ln(1)), typeof(cbrt(8))
fresh_neighbours-099 | SELECT typeof(histogram(1)), typeof(array_histogram(ARRAY['a'])), typeof(map_union(MAP(ARRAY['a'], ARRAY[1]))), typeof(multimap_agg('a', 1)), typeof(split_to_map('a=1', ',', '=')), typeof(approx_most_frequent(1, 'a', 10))
fresh_neighbours-100 | SELECT typeof(json_value('1', 'lax $')), typeof(json_query('1', 'lax $')), typeof(json_object('a': 1)), typeof(json_extract_scalar('1', '$')), typeof(json_array_length('[]')), typeof(json_array_get('[]', 1)), typeof(json_size('{}', '$')), typeof(json_format(JSON '1'))
fresh_neighbours-101 | SELECT typeof(max_by('a', 1)), typeof(max_by('a', 1, 2)), typeof(min(1, 2)), typeof(geometric_mean(1)), typeof(checksum(1)), typeof(bitwise_and_agg(1)), typeof(listagg('a') WITHIN GROUP (ORDER BY 1)), typeof(count_if(true)), typeof(bool_and(true)), typeof(entropy(1)), typeof(arbitrary('a'))
fresh_neighbours-102 | SELECT typeof(strpos('a', 'b')), typeof(split_part('a', 'b', 1)), typeof(replace('a', 'b', 'c')), typeof(translate('a', 'b', 'c')), typeof(trim('a')), typeof(upper('a')), typeof(chr(1)), typeof(codepoint('a')), typeof(soundex('a')), typeof(normalize('a')), typeof(concat_ws(',', 'a')), typeof(format('%s', 1)), typeof(levenshtein_distance('a', 'b')), typeof(starts_with('a', 'b')), typeof(word_stem('a'))
fresh_neighbours-103 | SELECT typeof(url_extract_port('http://a')), typeof(url_extract_host('http://a')), typeof(url_encode('a')), typeof(url_decode('a')), typeof(to_base64(X'')), typeof(from_base64('')), typeof(to_hex(X'')), typeof(md5(X'')), typeof(crc32(X'')), typeof(from_utf8(X'')), typeof(to_utf8(''))
fresh_neighbours-104 | SELECT typeof(zip(ARRAY[1], ARRAY['a'])), typeof(map_entries(MAP(ARRAY['a'], ARRAY[1]))), typeof(sequence(1, 2)), typeof(sequence(DATE '2024-01-01', DATE '2024-01-02')), typeof(ngrams(ARRAY[1], 1)), typeof(combinations(ARRAY['a'], 1)), typeof(flatten(ARRAY[ARRAY[1.5]])), typeof(filter(ARRAY[1], x -> true)), typeof(transform(ARRAY[1], x -> 'abc')), typeof(reduce(ARRAY[1], 0e0, (s, x) -> s, s -> 'a')), typeof(array_join(ARRAY[1], ','))
fresh_neighbours-105 | SELECT x FROM (VALUES 1, 1) AS t(x) ORDER BY x OFFSET 5 FETCH FIRST 1 ROW WITH TIES
fresh_neighbours-106 | SELECT x FROM (VALUES 1, 2) AS t(x) UNION ALL SELECT 2 ORDER BY x DESC FETCH FIRST 1 ROW WITH TIES
fresh_neighbours-107 | SELECT x FROM (VALUES 2, 1) AS t(x) ORDER BY 1 + 1
fresh_neighbours-108 | SELECT x FROM (VALUES 2, 1) AS t(x) ORDER BY NULL
fresh_neighbours-109 | SELECT x FROM (VALUES 2, 1) AS t(x) ORDER BY true, x
fresh_neighbours-110 | SELECT x FROM (VALUES 2, 1) AS t(x) ORDER BY x, 'a'
fresh_neighbours-111 | SELECT x FROM (VALUES 3, 2, 2, 1) AS t(x) ORDER BY x OFFSET 1 FETCH FIRST 2 ROWS WITH TIES
fresh_neighbours-112 | SELECT x FROM (VALUES nan()) AS t(x) INTERSECT SELECT nan()
fresh_neighbours-113 | SELECT x FROM (VALUES nan(), nan()) AS t(x) GROUP BY x
fresh_neighbours-114 | SELECT x IN (nan(), 1e0), a = b, contains(a, x) FROM (VALUES (nan(), ARRAY[nan()], ARRAY[nan()])) AS t(x, a, b)
fresh_neighbours-115 | SELECT x, count(*) FROM (VALUES 2, 1, 1) AS t(x) GROUP BY x ORDER BY count(*) FETCH FIRST 1 ROW WITH TIES
fresh_neighbours-116 | SELECT x, y FROM (VALUES (3, 'a'), (2, 'b'), (2, 'c')) AS t(x, y) ORDER BY x DESC, y OFFSET 1 ROW FETCH FIRST ROW WITH TIES
fresh_neighbours-117 | WITH t AS (SELECT 1 AS a, 2 AS a) SELECT * FROM t
fresh_neighbours-118 | WITH t(a, a) AS (VALUES (1, 2)) SELECT * FROM t
