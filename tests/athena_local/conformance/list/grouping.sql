grouping-001 | SELECT a, b, sum(v) FROM (VALUES ('x', 'p', 1), ('x', 'q', 2), ('y', 'p', 4)) AS t (a, b, v) GROUP BY GROUPING SETS ((a), (b), ()) ORDER BY 1, 2
grouping-002 | SELECT a, b, sum(v), grouping(a, b) FROM (VALUES ('x', 'p', 1), ('x', 'q', 2)) AS t (a, b, v) GROUP BY ROLLUP (a, b) ORDER BY 4, 2
grouping-003 | SELECT a, b, sum(v), grouping(a), grouping(b) FROM (VALUES ('x', 'p', 1)) AS t (a, b, v) GROUP BY CUBE (a, b) ORDER BY 4, 5
grouping-004 | SELECT a, count(*) FROM (VALUES 1, 2) AS t (a) GROUP BY ROLLUP (a) ORDER BY a
grouping-005 | SELECT a, b, count(*) FROM (VALUES (1, 2)) AS t (a, b) GROUP BY a, ROLLUP (b) ORDER BY b
grouping-006 | SELECT a, b, count(*) FROM (VALUES (1, 2)) AS t (a, b) GROUP BY GROUPING SETS ((a, b), (a)) ORDER BY b
grouping-007 | SELECT a, b FROM (VALUES (1, 2)) AS t (a, b) GROUP BY DISTINCT GROUPING SETS ((a, b), (a, b))
grouping-008 | SELECT a FROM (VALUES 1, 1) AS t (a) GROUP BY a
grouping-009 | SELECT a FROM (VALUES 1, 1) AS t (a) GROUP BY ()
grouping-010 | SELECT count(*) FROM (VALUES 1, 1) AS t (a) GROUP BY ()
grouping-011 | SELECT count(*) FROM (VALUES 1) AS t (a) WHERE false GROUP BY ()
grouping-012 | SELECT count(*) FROM (VALUES 1) AS t (a) WHERE false GROUP BY a
grouping-013 | SELECT a, b FROM (VALUES (1, 2)) AS t (a, b) GROUP BY a
grouping-014 | SELECT a + 1, count(*) FROM (VALUES 1, 1) AS t (a) GROUP BY a
grouping-015 | SELECT a + 1 FROM (VALUES 1, 1) AS t (a) GROUP BY a + 1
grouping-016 | SELECT a + 2 FROM (VALUES 1, 1) AS t (a) GROUP BY a + 1
grouping-017 | SELECT a AS k FROM (VALUES 1) AS t (a) GROUP BY k
grouping-018 | SELECT a FROM (VALUES 1) AS t (a) GROUP BY 2
grouping-019 | SELECT a, count(*) AS n FROM (VALUES 1, 1, 2) AS t (a) GROUP BY a HAVING n > 1
grouping-020 | SELECT a, count(*) FROM (VALUES 1, 1, 2) AS t (a) GROUP BY a HAVING a > 1
grouping-021 | SELECT grouping(a) FROM (VALUES 1) AS t (a)
grouping-022 | SELECT grouping(a), a FROM (VALUES 1) AS t (a) GROUP BY a
grouping-023 | SELECT sum(count(*)) OVER (), a FROM (VALUES 1, 1, 2) AS t (a) GROUP BY a ORDER BY a
grouping-024 | SELECT upper(a), count(*) FROM (VALUES 'x', 'X') AS t (a) GROUP BY upper(a)
grouping-025 | SELECT a, array_agg(b ORDER BY b) FROM (VALUES (1, 'q'), (1, 'p')) AS t (a, b) GROUP BY a
grouping-026 | SELECT count(*) FROM (VALUES 1, 2) AS t (a) GROUP BY a % 2 ORDER BY 1
grouping-027 | SELECT a IS NULL, count(*) FROM (VALUES 1, NULL, NULL) AS t (a) GROUP BY a IS NULL ORDER BY 2
grouping-028 | SELECT a, count(*) FROM (VALUES nan(), nan()) AS t (a) GROUP BY a
grouping-029 | SELECT a, count(*) FROM (VALUES ARRAY[1], ARRAY[1]) AS t (a) GROUP BY a
grouping-030 | SELECT DISTINCT count(*) FROM (VALUES 1, 2) AS t (a) GROUP BY a
grouping-031 | SELECT CASE WHEN a > 1 THEN 'hi' ELSE 'lo' END AS b, count(*) FROM (VALUES 1, 2, 3) AS t (a) GROUP BY CASE WHEN a > 1 THEN 'hi' ELSE 'lo' END ORDER BY 1
grouping-032 | SELECT a, sum(b) FROM (VALUES (1, 2)) AS t (a, b) GROUP BY ALL a
