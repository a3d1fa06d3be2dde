everyday_windows-001 | SELECT x, row_number() OVER (ORDER BY x) AS rn, rank() OVER (ORDER BY x) AS r, dense_rank() OVER (ORDER BY x) AS dr FROM (VALUES 1, 1, 2) AS t(x) ORDER BY rn
everyday_windows-002 | SELECT g, x, sum(x) OVER (PARTITION BY g) AS total, count(*) OVER () AS n FROM (VALUES ('a', 1), ('a', 2), ('b', 3)) AS t(g, x) ORDER BY g, x
everyday_windows-003 | SELECT x, lag(x, 2) OVER (ORDER BY x) AS l2, lag(x, 1, 0) OVER (ORDER BY x) AS l1, lead(x, 1, -1) OVER (ORDER BY x) AS nx FROM (VALUES 1, 2, 3) AS t(x) ORDER BY x
everyday_windows-004 | SELECT x, lag(x, -1) OVER (ORDER BY x) FROM (VALUES 1, 2, 3) AS t(x)
everyday_windows-005 | SELECT x, first_value(x) OVER (ORDER BY x DESC) AS f, last_value(x) OVER (ORDER BY x DESC) AS l FROM (VALUES 1, 2, 3) AS t(x) ORDER BY x
everyday_windows-006 | SELECT x, first_value(y) IGNORE NULLS OVER (ORDER BY x ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS nxt FROM (VALUES (1, NULL), (2, 'b'), (3, NULL)) AS t(x, y) ORDER BY x
everyday_windows-007 | SELECT x, array_agg(x) OVER (ORDER BY x ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS near FROM (VALUES 1, 2, 3) AS t(x) ORDER BY x
everyday_windows-008 | SELECT x, count(DISTINCT x) OVER () FROM (VALUES 1, 1) AS t(x)
everyday_windows-009 | SELECT g, x, max_by(x, y) OVER (PARTITION BY g ORDER BY y) AS m FROM (VALUES ('a', 1, 9), ('a', 2, 5)) AS t(g, x, y) ORDER BY y
everyday_windows-010 | SELECT x, sum(x) FILTER (WHERE x > 1) OVER (ORDER BY x) AS s FROM (VALUES 1, 2, 3) AS t(x) ORDER BY x
everyday_windows-011 | SELECT x, avg(x) OVER w AS a, sum(x) OVER w AS s FROM (VALUES 1, 2, 3) AS t(x) WINDOW w AS (ORDER BY x ROWS 1 PRECEDING) ORDER BY x
everyday_windows-012 | SELECT x, sum(x) OVER (w ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS s FROM (VALUES 1, 2, 3) AS t(x) WINDOW w AS (ORDER BY x) ORDER BY x
everyday_windows-013 | SELECT g, sum(x) AS s, rank() OVER (ORDER BY sum(x) DESC) AS r FROM (VALUES ('a', 1), ('b', 5), ('a', 2)) AS t(g, x) GROUP BY g ORDER BY r
everyday_windows-014 | SELECT g, avg(sum(x)) OVER () AS mean_total FROM (VALUES ('a', 1), ('b', 5)) AS t(g, x) GROUP BY g ORDER BY g
everyday_windows-015 | SELECT x, approx_percentile(x, 0.5) OVER () AS med FROM (VALUES 1, 2, 3) AS t(x) ORDER BY x
everyday_windows-016 | SELECT x, ntile(2) OVER (ORDER BY x) AS h, cume_dist() OVER (ORDER BY x DESC) AS c FROM (VALUES 10, 20, 30) AS t(x) ORDER BY x
everyday_windows-017 | SELECT x, ntile(0) OVER (ORDER BY x) FROM (VALUES 10, 20) AS t(x)
everyday_windows-018 | SELECT x, nth_value(x, 0) OVER (ORDER BY x) FROM (VALUES 10, 20) AS t(x)
everyday_windows-019 | SELECT x, rank() FROM (VALUES 10, 20) AS t(x)
everyday_windows-020 | SELECT x, rank() OVER () AS r FROM (VALUES 10, 20) AS t(x) ORDER BY x
everyday_windows-021 | SELECT x, sum(x) OVER (ORDER BY x RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS r, sum(x) OVER (ORDER BY x ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS w FROM (VALUES 1, 1, 2) AS t(x) ORDER BY x, w
everyday_windows-022 | SELECT x, sum(x) OVER (ORDER BY y RANGE BETWEEN 2 PRECEDING AND 1 PRECEDING) AS s FROM (VALUES (1, 1), (2, 2), (3, 4)) AS t(x, y) ORDER BY y
everyday_windows-023 | SELECT x, sum(x) OVER (ORDER BY s RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) FROM (VALUES (1, 'a')) AS t(x, s)
everyday_windows-024 | SELECT x, sum(x) OVER (ROWS BETWEEN 1 FOLLOWING AND 1 PRECEDING) FROM (VALUES 1, 2) AS t(x)
everyday_windows-025 | SELECT x, sum(x) OVER (ORDER BY x DESC NULLS LAST ROWS UNBOUNDED PRECEDING) AS s FROM (VALUES 1, NULL, 3) AS t(x) ORDER BY x
everyday_windows-026 | SELECT x, count(x) OVER (ORDER BY x) AS c, count(*) OVER (ORDER BY x) AS n FROM (VALUES 1, NULL, 3) AS t(x) ORDER BY x
everyday_windows-027 | SELECT x, bool_or(x > 2) OVER (ORDER BY x) AS b, min(x) OVER (ORDER BY x DESC) AS m, stddev(x) OVER () AS sd FROM (VALUES 1, 2, 3) AS t(x) ORDER BY x
everyday_windows-028 | SELECT x, map_agg(x, y) OVER (ORDER BY x) AS m FROM (VALUES (1, 'a'), (2, 'b')) AS t(x, y) ORDER BY x
everyday_windows-029 | SELECT * FROM (VALUES (1, 'a', 10), (1, 'b', 20), (2, 'a', 5)) AS t(id, k, v) ORDER BY row_number() OVER (ORDER BY v)
everyday_windows-030 | SELECT id FROM (SELECT id, sum(v) OVER (PARTITION BY id) AS s FROM (VALUES (1, 10), (1, 20), (2, 5)) AS t(id, v)) WHERE s > 10 GROUP BY id
everyday_windows-031 | SELECT x, x - lag(x) OVER (ORDER BY x) AS d, lead(x) OVER (ORDER BY x) - x AS n FROM (VALUES 1.5, 2.25, 4.0) AS t(x) ORDER BY x
everyday_windows-032 | SELECT s, lag(s, 1, 'none') OVER (ORDER BY s) AS p, lag(s, 1, 0) OVER (ORDER BY s) FROM (VALUES 'a', 'b') AS t(s)
everyday_windows-033 | SELECT x, sum(x) OVER (PARTITION BY x % 2 ORDER BY x) AS s FROM (VALUES 1, 2, 3, 4) AS t(x) ORDER BY x
everyday_windows-034 | SELECT DISTINCT g, first_value(x) OVER (PARTITION BY g ORDER BY x) AS f FROM (VALUES ('a', 2), ('a', 1), ('b', 3)) AS t(g, x) ORDER BY g
everyday_windows-035 | SELECT g, x FROM (VALUES ('a', 2), ('a', 1), ('b', 3)) AS t(g, x) WHERE (g, x) IN (SELECT g, max(x) FROM (VALUES ('a', 2), ('a', 1), ('b', 3)) AS u(g, x) GROUP BY g) ORDER BY g
everyday_windows-036 | SELECT g, x FROM (VALUES ('a', 2), ('a', 1), ('b', 3)) AS t(g, x) WHERE x = (SELECT max(x) FROM (VALUES ('a', 2), ('a', 1), ('b', 3)) AS u(g, x) WHERE u.g = t.g) ORDER BY g
everyday_windows-037 | SELECT EXISTS (SELECT 1 FROM (VALUES 1) AS t(x) WHERE x = 2) AS e, 3 IN (SELECT x FROM (VALUES 1, 3) AS t(x)) AS i, 5 > (SELECT max(x) FROM (VALUES 1, 3) AS t(x)) AS g
everyday_windows-038 | SELECT * FROM (VALUES (1, 'a'), (2, 'b'), (3, 'c')) AS t(id, s) MATCH_RECOGNIZE (ORDER BY id MEASURES A.id AS aid PATTERN (A B) DEFINE B AS B.id > A.id)
