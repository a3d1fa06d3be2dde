joins-001 | SELECT t.x, u.y FROM (VALUES 1, 2) AS t (x) JOIN (VALUES (1, 'a')) AS u (x, y) ON t.x = u.x
joins-002 | SELECT t.x, u.y FROM (VALUES 1, 2) AS t (x) LEFT JOIN (VALUES (1, 'a')) AS u (x, y) ON t.x = u.x ORDER BY 1
joins-003 | SELECT t.x, u.y FROM (VALUES 1) AS t (x) RIGHT OUTER JOIN (VALUES (1, 'a'), (3, 'c')) AS u (x, y) ON t.x = u.x ORDER BY 2
joins-004 | SELECT t.x, u.x FROM (VALUES 1, 2) AS t (x) FULL JOIN (VALUES 2, 3) AS u (x) ON t.x = u.x ORDER BY 1, 2
joins-005 | SELECT * FROM (VALUES (1, 'l')) AS t (x, a) JOIN (VALUES (1, 'r')) AS u (x, b) USING (x)
joins-006 | SELECT x, t.a, u.b FROM (VALUES (1, 'l'), (2, 'm')) AS t (x, a) FULL JOIN (VALUES (1, 'r'), (3, 's')) AS u (x, b) USING (x) ORDER BY x
joins-007 | SELECT t.x FROM (VALUES (1, 'l')) AS t (x, a) JOIN (VALUES (1, 'r')) AS u (x, b) USING (x)
joins-008 | SELECT * FROM (VALUES (1, 'l')) AS t (x, a) NATURAL JOIN (VALUES (1, 'r')) AS u (x, b)
joins-009 | SELECT * FROM (VALUES 1, 2) AS t (x) CROSS JOIN (VALUES 'a', 'b') AS u (y) ORDER BY 1, 2
joins-010 | SELECT x FROM (VALUES 1) AS t (x) JOIN (VALUES 1) AS u (x) ON t.x = u.x
joins-011 | SELECT t.x FROM (VALUES 1, NULL) AS t (x) JOIN (VALUES 1, NULL) AS u (x) ON t.x = u.x
joins-012 | SELECT t.x FROM (VALUES 1, NULL) AS t (x) JOIN (VALUES 1, NULL) AS u (x) ON t.x IS NOT DISTINCT FROM u.x ORDER BY 1
joins-013 | SELECT t.x, u.x FROM (VALUES 1, 5) AS t (x) JOIN (VALUES 3, 4) AS u (x) ON t.x < u.x ORDER BY 2
joins-014 | SELECT t.x FROM (VALUES 1) AS t (x) JOIN (VALUES 1e0) AS u (x) ON t.x = u.x
joins-015 | SELECT t.x FROM (VALUES 1) AS t (x) JOIN (VALUES '1') AS u (x) ON t.x = u.x
joins-016 | SELECT t.x FROM (VALUES 1) AS t (x) JOIN (VALUES 1) AS u (x)
joins-017 | SELECT t.x FROM (VALUES 1) AS t (x) JOIN (VALUES 1) AS u (x) ON true
joins-018 | SELECT t.x FROM (VALUES 1) AS t (x) INNER JOIN (VALUES 1) AS u (y) ON t.x = u.y AND u.y > 0
joins-019 | SELECT t.x, v.z FROM (VALUES 1, 2) AS t (x) CROSS JOIN LATERAL (SELECT t.x * 10 AS z) AS v ORDER BY 1
joins-020 | SELECT t.x, v.z FROM (VALUES 1, 2) AS t (x) LEFT JOIN LATERAL (SELECT 5 AS z WHERE t.x = 1) AS v ON true ORDER BY 1
joins-021 | SELECT a.x, b.x, c.x FROM (VALUES 1) AS a (x) JOIN (VALUES 1) AS b (x) ON a.x = b.x LEFT JOIN (VALUES 2) AS c (x) ON c.x = b.x
joins-022 | SELECT t.x FROM (VALUES 1, 2) AS t (x) LEFT JOIN (VALUES 1) AS u (x) ON t.x = u.x WHERE u.x IS NULL
joins-023 | SELECT count(*) FROM (VALUES 1, 1) AS t (x) JOIN (VALUES 1, 1) AS u (x) ON t.x = u.x
joins-024 | SELECT * FROM (VALUES 1) AS t (x) SEMI JOIN (VALUES 1) AS u (x) ON t.x = u.x
joins-025 | SELECT * FROM (VALUES 1) AS t (x) ASOF JOIN (VALUES 1) AS u (x) ON t.x >= u.x
joins-026 | SELECT * FROM (VALUES 1) AS t (x) JOIN (VALUES 1) AS t (x) ON true
joins-027 | SELECT t.x FROM (VALUES 1) AS t (x) LEFT JOIN UNNEST(ARRAY[1, 2]) AS u (e) ON true
joins-028 | SELECT x, e FROM (VALUES (1, ARRAY['a', 'b']), (2, ARRAY[])) AS t (x, a) LEFT JOIN UNNEST(a) AS u (e) ON true ORDER BY 1, 2
joins-029 | SELECT t.d, u.r FROM (VALUES DATE '2024-01-05') AS t (d) JOIN (VALUES (DATE '2024-01-01', DATE '2024-02-01', 'jan')) AS u (s, e, r) ON t.d >= u.s AND t.d < u.e
