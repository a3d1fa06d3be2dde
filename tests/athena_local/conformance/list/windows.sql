windows-001 | SELECT x, row_number() OVER (ORDER BY x) FROM (VALUES 30, 10, 20) AS t (x) ORDER BY x
windows-002 | SELECT x, rank() OVER (ORDER BY x), dense_rank() OVER (ORDER BY x) FROM (VALUES 1, 2, 2, 3) AS t (x) ORDER BY 1, 2
windows-003 | SELECT x, percent_rank() OVER (ORDER BY x), cume_dist() OVER (ORDER BY x) FROM (VALUES 1, 2, 2, 3) AS t (x) ORDER BY 1
windows-004 | SELECT x, ntile(2) OVER (ORDER BY x) FROM (VALUES 1, 2, 3) AS t (x) ORDER BY x
windows-005 | SELECT x, ntile(0) OVER (ORDER BY x) FROM (VALUES 1, 2, 3) AS t (x)
windows-006 | SELECT x, lag(x) OVER (ORDER BY x), lead(x) OVER (ORDER BY x) FROM (VALUES 1, 2, 3) AS t (x) ORDER BY x
windows-007 | SELECT x, lag(x, 2) OVER (ORDER BY x), lead(x, 2, -1) OVER (ORDER BY x) FROM (VALUES 1, 2, 3) AS t (x) ORDER BY x
windows-008 | SELECT x, lag(x, 0) OVER (ORDER BY x) FROM (VALUES 1, 2) AS t (x) ORDER BY x
windows-009 | SELECT x, lag(x, -1) OVER (ORDER BY x) FROM (VALUES 1, 2) AS t (x)
windows-010 | SELECT i, lag(x) IGNORE NULLS OVER (ORDER BY i) FROM (VALUES (1, 'a'), (2, NULL), (3, 'c')) AS t (i, x) ORDER BY i
windows-011 | SELECT i, first_value(x) OVER (ORDER BY i), last_value(x) OVER (ORDER BY i) FROM (VALUES (1, 'a'), (2, 'b')) AS t (i, x) ORDER BY i
windows-012 | SELECT i, last_value(x) OVER (ORDER BY i ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM (VALUES (1, 'a'), (2, 'b')) AS t (i, x) ORDER BY i
windows-013 | SELECT i, last_value(x) IGNORE NULLS OVER (ORDER BY i) FROM (VALUES (1, 'a'), (2, NULL)) AS t (i, x) ORDER BY i
windows-014 | SELECT i, nth_value(x, 2) OVER (ORDER BY i) FROM (VALUES (1, 'a'), (2, 'b'), (3, 'c')) AS t (i, x) ORDER BY i
windows-015 | SELECT nth_value(x, 0) OVER (ORDER BY x) FROM (VALUES 1) AS t (x)
windows-016 | SELECT x, sum(x) OVER (ORDER BY x) FROM (VALUES 1, 2, 2, 3) AS t (x) ORDER BY 1
windows-017 | SELECT x, sum(x) OVER (ORDER BY x ROWS UNBOUNDED PRECEDING) FROM (VALUES 1, 2, 3) AS t (x) ORDER BY 1
windows-018 | SELECT x, sum(x) OVER (ORDER BY x ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) FROM (VALUES 1, 2, 3) AS t (x) ORDER BY 1
windows-019 | SELECT x, sum(x) OVER (ORDER BY x RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) FROM (VALUES 1, 2, 4) AS t (x) ORDER BY 1
windows-020 | SELECT x, count(*) OVER (ORDER BY x GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM (VALUES 1, 1, 2, 3) AS t (x) ORDER BY 1
windows-021 | SELECT d, count(*) OVER (ORDER BY d RANGE BETWEEN INTERVAL '1' DAY PRECEDING AND CURRENT ROW) FROM (VALUES DATE '2024-01-01', DATE '2024-01-02', DATE '2024-01-05') AS t (d) ORDER BY d
windows-022 | SELECT k, v, sum(v) OVER (PARTITION BY k ORDER BY v) FROM (VALUES ('a', 1), ('a', 2), ('b', 5)) AS t (k, v) ORDER BY k, v
windows-023 | SELECT k, v, sum(v) OVER w, avg(v) OVER w FROM (VALUES ('a', 1), ('a', 2), ('b', 5)) AS t (k, v) WINDOW w AS (PARTITION BY k) ORDER BY k, v
windows-024 | SELECT v, sum(v) OVER (w ORDER BY v) FROM (VALUES ('a', 1), ('a', 2)) AS t (k, v) WINDOW w AS (PARTITION BY k) ORDER BY v
windows-025 | SELECT k, v * 1e0 / sum(v) OVER (PARTITION BY k) FROM (VALUES ('a', 1), ('a', 3)) AS t (k, v) ORDER BY v
windows-026 | SELECT k, sum(v), rank() OVER (ORDER BY sum(v) DESC) FROM (VALUES ('a', 1), ('b', 5)) AS t (k, v) GROUP BY k ORDER BY k
windows-027 | SELECT x, row_number() OVER () FROM (VALUES 7) AS t (x)
windows-028 | SELECT x, count(*) FILTER (WHERE x > 1) OVER () FROM (VALUES 1, 2) AS t (x) ORDER BY x
windows-029 | SELECT x FROM (VALUES 1, 2) AS t (x) WHERE row_number() OVER (ORDER BY x) = 1
windows-030 | SELECT x, row_number() FROM (VALUES 1) AS t (x)
windows-031 | SELECT x, rank() OVER (ORDER BY x NULLS FIRST) FROM (VALUES 1, NULL) AS t (x) ORDER BY x NULLS FIRST
windows-032 | SELECT x, rank() OVER (ORDER BY x) FROM (VALUES 1, NULL) AS t (x) ORDER BY x
windows-033 | SELECT array_agg(x) OVER (ORDER BY x) FROM (VALUES 1, 2) AS t (x) ORDER BY 1
windows-034 | SELECT x, max(x) OVER (ORDER BY x ROWS BETWEEN 1 FOLLOWING AND 2 FOLLOWING) FROM (VALUES 1, 2, 3) AS t (x) ORDER BY x
windows-035 | SELECT x, count(DISTINCT x) OVER () FROM (VALUES 1, 1) AS t (x)
windows-036 | SELECT * FROM (SELECT x, row_number() OVER (PARTITION BY k ORDER BY x DESC) AS rn FROM (VALUES ('a', 1), ('a', 2), ('b', 3)) AS t (k, x)) WHERE rn = 1 ORDER BY x
windows-037 | SELECT x, x - lag(x, 1, x) OVER (ORDER BY x) AS delta FROM (VALUES 10, 15, 13) AS t (x) ORDER BY x
windows-038 | SELECT typeof(row_number() OVER ()), typeof(rank() OVER (ORDER BY 1)), typeof(cume_dist() OVER (ORDER BY 1)), typeof(ntile(3) OVER (ORDER BY 1)) FROM (VALUES 1) AS t (x)
windows-039 | SELECT lag(x, 1, 'none') OVER (ORDER BY i) FROM (VALUES (1, 'a'), (2, 'b')) AS t (i, x) ORDER BY i
windows-040 | SELECT lead(x, 1, 0) OVER (ORDER BY x) FROM (VALUES 'a') AS t (x)
windows-041 | SELECT sum(x) OVER (ORDER BY x ROWS BETWEEN CURRENT ROW AND 1 PRECEDING) FROM (VALUES 1) AS t (x)
windows-042 | SELECT sum(x) OVER (ORDER BY x ROWS BETWEEN -1 PRECEDING AND CURRENT ROW) FROM (VALUES 1) AS t (x)
windows-043 | SELECT count(*) OVER (PARTITION BY date_trunc('day', ts)) FROM (VALUES TIMESTAMP '2024-01-01 05:00:00', TIMESTAMP '2024-01-01 09:00:00') AS t (ts)
windows-044 | SELECT x, stddev(x) OVER (ORDER BY x ROWS 1 PRECEDING) FROM (VALUES 1, 3, 5) AS t (x) ORDER BY x
windows-045 | SELECT max_by(k, v) OVER () FROM (VALUES ('a', 1), ('b', 2)) AS t (k, v)
