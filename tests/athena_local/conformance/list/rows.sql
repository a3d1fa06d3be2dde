rows-001 | SELECT ROW(1, 'a')
rows-002 | SELECT ROW(1)
rows-003 | SELECT ROW()
rows-004 | SELECT (1, 'a')
rows-005 | SELECT (1)
rows-006 | SELECT ROW(NULL, NULL)
rows-007 | SELECT ROW(ROW(1, 2), 3)
rows-008 | SELECT CAST(ROW(1, 'a') AS ROW(id integer, name varchar))
rows-009 | SELECT CAST(ROW(1, 'a') AS ROW(id integer, name varchar)).name
rows-010 | SELECT CAST(ROW(1, 'a') AS ROW("Id" integer, name varchar)).id
rows-011 | SELECT CAST(ROW(1, 'a') AS ROW(id integer, name varchar)).nope
rows-012 | SELECT CAST(ROW(ROW(5)) AS ROW(o ROW(i integer))).o.i
rows-013 | SELECT CAST(NULL AS ROW(x integer)).x
rows-014 | SELECT ROW(1, 'a')[1]
rows-015 | SELECT ROW(1, 'a')[2]
rows-016 | SELECT ROW(1, 'a')[3]
rows-017 | SELECT ROW(1, 'a')[0]
rows-018 | SELECT ROW(1, 'a').field0
rows-019 | SELECT typeof(ROW(1, 'a'))
rows-020 | SELECT typeof(ROW(1, ROW(2.5, NULL)))
rows-021 | SELECT typeof(CAST(ROW(1) AS ROW(a bigint)))
rows-022 | SELECT typeof((1, 'abc'))
rows-023 | SELECT ROW(1, 2) = ROW(1, 2)
rows-024 | SELECT ROW(1, 2) <> ROW(1, 3)
rows-025 | SELECT ROW(1, 2) < ROW(2, 1)
rows-026 | SELECT ROW(1, NULL) = ROW(1, NULL)
rows-027 | SELECT ROW(1, NULL) IS DISTINCT FROM ROW(1, NULL)
rows-028 | SELECT ARRAY[ROW(1, 'a'), ROW(2, 'b')]
rows-029 | SELECT ARRAY[CAST(ROW(1) AS ROW(x integer))][1].x
rows-030 | SELECT MAP(ARRAY['a'], ARRAY[ROW(1, true)])
rows-031 | SELECT transform(ARRAY[ROW(1, 'a')], r -> r[1])
rows-032 | SELECT transform(ARRAY[CAST(ROW(1, 'a') AS ROW(n integer, s varchar))], r -> r.s)
rows-033 | SELECT filter(ARRAY[CAST(ROW(1, 'a') AS ROW(n integer, s varchar))], r -> r.n > 1)
rows-034 | SELECT r.a, r.b FROM (VALUES CAST(ROW(1, 'x') AS ROW(a integer, b varchar))) AS t (r)
rows-035 | SELECT t.r.a FROM (VALUES CAST(ROW(1) AS ROW(a integer))) AS t (r)
rows-036 | SELECT r.* FROM (VALUES CAST(ROW(1, 'x') AS ROW(a integer, b varchar))) AS t (r)
rows-037 | SELECT CAST(ROW(1, 'x') AS ROW(a integer, b varchar)).* AS (p, q)
rows-038 | SELECT ROW(x, y) FROM (VALUES (1, 2)) AS t (x, y)
rows-039 | SELECT t FROM (VALUES (1, 2)) AS t (x, y)
rows-040 | SELECT r FROM (VALUES ROW(ROW(1, 2))) AS t (r)
rows-041 | SELECT r, count(*) FROM (VALUES (ROW(1, 'a')), (ROW(1, 'a'))) AS t (r) GROUP BY r
rows-042 | SELECT DISTINCT (x, y) FROM (VALUES (1, 2), (1, 2)) AS t (x, y)
rows-043 | SELECT x FROM (VALUES ROW(2, 'a'), ROW(1, 'b')) AS t (x, y) ORDER BY (x, y)
rows-044 | SELECT transform(ARRAY[1, 2], x -> x + y) FROM (VALUES 10) AS t (y)
rows-045 | SELECT transform(ARRAY[1], x -> transform(ARRAY[2], y -> x + y))
rows-046 | SELECT transform(ARRAY[1], (x) -> x)
rows-047 | SELECT transform(ARRAY[1], x -> z)
rows-048 | SELECT transform(ARRAY[1], (x, y) -> x)
rows-049 | SELECT transform(ARRAY[1], 5)
rows-050 | SELECT x -> x + 1
rows-051 | SELECT filter(ARRAY[1, 2], x -> x)
rows-052 | SELECT reduce(ARRAY[1], 0, (s, x) -> 'a', s -> s)
rows-053 | SELECT transform(ARRAY['a'], length)
rows-054 | SELECT apply(5, x -> x + 1)
rows-055 | SELECT zip_with(ARRAY[1], ARRAY[2], (x, y) -> ROW(x, y))
rows-056 | SELECT transform(ARRAY[1], x -> (SELECT 1))
rows-057 | SELECT any_match(ARRAY['a', 'b'], s -> s LIKE 'b%')
rows-058 | SELECT array_sort(ARRAY[ROW(2, 'a'), ROW(1, 'b')])
rows-059 | SELECT array_max(ARRAY[ROW(2, 'a'), ROW(1, 'b')])
rows-060 | SELECT CAST(ROW(1, NULL) AS ROW(a integer, b integer))
rows-061 | SELECT CAST(ARRAY[ROW(1, DATE '2024-01-02')] AS array(ROW(n integer, d date)))
rows-062 | SELECT CAST(ROW(TIMESTAMP '2024-01-02 03:04:05', X'0a', 1.5e0, true) AS ROW(t timestamp, b varbinary, d double, f boolean))
