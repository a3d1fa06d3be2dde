types-001 | SELECT 1 + 'a'
types-002 | SELECT 1 + '1'
types-003 | SELECT '1' + 1
types-004 | SELECT 'a' - 'b'
types-005 | SELECT DATE '2024-01-01' + 1
types-006 | SELECT DATE '2024-01-01' + DATE '2024-01-02'
types-007 | SELECT true + 1
types-008 | SELECT ARRAY[1] + 1
types-009 | SELECT ARRAY[1] - ARRAY[1]
types-010 | SELECT 1 || 'a'
types-011 | SELECT 'a' || true
types-012 | SELECT DATE '2024-01-01' || 'a'
types-013 | SELECT -'a'
types-014 | SELECT - true
types-015 | SELECT - DATE '2024-01-01'
types-016 | SELECT 1 = '1'
types-017 | SELECT 1 < 'a'
types-018 | SELECT 1 IN ('1', '2')
types-019 | SELECT 1 BETWEEN '0' AND '2'
types-020 | SELECT '2024-01-01' = DATE '2024-01-01'
types-021 | SELECT DATE '2024-01-01' > '2023-01-01'
types-022 | SELECT TIMESTAMP '2024-01-01 00:00:00' > '2023-01-01'
types-023 | SELECT true = 1
types-024 | SELECT true = 'true'
types-025 | SELECT ARRAY[1] = 1
types-026 | SELECT ARRAY[1] = ARRAY['1']
types-027 | SELECT MAP(ARRAY[1], ARRAY[1]) = MAP(ARRAY['1'], ARRAY[1])
types-028 | SELECT X'0a' = 'a'
types-029 | SELECT JSON '1' = 1
types-030 | SELECT JSON '1' < JSON '2'
types-031 | SELECT MAP(ARRAY[1], ARRAY[1]) > MAP(ARRAY[1], ARRAY[1])
types-032 | SELECT length(1)
types-033 | SELECT length(ARRAY[1])
types-034 | SELECT upper(1)
types-035 | SELECT lower(true)
types-036 | SELECT substr(12345, 2)
types-037 | SELECT substr('abc', '1')
types-038 | SELECT replace(1, 'a', 'b')
types-039 | SELECT split(1, ',')
types-040 | SELECT trim(1)
types-041 | SELECT round('1.5')
types-042 | SELECT sqrt('4')
types-043 | SELECT abs('1')
types-044 | SELECT sum('1')
types-045 | SELECT power('2', 2)
types-046 | SELECT year('2024-01-01')
types-047 | SELECT month(1)
types-048 | SELECT date_trunc('day', 1)
types-049 | SELECT date_trunc(1, DATE '2024-01-01')
types-050 | SELECT date_add('day', '1', DATE '2024-01-01')
types-051 | SELECT date_diff('day', 1, 2)
types-052 | SELECT date_format(1, '%Y')
types-053 | SELECT date_parse(1, '%Y')
types-054 | SELECT from_unixtime('1')
types-055 | SELECT to_unixtime('2024-01-01')
types-056 | SELECT json_extract(1, '$')
types-057 | SELECT json_parse(1)
types-058 | SELECT json_format('1')
types-059 | SELECT contains('abc', 'a')
types-060 | SELECT contains(ARRAY['a'], 1)
types-061 | SELECT element_at(ARRAY[1], 'a')
types-062 | SELECT element_at('abc', 1)
types-063 | SELECT ARRAY[1]['a']
types-064 | SELECT MAP(ARRAY['a'], ARRAY[1])[1]
types-065 | SELECT cardinality('a')
types-066 | SELECT cardinality(1)
types-067 | SELECT array_join(1, ',')
types-068 | SELECT array_join(ARRAY[1], 1)
types-069 | SELECT concat(1, 2)
types-070 | SELECT concat('a', ARRAY['b'])
types-071 | SELECT greatest(1, DATE '2024-01-01')
types-072 | SELECT least(true, 1)
types-073 | SELECT COALESCE(1, 'a')
types-074 | SELECT COALESCE(DATE '2024-01-01', 'x')
types-075 | SELECT NULLIF(1, true)
types-076 | SELECT IF('a', 1, 2)
types-077 | SELECT CASE WHEN true THEN 1 ELSE 'a' END
types-078 | SELECT CASE 1 WHEN 'a' THEN 1 END
types-079 | SELECT ARRAY[1, 'a']
types-080 | SELECT ARRAY[1, true]
types-081 | SELECT ARRAY[1, DATE '2024-01-01']
types-082 | SELECT ARRAY[1, 2.5e0]
types-083 | SELECT MAP(ARRAY[1, 'a'], ARRAY[1, 2])
types-084 | SELECT MAP(ARRAY['a'], 1)
types-085 | SELECT ROW(1) = ROW(1, 2)
types-086 | SELECT regexp_like(1, '1')
types-087 | SELECT regexp_like('a', 1)
types-088 | SELECT url_extract_host(1)
types-089 | SELECT to_hex('a')
types-090 | SELECT to_utf8(1)
types-091 | SELECT from_utf8('a')
types-092 | SELECT md5('a')
types-093 | SELECT sha256('a')
types-094 | SELECT crc32('a')
types-095 | SELECT to_base64('a')
types-096 | SELECT bitwise_and('1', 1)
types-097 | SELECT bitwise_and(1.5, 1)
types-098 | SELECT chr('a')
types-099 | SELECT codepoint(1)
types-100 | SELECT lpad(1, 2, '0')
types-101 | SELECT lpad('a', '2', '0')
types-102 | SELECT sequence(1, 'a')
types-103 | SELECT sequence(1.5, 3)
types-104 | SELECT repeat('a', 'b')
types-105 | SELECT random('a')
types-106 | SELECT format(1, 'a')
types-107 | SELECT typeof()
types-108 | SELECT typeof(1, 2)
types-109 | SELECT split_part('a', ',', '1')
types-110 | SELECT strpos(1, 'a')
types-111 | SELECT starts_with(1, 'a')
types-112 | SELECT is_nan('a')
types-113 | SELECT ln('a')
types-114 | SELECT mod('a', 1)
types-115 | SELECT 1 % 'a'
types-116 | SELECT 1 / '2'
types-117 | SELECT 1.5 * true
types-118 | SELECT NOT 'a'
types-119 | SELECT 'a' AND true
types-120 | SELECT NULL + 1
types-121 | SELECT NULL || 'a'
types-122 | SELECT NULL + NULL
types-123 | SELECT -NULL
types-124 | SELECT abs(NULL)
types-125 | SELECT upper(NULL)
types-126 | SELECT concat(NULL, NULL)
types-127 | SELECT ARRAY[NULL] || ARRAY[1]
types-128 | SELECT NULL > 1
types-129 | SELECT x + 1 FROM (VALUES '1') AS t (x)
types-130 | SELECT x = 1 FROM (VALUES '1') AS t (x)
types-131 | SELECT sum(x) FROM (VALUES '1') AS t (x)
types-132 | SELECT avg(x) FROM (VALUES DATE '2024-01-01') AS t (x)
types-133 | SELECT max(x) FROM (VALUES JSON '1') AS t (x)
types-134 | SELECT min(x) FROM (VALUES MAP(ARRAY[1], ARRAY[1])) AS t (x)
types-135 | SELECT x FROM (VALUES JSON '1') AS t (x) ORDER BY x
types-136 | SELECT x FROM (VALUES MAP(ARRAY[1], ARRAY[1])) AS t (x) ORDER BY x
types-137 | SELECT DISTINCT x FROM (VALUES MAP(ARRAY[1], ARRAY[1])) AS t (x)
types-138 | SELECT count(DISTINCT x) FROM (VALUES MAP(ARRAY[1], ARRAY[1])) AS t (x)
types-139 | SELECT bool_and(x) FROM (VALUES 1) AS t (x)
types-140 | SELECT count_if(x) FROM (VALUES 1) AS t (x)
types-141 | SELECT max_by(x) FROM (VALUES 1) AS t (x)
types-142 | SELECT approx_distinct(x, 'a') FROM (VALUES 1) AS t (x)
types-143 | SELECT x FROM (VALUES 1) AS t (x) JOIN (VALUES '1') AS u (y) ON x = y
types-144 | SELECT x FROM (VALUES 1) AS t (x) LIMIT 'a'
types-145 | SELECT x FROM (VALUES 1, 'a') AS t (x)
types-146 | SELECT sum(x) OVER (ORDER BY x RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) FROM (VALUES 'a') AS t (x)
types-147 | SELECT x FROM (VALUES 1, BIGINT '3000000000') AS t (x) ORDER BY x
types-148 | SELECT typeof(x) FROM (VALUES 1, 2.5) AS t (x)
types-149 | SELECT typeof(x) FROM (VALUES 1, 2.5, 3e0) AS t (x)
types-150 | SELECT typeof(x) FROM (VALUES 'a', 'bcd') AS t (x)
types-151 | SELECT typeof(x) FROM (VALUES 1, NULL) AS t (x)
types-152 | SELECT typeof(x) FROM (VALUES NULL) AS t (x)
types-153 | SELECT typeof(x) FROM (VALUES DECIMAL '1.5', DECIMAL '10.25') AS t (x)
types-154 | SELECT typeof(x) FROM (VALUES DATE '2024-01-01', TIMESTAMP '2024-01-01 00:00:00') AS t (x)
