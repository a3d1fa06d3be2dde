select-001 | SELECT 1
select-002 | SELECT 1 AS one, 'a' two
select-003 | SELECT 1 AS "One"
select-004 | SELECT 1 AS ONE
select-005 | SELECT 1, 2, 3
select-006 | SELECT NULL
select-007 | SELECT *, x + 1 FROM (VALUES 1) AS t (x)
select-008 | SELECT t.* FROM (VALUES (1, 'a')) AS t (x, y)
select-009 | SELECT t.*, t.x FROM (VALUES (1, 'a')) AS t (x, y)
select-010 | SELECT x x2 FROM (VALUES 1) t(x)
select-011 | SELECT X FROM (VALUES 1) AS t (x)
select-012 | SELECT "x" FROM (VALUES 1) AS t (X)
select-013 | SELECT T.X FROM (VALUES 1) AS t (x)
select-014 | SELECT DISTINCT x FROM (VALUES 1, 1, NULL, NULL) AS t (x) ORDER BY x
select-015 | SELECT ALL x FROM (VALUES 1, 1) AS t (x)
select-016 | SELECT x FROM (VALUES 3, 1, NULL) AS t (x) ORDER BY x
select-017 | SELECT x FROM (VALUES 3, 1, NULL) AS t (x) ORDER BY x DESC
select-018 | SELECT x FROM (VALUES 3, 1, NULL) AS t (x) ORDER BY x NULLS FIRST
select-019 | SELECT x FROM (VALUES 3, 1, NULL) AS t (x) ORDER BY x DESC NULLS LAST
select-020 | SELECT x FROM (VALUES 'b', 'B', 'a', 'é', 'z') AS t (x) ORDER BY x
select-021 | SELECT x FROM (VALUES 2e0, nan(), -infinity(), NULL) AS t (x) ORDER BY x
select-022 | SELECT x AS y FROM (VALUES 2, 1) AS t (x) ORDER BY y
select-023 | SELECT x AS y FROM (VALUES 2, 1) AS t (x) ORDER BY y + 1
select-024 | SELECT x AS y FROM (VALUES 2, 1) AS t (x) ORDER BY x
select-025 | SELECT x, -x AS x2 FROM (VALUES 2, 1) AS t (x) ORDER BY 2
select-026 | SELECT x FROM (VALUES 2, 1) AS t (x) ORDER BY 3
select-027 | SELECT x FROM (VALUES 2, 1) AS t (x) ORDER BY 0
select-028 | SELECT DISTINCT x FROM (VALUES (1, 2)) AS t (x, y) ORDER BY y
select-029 | SELECT x FROM (VALUES 1, 2, 3) AS t (x) WHERE x > 1 ORDER BY x
select-030 | SELECT x FROM (VALUES 1, 2, NULL) AS t (x) WHERE x <> 1
select-031 | SELECT x FROM (VALUES 1) AS t (x) WHERE NULL
select-032 | SELECT x FROM (VALUES 1) AS t (x) WHERE 1
select-033 | SELECT x FROM (VALUES 1) AS t (x) WHERE 'true'
select-034 | SELECT x + 1 AS y FROM (VALUES 1) AS t (x) WHERE y > 1
select-035 | SELECT x + 1 AS y, y + 1 FROM (VALUES 1) AS t (x)
select-036 | SELECT z FROM (VALUES 1) AS t (x)
select-037 | SELECT u.x FROM (VALUES 1) AS t (x)
select-038 | SELECT x FROM nosuch
select-039 | SELECT x FROM a.b.c
select-040 | SELECT nosuch(1)
select-041 | SELECT abs(1, 2)
select-042 | SELECT abs('a')
select-043 | SELECT abs()
select-044 | SELECT 1 WHERE true
select-045 | SELECT 1 WHERE false
select-046 | SELECT 1 LIMIT 0
select-047 | SELECT x FROM (VALUES 1, 2, 3) AS t (x) ORDER BY x LIMIT 2
select-048 | SELECT x FROM (VALUES 1, 2, 3) AS t (x) ORDER BY x LIMIT ALL
select-049 | SELECT x FROM (VALUES 1, 2, 3) AS t (x) ORDER BY x OFFSET 1
select-050 | SELECT x FROM (VALUES 1, 2, 3) AS t (x) ORDER BY x OFFSET 1 ROW LIMIT 1
select-051 | SELECT x FROM (VALUES 1, 2, 3) AS t (x) ORDER BY x OFFSET 1 ROWS FETCH NEXT 1 ROWS ONLY
select-052 | SELECT x FROM (VALUES 1, 2, 3) AS t (x) ORDER BY x FETCH FIRST ROW ONLY
select-053 | SELECT x FROM (VALUES 1, 2, 2, 3) AS t (x) ORDER BY x FETCH FIRST 2 ROWS WITH TIES
select-054 | SELECT x FROM (VALUES 1, 2) AS t (x) FETCH FIRST 1 ROWS WITH TIES
select-055 | SELECT x FROM (VALUES 1, 2, 3) AS t (x) ORDER BY x OFFSET 10
select-056 | SELECT x FROM (VALUES 1, 2) AS t (x) ORDER BY x LIMIT -1
select-057 | SELECT x FROM (VALUES 1, 2) AS t (x) ORDER BY x LIMIT 1.5
select-058 | VALUES 1, 2
select-059 | VALUES (1, 'a'), (2, 'b')
select-060 | VALUES (1, 'a'), (2.5, 'bc')
select-061 | VALUES (1, 'a'), ('x', 2)
select-062 | VALUES (1), (2, 3)
select-063 | VALUES NULL
select-064 | VALUES 3, 1, 2 ORDER BY 1
select-065 | VALUES 1 LIMIT 1
select-066 | (SELECT 1)
select-067 | (SELECT 1) UNION ALL (SELECT 2) ORDER BY 1
select-068 | SELECT * FROM (VALUES (1, 'a'))
select-069 | SELECT * FROM (SELECT 1 AS a, 2 AS b)
select-070 | SELECT * FROM (SELECT 1 AS a) AS t (renamed)
select-071 | SELECT * FROM (SELECT 1, 2) AS t (x)
select-072 | SELECT (SELECT 1)
select-073 | SELECT (SELECT x FROM (VALUES 1) AS t (x) WHERE false)
select-074 | SELECT (SELECT x FROM (VALUES 1, 2) AS t (x))
select-075 | SELECT (SELECT 1, 2)
select-076 | SELECT (SELECT max(y) FROM (VALUES (1, 5), (2, 6)) AS u (x, y) WHERE u.x = t.x) FROM (VALUES 1, 2) AS t (x) ORDER BY 1
select-077 | SELECT x FROM (VALUES 1, 2) AS t (x) WHERE EXISTS (SELECT 1 FROM (VALUES 2) AS u (y) WHERE u.y = t.x)
select-078 | SELECT x FROM (VALUES 1, 2) AS t (x) WHERE x NOT IN (SELECT y FROM (VALUES 2) AS u (y))
select-079 | SELECT x FROM (VALUES 1, 2) AS t (x) WHERE x IN (SELECT y FROM (VALUES '2') AS u (y))
select-080 | SELECT x FROM (VALUES 1, 2) AS t (x) WHERE x = (SELECT max(y) FROM (VALUES 2) AS u (y))
select-081 | WITH a AS (SELECT 1 AS x) SELECT x FROM a
select-082 | WITH a (n) AS (VALUES 1, 2), b AS (SELECT n * 2 AS m FROM a) SELECT sum(m) FROM b
select-083 | WITH a AS (SELECT 1 AS x) SELECT * FROM a JOIN a AS b ON a.x = b.x
select-084 | WITH RECURSIVE t (n) AS (VALUES 1 UNION ALL SELECT n + 1 FROM t WHERE n < 4) SELECT sum(n) FROM t
select-085 | WITH t AS (SELECT 1 AS x), t AS (SELECT 2 AS x) SELECT * FROM t
select-086 | WITH a AS (WITH b AS (SELECT 3 AS x) SELECT x FROM b) SELECT x FROM a
select-087 | WITH a AS (SELECT 1) SELECT x FROM b
select-088 | SELECT x FROM (WITH a AS (SELECT 5 AS x) SELECT * FROM a)
select-089 | TABLE nosuch
select-090 | SELECT 'a' AS "select"
select-091 | SELECT 1 AS "a""b"
select-092 | SELECT 1 -- comment
select-093 | SELECT /* inner */ 1
select-094 | SELECT 1 AS x, 2 AS x
select-095 | SELECT x FROM (SELECT 1 AS x, 2 AS x)
select-096 | SELECT count(*) FROM (VALUES 1, 2), (VALUES 3, 4)
select-097 | SELECT x, y FROM (VALUES 1, 2) AS t (x), (VALUES 'a') AS u (y) ORDER BY x
select-098 | SELECT * FROM (VALUES 1) AS t (x) CROSS JOIN (VALUES 2) AS u (y)
select-099 | SELECT * FROM TABLE(sequence(1, 5, 2)) ORDER BY 1
select-100 | SELECT * FROM TABLE(sequence(start => 3, stop => 1, step => -1)) ORDER BY 1 DESC
select-101 | SELECT * FROM TABLE(exclude_columns(input => TABLE(nosuch), columns => DESCRIPTOR(x)))
select-102 | EXECUTE IMMEDIATE 'SELECT ? + 1' USING 5
select-103 | EXECUTE IMMEDIATE 'SELECT x FROM (VALUES 1, 2) AS t (x) WHERE x = ?' USING 2
select-104 | SELECT x FROM (VALUES ('a', 1)) AS t (x)
select-105 | SELECT x, y FROM (VALUES 1) AS t (x, y)
select-106 | SELECT 1 AS x ORDER BY x LIMIT 1
select-107 | SELECT max(x) AS m FROM (VALUES 1, 2) AS t (x) ORDER BY m
select-108 | SELECT x FROM (VALUES 1, 2) AS t (x) ORDER BY max(x)
select-109 | SELECT -x FROM (VALUES 1, 2) AS t (x) ORDER BY abs(x) DESC
select-110 | SELECT date '2024-01-01' AS d, timestamp '2024-01-01 00:00' AS t
