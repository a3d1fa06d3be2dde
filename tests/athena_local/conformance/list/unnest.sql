unnest-001 | SELECT * FROM UNNEST(ARRAY[1, 2])
unnest-002 | SELECT x FROM UNNEST(ARRAY[1, 2]) AS t (x) ORDER BY x
unnest-003 | SELECT * FROM UNNEST(ARRAY['a', 'b']) WITH ORDINALITY AS t (x, n) ORDER BY n
unnest-004 | SELECT * FROM UNNEST(ARRAY[1, 2], ARRAY['a']) AS t (x, y) ORDER BY x
unnest-005 | SELECT * FROM UNNEST(ARRAY[1], ARRAY['a', 'b']) WITH ORDINALITY AS t (x, y, n) ORDER BY n
unnest-006 | SELECT * FROM UNNEST(MAP(ARRAY['a', 'b'], ARRAY[1, 2])) AS t (k, v) ORDER BY k
unnest-007 | SELECT * FROM UNNEST(MAP(ARRAY['a'], ARRAY[1])) WITH ORDINALITY AS t (k, v, n)
unnest-008 | SELECT * FROM UNNEST(ARRAY[ROW(1, 'a'), ROW(2, 'b')]) AS t (n, s) ORDER BY n
unnest-009 | SELECT * FROM UNNEST(ARRAY[ROW(1, 'a')])
unnest-010 | SELECT n, s FROM UNNEST(ARRAY[CAST(ROW(1, 'a') AS ROW(n integer, s varchar))])
unnest-011 | SELECT * FROM UNNEST(ARRAY[CAST(ROW(1, 'a') AS ROW(n integer, s varchar)), NULL]) AS t (a, b) ORDER BY a
unnest-012 | SELECT * FROM UNNEST(ARRAY[]) AS t (x)
unnest-013 | SELECT * FROM UNNEST(CAST(NULL AS array(integer))) AS t (x)
unnest-014 | SELECT x, e FROM (VALUES (1, ARRAY[10, 20]), (2, ARRAY[30])) AS t (x, a) CROSS JOIN UNNEST(a) AS u (e) ORDER BY e
unnest-015 | SELECT x, e, n FROM (VALUES (1, ARRAY[10, 20])) AS t (x, a) CROSS JOIN UNNEST(a) WITH ORDINALITY AS u (e, n) ORDER BY n
unnest-016 | SELECT x, e FROM (VALUES (1, ARRAY[]), (2, NULL)) AS t (x, a) CROSS JOIN UNNEST(a) AS u (e)
unnest-017 | SELECT x, e FROM (VALUES (1, ARRAY[10, NULL])) AS t (x, a), UNNEST(a) AS u (e) ORDER BY e
unnest-018 | SELECT x, k, v FROM (VALUES (1, MAP(ARRAY['a', 'b'], ARRAY[5, 6]))) AS t (x, m) CROSS JOIN UNNEST(m) AS u (k, v) ORDER BY k
unnest-019 | SELECT e, count(*) FROM (VALUES ARRAY['a', 'b'], ARRAY['a']) AS t (a) CROSS JOIN UNNEST(a) AS u (e) GROUP BY e ORDER BY e
unnest-020 | SELECT d FROM UNNEST(sequence(DATE '2024-01-01', DATE '2024-01-03', INTERVAL '1' DAY)) AS t (d) ORDER BY d
unnest-021 | SELECT w FROM (VALUES 'to be') AS t (s) CROSS JOIN UNNEST(split(s, ' ')) AS u (w) ORDER BY w
unnest-022 | SELECT sum(x) FROM UNNEST(sequence(1, 100)) AS t (x)
unnest-023 | SELECT a, b FROM UNNEST(ARRAY[1, 2], ARRAY[3, 4]) AS t (a, b) WHERE a = 2
unnest-024 | SELECT * FROM UNNEST(1) AS t (x)
unnest-025 | SELECT UNNEST(ARRAY[1, 2])
unnest-026 | SELECT x FROM UNNEST(ARRAY[1]) AS t (x, y)
unnest-027 | SELECT * FROM UNNEST(ARRAY[ARRAY[1, 2], ARRAY[3]]) AS t (a)
unnest-028 | SELECT e FROM UNNEST(ARRAY[ARRAY[1, 2], ARRAY[3]]) AS t (a) CROSS JOIN UNNEST(a) AS u (e) ORDER BY e
unnest-029 | SELECT p.id, i.sku, i.qty FROM (VALUES (7, ARRAY[CAST(ROW('a', 2) AS ROW(sku varchar, qty integer))])) AS p (id, items) CROSS JOIN UNNEST(p.items) AS i (sku, qty)
unnest-030 | SELECT * FROM UNNEST(ARRAY[NULL, NULL]) AS t (x)
unnest-031 | SELECT count(*) FROM UNNEST(ARRAY[1, 2], ARRAY[3])
