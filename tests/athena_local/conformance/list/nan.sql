nan-001 | SELECT x FROM (VALUES nan(), 1e0, 7e0) AS t (x) WHERE x > 5 ORDER BY 1
nan-002 | SELECT x > 5, x < 5, x = x, x <> x, x >= nan() FROM (VALUES nan(), 1e0) AS t (x)
nan-003 | SELECT x > y, x >= y, x < y, x <= y, x = y, x <> y, x BETWEEN y AND y, x IN (y), x IS DISTINCT FROM y FROM (VALUES (nan(), 1e0), (1e0, nan()), (nan(), nan()), (nan(), NULL), (NULL, nan()), (NULL, NULL), (1e0, 1e0), (2e0, 1e0)) AS t (x, y)
nan-004 | SELECT x > 1e0, x >= 1, x < 1, x <= 1.5, x = 1, x <> 1, x BETWEEN 0 AND 5, 1 < x, 1 >= x, NOT (x > 1) FROM (VALUES nan(), 1e0, NULL) AS t (x)
nan-005 | SELECT a.x FROM (VALUES nan(), 1e0) AS a (x) JOIN (VALUES nan(), 1e0) AS b (x) ON a.x = b.x
nan-006 | SELECT nullif(nan(), nan()), nan() IN (nan(), 1e0), x IN (SELECT nan()) FROM (VALUES nan()) AS t (x)
nan-007 | SELECT count(*) FILTER (WHERE x > 0) , max(x), min(x), greatest(x, 1e0), least(x, 1e0) FROM (VALUES nan(), 1e0) AS t (x) GROUP BY x ORDER BY 1
nan-008 | SELECT x FROM (VALUES nan(), 1e0, nan()) AS t (x) GROUP BY x ORDER BY x DESC
nan-009 | SELECT x FROM (VALUES REAL 'NaN', REAL '2') AS t (x) WHERE x > 1
nan-010 | SELECT filter(ARRAY[nan(), 1e0], e -> e > 0), any_match(ARRAY[nan()], e -> e >= 0)
