grammar-001 | SELECT 1::varchar
grammar-002 | SELECT '1'::int
grammar-003 | SELECT 1 == 1
grammar-004 | SELECT 'a' ILIKE 'A'
grammar-005 | SELECT * EXCLUDE (x) FROM (VALUES (1, 2)) AS t (x, y)
grammar-006 | SELECT * EXCEPT (x) FROM (VALUES (1, 2)) AS t (x, y)
grammar-007 | SELECT * REPLACE (1 AS x) FROM (VALUES 2) AS t (x)
grammar-008 | SELECT x FROM (VALUES 1) AS t (x) GROUP BY ALL
grammar-009 | SELECT x FROM (VALUES 1) AS t (x) ORDER BY ALL
grammar-010 | SELECT {'a': 1}
grammar-011 | SELECT [1, 2]
grammar-012 | SELECT MAP {'a': 1}
grammar-013 | SELECT 1,
grammar-014 | SELECT 1, FROM (VALUES 1) AS t (x)
grammar-015 | SELECT x FROM (VALUES 1) AS t (x) LIMIT 1 OFFSET 1
grammar-016 | SELECT x FROM (VALUES 1, 2) AS t (x) LIMIT 1, 1
grammar-017 | SELECT TOP 1 x FROM (VALUES 1) AS t (x)
grammar-018 | FROM (VALUES 1) AS t (x) SELECT x
grammar-019 | FROM (VALUES 1) AS t (x)
grammar-020 | SELECT x FROM (VALUES 1) AS t (x) QUALIFY row_number() OVER () = 1
grammar-021 | SELECT "a" FROM (VALUES 'a') AS t (x)
grammar-022 | SELECT "text"
grammar-023 | SELECT `x` FROM (VALUES 1) AS t (x)
grammar-024 | SELECT 'a' 'b'
grammar-025 | SELECT 'a
grammar-026 | SELECT 1 +
grammar-027 | SELECT (1
grammar-028 | SELECT 1)
grammar-029 | SELEC 1
grammar-030 | SELECT FROM (VALUES 1) AS t (x)
grammar-031 | SELECT
grammar-032 | SELECT 1; SELECT 2
grammar-033 | SELECT * FROM
grammar-034 | SELECT 1 WHERE
grammar-035 | SELECT 1 AS select
grammar-036 | SELECT 1 AS order
grammar-037 | SELECT 1 AS year
grammar-038 | SELECT 1 AS date
grammar-039 | SELECT 1 AS end
grammar-040 | SELECT 1 AS value
grammar-041 | SELECT 1 AS group
grammar-042 | SELECT x FROM (VALUES 1) AS t (x) WHERE x = 1 = true
grammar-043 | SELECT 1 < 2 < 3
grammar-044 | SELECT NOT 1 = 1
grammar-045 | SELECT 1 IS TRUE
grammar-046 | SELECT true IS TRUE
grammar-047 | SELECT 1 NOTNULL
grammar-048 | SELECT 1 ISNULL
grammar-049 | SELECT 5 // 2
grammar-050 | SELECT 2 ** 3
grammar-051 | SELECT 2 ^ 3
grammar-052 | SELECT 5 DIV 2
grammar-053 | SELECT 5 MOD 2
grammar-054 | SELECT !true
grammar-055 | SELECT 1 & 2
grammar-056 | SELECT 1 | 2
grammar-057 | SELECT ~1
grammar-058 | SELECT 'a' ~ 'a'
grammar-059 | SELECT 'a' RLIKE 'a'
grammar-060 | SELECT 'a' REGEXP 'a'
grammar-061 | SELECT 'a' SIMILAR TO 'a'
grammar-062 | SELECT 'a' GLOB 'a'
grammar-063 | SELECT 1 <=> 1
grammar-064 | SELECT 1 && 1
grammar-065 | SELECT true XOR false
grammar-066 | SELECT $1
grammar-067 | SELECT :name
grammar-068 | SELECT @x
grammar-069 | SELECT ?
grammar-070 | SELECT #1
grammar-071 | SELECT e'a\n'
grammar-072 | SELECT r'a'
grammar-073 | SELECT b'101'
grammar-074 | SELECT $$text$$
grammar-075 | SELECT 1e
grammar-076 | SELECT 1.2.3
grammar-077 | SELECT 1a
grammar-078 | SELECT 0x
grammar-079 | SELECT 1__0
grammar-080 | SELECT _x FROM (VALUES 1) AS t (_x)
grammar-081 | SELECT x$ FROM (VALUES 1) AS t (x$)
grammar-082 | SELECT 1x FROM (VALUES 1) AS t (1x)
grammar-083 | SELECT é FROM (VALUES 1) AS t (é)
grammar-084 | SELECT a.b.c.d FROM (VALUES 1) AS t (x)
grammar-085 | SELECT CAST(1 AS)
grammar-086 | SELECT CAST(1, varchar)
grammar-087 | SELECT CONVERT(varchar, 1)
grammar-088 | SELECT TRY_CAST(1 AS varchar) FROM
grammar-089 | SELECT EXTRACT(YEAR, DATE '2024-01-01')
grammar-090 | SELECT EXTRACT('year' FROM DATE '2024-01-01')
grammar-091 | SELECT date_part('year', DATE '2024-01-01')
grammar-092 | SELECT datediff('day', DATE '2024-01-01', DATE '2024-01-02')
grammar-093 | SELECT dateadd('day', 1, DATE '2024-01-01')
grammar-094 | SELECT strftime(DATE '2024-01-01', '%Y')
grammar-095 | SELECT ifnull(NULL, 1)
grammar-096 | SELECT nvl(NULL, 1)
grammar-097 | SELECT isnull(NULL)
grammar-098 | SELECT iff(true, 1, 2)
grammar-099 | SELECT string_agg(x, ',') FROM (VALUES 'a') AS t (x)
grammar-100 | SELECT group_concat(x) FROM (VALUES 'a') AS t (x)
grammar-101 | SELECT list(x) FROM (VALUES 'a') AS t (x)
grammar-102 | SELECT median(x) FROM (VALUES 1) AS t (x)
grammar-103 | SELECT mode(x) FROM (VALUES 1) AS t (x)
grammar-104 | SELECT quantile(x, 0.5) FROM (VALUES 1) AS t (x)
grammar-105 | SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY x) FROM (VALUES 1) AS t (x)
grammar-106 | SELECT first(x) FROM (VALUES 1) AS t (x)
grammar-107 | SELECT last(x) FROM (VALUES 1) AS t (x)
grammar-108 | SELECT argmax(x, x) FROM (VALUES 1) AS t (x)
grammar-109 | SELECT len('a')
grammar-110 | SELECT instr('abc', 'b')
grammar-111 | SELECT left('abc', 1)
grammar-112 | SELECT right('abc', 1)
grammar-113 | SELECT initcap('abc')
grammar-114 | SELECT ascii('a')
grammar-115 | SELECT char(65)
grammar-116 | SELECT printf('%s', 1)
grammar-117 | SELECT to_json(1)
grammar-118 | SELECT to_timestamp(1)
grammar-119 | SELECT epoch(now())
grammar-120 | SELECT make_date(2024, 1, 1)
grammar-121 | SELECT today()
grammar-122 | SELECT getdate()
grammar-123 | SELECT sysdate
grammar-124 | SELECT list_value(1, 2)
grammar-125 | SELECT struct_pack(a := 1)
grammar-126 | SELECT array_length(ARRAY[1])
grammar-127 | SELECT array_contains(ARRAY[1], 1)
grammar-128 | SELECT explode(ARRAY[1])
grammar-129 | SELECT generate_series(1, 3)
grammar-130 | SELECT range(3)
grammar-131 | SELECT unnest(ARRAY[1])
grammar-132 | SELECT array_to_string(ARRAY[1], ',')
grammar-133 | SELECT size(ARRAY[1])
grammar-134 | SELECT regexp_matches('a', 'a')
grammar-135 | SELECT regexp_substr('a', 'a')
grammar-136 | SELECT bin(5)
grammar-137 | SELECT hex('a')
grammar-138 | SELECT sha2('a', 256)
grammar-139 | SELECT md5('a')
grammar-140 | SELECT log1p(1)
grammar-141 | SELECT sgn(-1)
grammar-142 | SELECT square(2)
grammar-143 | SELECT trunc(1.5)
grammar-144 | SELECT isfinite(1e0)
grammar-145 | SELECT hash('a')
grammar-147 | SELECT current_setting('TimeZone')
grammar-148 | SELECT read_csv('x')
grammar-149 | SELECT * FROM read_parquet('x')
grammar-150 | SELECT * FROM 'x.parquet'
grammar-151 | SELECT * FROM duckdb_tables()
grammar-152 | SELECT * FROM range(3)
grammar-153 | SELECT * FROM generate_series(1, 3)
grammar-154 | SELECT * FROM pragma_table_info('x')
grammar-155 | PIVOT (VALUES 1) ON x
grammar-156 | SELECT * FROM (VALUES 1) AS t (x) PIVOT (sum(x) FOR x IN (1))
grammar-157 | SELECT x FROM (VALUES 1) AS t (x) USING SAMPLE 1
grammar-158 | SELECT COLUMNS('x') FROM (VALUES 1) AS t (x)
grammar-159 | SELECT x FROM (VALUES 1) AS t (x) SELECT 2
grammar-160 | SELECT DISTINCT ON (x) x FROM (VALUES 1) AS t (x)
grammar-161 | SELECT x.y.z()
grammar-162 | SELECT 'abc'[1]
grammar-163 | SELECT 'abc'[1:2]
grammar-164 | SELECT ARRAY[1, 2, 3][1:2]
grammar-165 | SELECT ARRAY(SELECT 1)
grammar-166 | SELECT ARRAY(1, 2)
grammar-167 | SELECT array_agg(x) WITHIN GROUP (ORDER BY x) FROM (VALUES 1) AS t (x)
grammar-168 | SELECT count(*) AS n, FROM (VALUES 1) AS t (x)
grammar-169 | SELECT sum(x) FILTER (x > 1) FROM (VALUES 1) AS t (x)
grammar-170 | SELECT INTERVAL 1 DAY
grammar-171 | SELECT INTERVAL '1 day'
grammar-172 | SELECT DATE('2024-01-01') + 1
grammar-173 | SELECT DATE "2024-01-01"
grammar-174 | SELECT TIMESTAMP('2024-01-01')
grammar-175 | SELECT CASE 1 WHEN 1 END
grammar-176 | SELECT CASE END
grammar-177 | SELECT IF(true)
grammar-178 | SELECT x FROM (VALUES 1) t (x) AS u
grammar-179 | SELECT x FROM (VALUES 1) AS t
grammar-180 | SELECT a FROM (SELECT 1 a) b, (SELECT 2 c)
grammar-181 | SELECT lambda x: x
grammar-182 | SELECT transform(ARRAY[1], lambda x: x + 1)
grammar-183 | SELECT x -> 'a' FROM (VALUES JSON '{"a":1}') AS t (x)
grammar-184 | SELECT JSON '{"a":1}' ->> 'a'
grammar-185 | SELECT JSON '{"a":1}'['a']
grammar-186 | SELECT (JSON '{"a":1}').a
grammar-187 | SELECT 1 UNION SELECT
grammar-188 | WITH a AS (SELECT 1)
grammar-189 | WITH SELECT 1
grammar-190 | EXPLAIN
grammar-191 | SHOW
grammar-192 | SELECT 1 ORDER
grammar-193 | SELECT 1 GROUP BY
grammar-194 | SELECT 1 HAVING
grammar-195 | SELECT x FROM (VALUES 1) AS t (x) ORDER BY x ASC DESC
grammar-196 | SELECT x FROM (VALUES 1) AS t (x) ORDER BY x LIMIT 1 FETCH FIRST 1 ROW ONLY
grammar-197 | SELECT x FROM (VALUES 1) AS t (x) WHERE x LIKE ANY ('a')
grammar-198 | SELECT x FROM (VALUES 1) AS t (x) WHERE x = ANY (ARRAY[1])
grammar-199 | SELECT x FROM (VALUES 1) AS t (x) WHERE x IN ARRAY[1]
grammar-200 | SELECT x FROM (VALUES 1) AS t (x) WHERE x IN 1
grammar-201 | SELECT x FROM (VALUES 1) AS t (x) WHERE (x, x) IN (1)
grammar-202 | SELECT row_number() OVER (ORDER BY) FROM (VALUES 1) AS t (x)
grammar-203 | SELECT lag(x) IGNORE NULLS FROM (VALUES 1) AS t (x)
grammar-204 | SELECT lag(x IGNORE NULLS) OVER (ORDER BY x) FROM (VALUES 1) AS t (x)
grammar-205 | SELECT max(x) KEEP (DENSE_RANK FIRST ORDER BY x) FROM (VALUES 1) AS t (x)
grammar-206 | SELECT x FROM (VALUES 1) AS t (x) FOR UPDATE
grammar-207 | SELECT x INTO y FROM (VALUES 1) AS t (x)
grammar-208 | SELECT * FROM (VALUES 1) AS t (x) WHERE rownum < 2
grammar-209 | SELECT count(DISTINCT *) FROM (VALUES 1) AS t (x)
grammar-210 | SELECT count(x, x) FROM (VALUES 1) AS t (x)
grammar-211 | SELECT sum(*) FROM (VALUES 1) AS t (x)
