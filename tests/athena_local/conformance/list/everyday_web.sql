everyday_web-001 | SELECT url_extract_host('https://www.shop.example.com:8443/p/12?utm_source=news#top') AS host, url_extract_port('https://www.shop.example.com:8443/p/12') AS port
everyday_web-002 | SELECT url_extract_parameter('https://shop.example.com/?utm_source=mail&utm_campaign=spring%20sale', 'utm_campaign') AS campaign
everyday_web-003 | SELECT url_extract_path('https://shop.example.com/a/b/../c?x=1') AS path, url_extract_query('https://shop.example.com/a?x=1&y=2') AS query, url_extract_fragment('https://shop.example.com/a#sec-2') AS fragment
everyday_web-004 | SELECT url_extract_protocol('HTTP://Example.com') AS protocol, url_extract_host('not a url') AS host
everyday_web-005 | SELECT regexp_replace(url_extract_host(u), '^www\.', '') AS domain, count(*) AS hits FROM (VALUES 'https://www.a.com/x', 'https://a.com/y', 'http://b.org', 'http://www.b.org/z?q=1', NULL) AS t(u) GROUP BY 1 ORDER BY hits DESC, domain NULLS LAST
everyday_web-006 | SELECT split_part(url_extract_path('https://x.com/en/products/42'), '/', 3) AS section
everyday_web-007 | SELECT element_at(split(url_extract_host('https://a.b.example.co.uk/'), '.'), -1) AS tld
everyday_web-008 | SELECT reverse(split_part(reverse('www.example.com'), '.', 1)) AS tld
everyday_web-009 | SELECT url_decode('a+b%20c%C3%A9') AS decoded, url_encode('a b&c=é/~*') AS encoded
everyday_web-010 | SELECT map_filter(split_to_map('utm_source=a&utm_medium=b&ref=', '&', '='), (k, v) -> k LIKE 'utm%') AS utm
everyday_web-011 | SELECT split_to_map('a=1;b=2;c=3', ';', '=')['b'] AS b
everyday_web-012 | SELECT split_to_multimap('a=1&b=2&a=3', '&', '=') AS params
everyday_web-013 | SELECT element_at(split_to_map(url_extract_query('http://x.com/?a=1&b=2'), '&', '='), 'z') IS NULL AS missing
everyday_web-014 | WITH events(user_id, ts, page) AS (VALUES (1, TIMESTAMP '2024-03-01 10:00:00', '/home'), (1, TIMESTAMP '2024-03-01 10:10:00', '/cart'), (1, TIMESTAMP '2024-03-01 11:00:00', '/home'), (2, TIMESTAMP '2024-03-01 10:05:00', '/home')), gaps AS (SELECT *, CASE WHEN date_diff('minute', lag(ts) OVER (PARTITION BY user_id ORDER BY ts), ts) <= 30 THEN 0 ELSE 1 END AS is_new FROM events) SELECT user_id, ts, sum(is_new) OVER (PARTITION BY user_id ORDER BY ts ROWS UNBOUNDED PRECEDING) AS session_no, page FROM gaps ORDER BY user_id, ts
everyday_web-015 | WITH events(user_id, ts) AS (VALUES ('a', TIMESTAMP '2024-03-01 10:00:00.000'), ('a', TIMESTAMP '2024-03-01 10:29:59.999'), ('a', TIMESTAMP '2024-03-01 11:00:00.000')) SELECT user_id, ts, ts - lag(ts) OVER (PARTITION BY user_id ORDER BY ts) AS gap FROM events ORDER BY ts
everyday_web-016 | WITH events(user_id, ts, step) AS (VALUES (1, 1, 'view'), (1, 2, 'cart'), (1, 3, 'pay'), (2, 1, 'view'), (2, 5, 'cart'), (3, 1, 'view')) SELECT count(DISTINCT user_id) FILTER (WHERE step = 'view') AS viewed, count(DISTINCT user_id) FILTER (WHERE step = 'cart') AS carted, count(DISTINCT user_id) FILTER (WHERE step = 'pay') AS paid, round(100.0 * count(DISTINCT user_id) FILTER (WHERE step = 'pay') / count(DISTINCT user_id), 2) AS pct FROM events
everyday_web-017 | WITH f(user_id, viewed, carted, paid) AS (VALUES (1, TIMESTAMP '2024-01-01 00:00', TIMESTAMP '2024-01-01 00:05', NULL), (2, TIMESTAMP '2024-01-01 01:00', TIMESTAMP '2024-01-01 00:55', TIMESTAMP '2024-01-01 02:00')) SELECT user_id, viewed < carted AS in_order, carted < paid AS paid_after, date_diff('second', viewed, carted) AS seconds FROM f ORDER BY user_id
everyday_web-018 | WITH visits(u, d) AS (VALUES (1, DATE '2024-01-01'), (1, DATE '2024-01-02'), (1, DATE '2024-01-08'), (2, DATE '2024-01-01'), (2, DATE '2024-01-08'), (3, DATE '2024-01-03')), firsts AS (SELECT u, min(d) AS f FROM visits GROUP BY u) SELECT date_trunc('week', f) AS cohort, date_diff('week', date_trunc('week', f), date_trunc('week', d)) AS week_no, count(DISTINCT v.u) AS users FROM visits v JOIN firsts USING (u) GROUP BY 1, 2 ORDER BY 1, 2
everyday_web-019 | WITH visits(u, d) AS (VALUES (1, DATE '2024-01-01'), (1, DATE '2024-01-02'), (2, DATE '2024-01-01'), (2, DATE '2024-01-03'), (3, DATE '2024-01-02')) SELECT a.d AS day0, count(DISTINCT a.u) AS users, count(DISTINCT b.u) AS retained, CAST(count(DISTINCT b.u) AS double) / count(DISTINCT a.u) AS rate FROM visits a LEFT JOIN visits b ON a.u = b.u AND b.d = a.d + INTERVAL '1' DAY GROUP BY a.d ORDER BY a.d
everyday_web-020 | SELECT regexp_extract('Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0.6099.110 Safari/537.36', 'Chrome/(\d+)\.(\d+)', 1) AS major
everyday_web-021 | SELECT regexp_extract_all('GET /a/1 GET /b/22', '/(\w)/(\d+)', 2) AS ids
everyday_web-022 | SELECT CASE WHEN regexp_like(ua, '(?i)bot|crawl|spider') THEN 'bot' WHEN ua LIKE '%Mobile%' THEN 'mobile' ELSE 'desktop' END AS kind, count(*) FROM (VALUES 'Googlebot/2.1', 'Mozilla Mobile Safari', 'Mozilla X11', 'AhrefsBOT') AS t(ua) GROUP BY 1 ORDER BY 1
everyday_web-023 | SELECT page, count(*) AS views, count(DISTINCT user_id) AS users, approx_distinct(user_id) AS about FROM (VALUES ('/a', 1), ('/a', 1), ('/a', 2), ('/b', 3)) AS t(page, user_id) GROUP BY page ORDER BY views DESC
everyday_web-024 | SELECT user_id, array_agg(page ORDER BY ts) AS path FROM (VALUES (1, '/a', 2), (1, '/b', 1), (2, '/c', 1)) AS t(user_id, page, ts) GROUP BY user_id ORDER BY user_id
everyday_web-025 | SELECT user_id, array_join(array_agg(page ORDER BY ts DESC), ' > ') AS path FROM (VALUES (1, '/a', 2), (1, '/b', 1), (2, '/c', 1)) AS t(user_id, page, ts) GROUP BY user_id ORDER BY user_id
everyday_web-026 | SELECT listagg(page, ' > ') WITHIN GROUP (ORDER BY ts) AS path FROM (VALUES ('/a', 2), ('/b', 1)) AS t(page, ts)
everyday_web-027 | SELECT user_id, listagg(DISTINCT page, ',') WITHIN GROUP (ORDER BY page) AS pages FROM (VALUES (1, 'b'), (1, 'a'), (1, 'b')) AS t(user_id, page) GROUP BY user_id
everyday_web-028 | SELECT user_id, max_by(page, ts) AS last_page, min_by(page, ts) AS first_page FROM (VALUES (1, '/a', 2), (1, '/b', 1), (2, '/c', 1)) AS t(user_id, page, ts) GROUP BY user_id ORDER BY user_id
everyday_web-029 | SELECT user_id, max_by(page, ts, 2) AS last_two FROM (VALUES (1, '/a', 2), (1, '/b', 1), (1, '/c', 3)) AS t(user_id, page, ts) GROUP BY user_id
everyday_web-030 | SELECT page, approx_percentile(ms, 0.5) AS p50, approx_percentile(ms, ARRAY[0.9, 0.99]) AS tail FROM (VALUES ('/a', 10), ('/a', 20), ('/a', 30)) AS t(page, ms) GROUP BY page
everyday_web-031 | SELECT cardinality(array_distinct(array_agg(user_id))) AS users FROM (VALUES 1, 1, 2, NULL) AS t(user_id)
everyday_web-032 | SELECT histogram(browser) AS browsers FROM (VALUES 'chrome', 'safari', 'chrome') AS t(browser)
everyday_web-033 | SELECT map_agg(page, views) AS views FROM (VALUES ('/a', 3), ('/b', 4)) AS t(page, views)
everyday_web-034 | SELECT multimap_agg(user_id, page) AS pages FROM (VALUES (1, '/a'), (1, '/b'), (2, '/c')) AS t(user_id, page)
everyday_web-035 | SELECT user_id, map_union(props) AS props FROM (VALUES (1, MAP(ARRAY['a'], ARRAY['x'])), (1, MAP(ARRAY['b'], ARRAY['y']))) AS t(user_id, props) GROUP BY user_id
everyday_web-036 | SELECT json_extract_scalar(props, '$.item.sku') AS sku, CAST(json_extract_scalar(props, '$.item.price') AS decimal(10,2)) AS price FROM (VALUES '{"item":{"sku":"A-1","price":"12.50"}}', '{"item":{}}') AS t(props) ORDER BY sku
everyday_web-037 | SELECT json_extract(props, '$.tags') AS tags, json_array_length(json_extract(props, '$.tags')) AS n FROM (VALUES '{"tags":["a","b"]}', '{"tags":null}', '{}') AS t(props)
everyday_web-038 | SELECT t.tag, count(*) AS n FROM (VALUES '{"tags":["a","b"]}', '{"tags":["a"]}') AS e(props) CROSS JOIN UNNEST(CAST(json_extract(props, '$.tags') AS array(varchar))) AS t(tag) GROUP BY t.tag ORDER BY n DESC
everyday_web-039 | SELECT user_id, tag, pos FROM (VALUES (1, ARRAY['x', 'y']), (2, ARRAY[]), (3, NULL)) AS e(user_id, tags) LEFT JOIN UNNEST(tags) WITH ORDINALITY AS t(tag, pos) ON TRUE ORDER BY user_id, pos
everyday_web-040 | SELECT user_id, tag FROM (VALUES (1, ARRAY['x', 'y']), (2, ARRAY['z'])) AS e(user_id, tags), UNNEST(tags) AS t(tag) ORDER BY 1, 2
everyday_web-041 | SELECT k, v FROM (VALUES MAP(ARRAY['a', 'b'], ARRAY[1, 2])) AS e(m) CROSS JOIN UNNEST(m) AS t(k, v) ORDER BY k
everyday_web-042 | SELECT e.id, h.name, h.value FROM (VALUES (1, MAP(ARRAY['Host', 'Accept'], ARRAY['x.com', '*/*']))) AS e(id, headers) CROSS JOIN UNNEST(headers) AS h(name, value) ORDER BY h.name
everyday_web-043 | SELECT user_id, ts, page, lead(page) OVER (PARTITION BY user_id ORDER BY ts) AS next_page, lead(page, 2, 'exit') OVER (PARTITION BY user_id ORDER BY ts) AS after_next FROM (VALUES (1, 1, 'a'), (1, 2, 'b'), (1, 3, 'c'), (2, 1, 'a')) AS t(user_id, ts, page) ORDER BY user_id, ts
everyday_web-044 | SELECT user_id, page, row_number() OVER (PARTITION BY user_id ORDER BY ts DESC) AS rn FROM (VALUES (1, 1, 'a'), (1, 2, 'b'), (2, 1, 'a')) AS t(user_id, ts, page) ORDER BY user_id, rn
everyday_web-045 | SELECT * FROM (SELECT user_id, page, row_number() OVER (PARTITION BY user_id ORDER BY ts DESC) AS rn FROM (VALUES (1, 1, 'a'), (1, 2, 'b'), (2, 1, 'a')) AS t(user_id, ts, page)) WHERE rn = 1 ORDER BY user_id
everyday_web-046 | SELECT source, medium, count(*) AS sessions, sum(revenue) AS revenue, grouping(source, medium) AS level FROM (VALUES ('google', 'cpc', 10.5), ('google', 'organic', 0.0), ('mail', 'email', 3.25)) AS t(source, medium, revenue) GROUP BY ROLLUP (source, medium) ORDER BY level, source, medium
everyday_web-047 | SELECT coalesce(country, 'all') AS country, coalesce(device, 'all') AS device, count(*) AS n FROM (VALUES ('DE', 'mobile'), ('DE', 'desktop'), ('FR', 'mobile')) AS t(country, device) GROUP BY CUBE (country, device) ORDER BY 1, 2
everyday_web-048 | SELECT country, sum(CASE WHEN device = 'mobile' THEN 1 ELSE 0 END) AS mobile, sum(CASE WHEN device = 'desktop' THEN 1 ELSE 0 END) AS desktop, count_if(device = 'tablet') AS tablet FROM (VALUES ('DE', 'mobile'), ('DE', 'desktop'), ('FR', 'mobile')) AS t(country, device) GROUP BY country ORDER BY country
everyday_web-049 | SELECT country, sum(1) FILTER (WHERE device = 'tablet') AS tablet FROM (VALUES ('DE', 'mobile'), ('FR', 'mobile')) AS t(country, device) GROUP BY country ORDER BY country
everyday_web-050 | SELECT a, b, count(*) AS together FROM (SELECT x.p AS a, y.p AS b FROM (VALUES (1, 'milk'), (1, 'bread'), (2, 'milk'), (2, 'bread'), (2, 'eggs')) AS x(o, p) JOIN (VALUES (1, 'milk'), (1, 'bread'), (2, 'milk'), (2, 'bread'), (2, 'eggs')) AS y(o, p) ON x.o = y.o AND x.p < y.p) GROUP BY a, b ORDER BY together DESC, a, b
everyday_web-051 | SELECT lower(trim(email)) AS email, split_part(email, '@', 2) AS domain, regexp_like(email, '^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}$') AS valid FROM (VALUES 'Ann@Example.com ', 'bob@site', 'c.d@x.io') AS t(email) ORDER BY 1
everyday_web-052 | SELECT concat(substr(email, 1, 1), '***', substr(email, strpos(email, '@'))) AS masked FROM (VALUES 'ann@example.com') AS t(email)
everyday_web-053 | SELECT to_hex(md5(to_utf8('ann@example.com'))) AS hash, to_hex(sha256(to_utf8('ann'))) AS sha, lower(to_hex(sha1(to_utf8('')))) AS empty
everyday_web-054 | SELECT to_base64(to_utf8('user:pass')) AS token, from_utf8(from_base64('dXNlcjpwYXNz')) AS plain, to_base64url(to_utf8('??>>')) AS url
everyday_web-055 | SELECT user_id, date_diff('day', min(d), max(d)) + 1 AS span, count(DISTINCT d) AS active FROM (VALUES (1, DATE '2024-01-01'), (1, DATE '2024-01-05'), (2, DATE '2024-02-28'), (2, DATE '2024-03-01')) AS t(user_id, d) GROUP BY user_id ORDER BY user_id
everyday_web-056 | WITH d(u, day) AS (VALUES (1, DATE '2024-01-01'), (1, DATE '2024-01-02'), (1, DATE '2024-01-04'), (1, DATE '2024-01-05'), (1, DATE '2024-01-06')), g AS (SELECT u, day, date_add('day', -CAST(row_number() OVER (PARTITION BY u ORDER BY day) AS integer), day) AS island FROM d) SELECT u, min(day) AS first_day, max(day) AS last_day, count(*) AS days FROM g GROUP BY u, island ORDER BY first_day
everyday_web-057 | WITH d(u, day) AS (VALUES (1, DATE '2024-01-01'), (1, DATE '2024-01-02'), (1, DATE '2024-01-04')) SELECT u, day - row_number() OVER (PARTITION BY u ORDER BY day) * INTERVAL '1' DAY AS island FROM d ORDER BY day
everyday_web-058 | SELECT date_trunc('hour', ts) AS h, count(*) AS n, count(*) * 100.0 / sum(count(*)) OVER () AS pct FROM (VALUES TIMESTAMP '2024-01-01 10:15:00', TIMESTAMP '2024-01-01 10:45:00', TIMESTAMP '2024-01-01 11:05:00') AS t(ts) GROUP BY 1 ORDER BY 1
everyday_web-059 | SELECT format_datetime(ts, 'EEEE') AS weekday, hour(ts) AS h, count(*) AS n FROM (VALUES TIMESTAMP '2024-01-01 10:15:00', TIMESTAMP '2024-01-07 10:45:00') AS t(ts) GROUP BY 1, 2 ORDER BY 1
everyday_web-060 | SELECT from_unixtime(1709287200) AS ts, to_unixtime(TIMESTAMP '2024-03-01 10:00:00') AS epoch
everyday_web-061 | SELECT from_unixtime(1709287200123 / 1000.0) AS ts, from_unixtime(1709287200, 'Europe/Berlin') AS local
everyday_web-062 | SELECT date(from_unixtime(1709287200123 / 1000)) AS d, CAST(from_unixtime(0) AS date) AS epoch
everyday_web-063 | SELECT DATE(TIMESTAMP '2024-03-01 23:59:59') AS d, CAST('2024-03-01' AS date) + INTERVAL '1' MONTH AS next_month
everyday_web-064 | SELECT count(*) AS n FROM (VALUES ('a', 1), ('b', 2)) AS t(u, x) WHERE u IN (SELECT v FROM (VALUES 'a', NULL) AS s(v))
everyday_web-065 | SELECT u FROM (VALUES 'a', 'b') AS t(u) WHERE u NOT IN (SELECT v FROM (VALUES 'a', NULL) AS s(v))
everyday_web-066 | SELECT u FROM (VALUES 'a', 'b') AS t(u) WHERE NOT EXISTS (SELECT 1 FROM (VALUES 'a', NULL) AS s(v) WHERE s.v = t.u)
everyday_web-067 | SELECT user_id, sum(amount) AS total, rank() OVER (ORDER BY sum(amount) DESC) AS r, dense_rank() OVER (ORDER BY sum(amount) DESC) AS dr FROM (VALUES (1, 10), (2, 20), (3, 20), (4, 5)) AS t(user_id, amount) GROUP BY user_id ORDER BY r, user_id
everyday_web-068 | SELECT ntile(4) OVER (ORDER BY x) AS q, x, percent_rank() OVER (ORDER BY x) AS pr, cume_dist() OVER (ORDER BY x) AS cd FROM (VALUES 1, 2, 3, 4, 5) AS t(x) ORDER BY x
everyday_web-069 | SELECT a.variant, count(*) AS n, avg(CAST(a.converted AS double)) AS rate, stddev(CAST(a.converted AS integer)) AS sd FROM (VALUES ('A', true), ('A', false), ('B', true), ('B', true)) AS a(variant, converted) GROUP BY 1 ORDER BY 1
everyday_web-070 | SELECT variant, avg(CAST(converted AS integer)) AS rate, sum(CAST(converted AS bigint)) AS conversions FROM (VALUES ('A', true), ('A', false), ('B', true)) AS a(variant, converted) GROUP BY variant ORDER BY variant
everyday_web-071 | SELECT bool_or(converted) AS some, every(converted) AS each, bool_and(converted) AS both FROM (VALUES true, false, NULL) AS t(converted)
everyday_web-072 | SELECT arbitrary(page) AS p, any_value(page) AS q FROM (VALUES '/only') AS t(page)
everyday_web-073 | SELECT user_id, first_value(page) OVER w AS landing, last_value(page) OVER (PARTITION BY user_id ORDER BY ts ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS exit_page FROM (VALUES (1, 1, 'a'), (1, 2, 'b')) AS t(user_id, ts, page) WINDOW w AS (PARTITION BY user_id ORDER BY ts) ORDER BY ts
everyday_web-074 | SELECT user_id, nth_value(page, 2) OVER (PARTITION BY user_id ORDER BY ts ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS second_page FROM (VALUES (1, 1, 'a'), (1, 2, 'b'), (2, 1, 'c')) AS t(user_id, ts, page) ORDER BY user_id, ts
everyday_web-075 | SELECT last_value(referrer) IGNORE NULLS OVER (PARTITION BY u ORDER BY ts) AS attributed, ts FROM (VALUES (1, 1, 'google'), (1, 2, NULL), (1, 3, NULL), (1, 4, 'mail')) AS t(u, ts, referrer) ORDER BY ts
everyday_web-076 | SELECT lag(referrer) IGNORE NULLS OVER (ORDER BY ts) AS prev, ts FROM (VALUES (1, 'google'), (2, NULL), (3, NULL), (4, 'mail')) AS t(ts, referrer) ORDER BY ts
everyday_web-077 | SELECT regexp_replace('/users/12345/orders/67890', '\d+', ':id') AS route
everyday_web-078 | SELECT regexp_replace('/p/AbC', '[A-Z]', x -> '_' || lower(x[0]))
everyday_web-079 | SELECT regexp_replace('new   york', '(\w)(\w*)', x -> upper(x[1]) || lower(x[2])) AS title
everyday_web-080 | SELECT regexp_split('a, b;c', '[,;]\s*') AS parts, regexp_count('banana', 'an') AS n, regexp_position('abc123', '\d') AS pos
everyday_web-081 | SELECT regexp_extract('price: 12.50 EUR', '(?<amount>\d+\.\d+)', 1) AS amount, regexp_extract('foobar', 'foo(?=bar)') AS ahead, regexp_extract('xbar', '(?<!foo)bar') AS behind
everyday_web-082 | SELECT regexp_replace('2024-03-01', '(\d{4})-(\d{2})-(\d{2})', '$3.$2.$1') AS german
everyday_web-083 | SELECT regexp_replace('John Smith', '(?<first>\w+) (?<last>\w+)', '${last}, ${first}') AS name
everyday_web-084 | SELECT count(DISTINCT (user_id, page)) AS pairs FROM (VALUES (1, 'a'), (1, 'a'), (2, 'a')) AS t(user_id, page)
everyday_web-085 | SELECT page, count(*) AS n FROM (VALUES 'a', 'b', 'a') AS t(page) GROUP BY page HAVING count(*) > 1
everyday_web-086 | SELECT page FROM (VALUES 'a', 'b', 'a') AS t(page) GROUP BY page HAVING n > 1
everyday_web-087 | SELECT page, count(*) AS n FROM (VALUES 'a', 'b', 'a') AS t(page) WHERE n > 1 GROUP BY page
everyday_web-088 | SELECT upper(page) AS p, count(*) FROM (VALUES 'a', 'b', 'a') AS t(page) GROUP BY p
everyday_web-089 | SELECT page, user_id, count(*) FROM (VALUES ('a', 1)) AS t(page, user_id) GROUP BY page
everyday_web-090 | SELECT date_format(from_unixtime(1709287200), '%Y-%m-%d %H:%i:%s') AS ts
everyday_web-091 | SELECT date_parse('01/Mar/2024:10:00:00', '%d/%b/%Y:%H:%i:%s') AS ts
everyday_web-092 | SELECT parse_datetime('01/Mar/2024:10:00:00 +0100', 'dd/MMM/yyyy:HH:mm:ss Z') AS ts
everyday_web-093 | SELECT from_iso8601_timestamp('2024-03-01T10:00:00Z') AS ts, from_iso8601_timestamp('2024-03-01T10:00:00.123+01:00') AT TIME ZONE 'UTC' AS utc, from_iso8601_date('2024-W09-5') AS d
everyday_web-094 | SELECT CAST(from_iso8601_timestamp('2024-03-01T10:00:00Z') AS timestamp) AS ts, to_iso8601(TIMESTAMP '2024-03-01 10:00:00.123') AS iso
everyday_web-095 | SELECT from_iso8601_timestamp('2024-03-01T23:30:00Z') AT TIME ZONE 'America/New_York' AS ny, CAST(from_iso8601_timestamp('2024-03-01T01:30:00Z') AT TIME ZONE 'America/New_York' AS date) AS ny_date
everyday_web-096 | WITH RECURSIVE path(n, p) AS (SELECT 1, CAST('/home' AS varchar) UNION ALL SELECT n + 1, p || '/' || CAST(n AS varchar) FROM path WHERE n < 4) SELECT * FROM path ORDER BY n
everyday_web-097 | WITH RECURSIVE tree(id, parent, depth) AS (SELECT id, parent, 0 FROM (VALUES (1, NULL), (2, 1), (3, 2)) AS c(id, parent) WHERE parent IS NULL UNION ALL SELECT c.id, c.parent, depth + 1 FROM (VALUES (1, NULL), (2, 1), (3, 2)) AS c(id, parent) JOIN tree ON c.parent = tree.id) SELECT id, depth FROM tree ORDER BY id
everyday_web-098 | SELECT width_bucket(ms, 0, 100, 4) AS bucket, count(*) AS n FROM (VALUES 5.0, 30.0, 55.0, 150.0) AS t(ms) GROUP BY 1 ORDER BY 1
everyday_web-099 | SELECT width_bucket(x, ARRAY[0, 10, 100]) AS bucket, x FROM (VALUES -1.0, 5.0, 50.0, 500.0) AS t(x) ORDER BY x
everyday_web-100 | SELECT user_id, transform(pages, p -> upper(p)) AS up, filter(pages, p -> p <> '/') AS real, reduce(pages, 0, (s, p) -> s + length(p), s -> s) AS chars FROM (VALUES (1, ARRAY['/', '/a', '/bc'])) AS t(user_id, pages)
everyday_web-101 | SELECT array_position(path, '/cart') < array_position(path, '/pay') AS ok, contains(path, '/pay') AS paid FROM (VALUES (ARRAY['/home', '/cart', '/pay'])) AS t(path)
everyday_web-102 | SELECT slice(path, 1, 2) AS head, slice(path, -2, 2) AS tail, path[1] AS landing, element_at(path, -1) AS exit_page, cardinality(path) AS n FROM (VALUES (ARRAY['/home', '/cart', '/pay'])) AS t(path)
everyday_web-103 | SELECT path[4] FROM (VALUES (ARRAY['/home', '/cart', '/pay'])) AS t(path)
everyday_web-104 | SELECT ngrams(ARRAY['a', 'b', 'c', 'd'], 2) AS pairs, array_join(ARRAY['a', NULL, 'c'], ',', '-') AS joined
everyday_web-105 | SELECT zip(ARRAY['a', 'b'], ARRAY[1, 2, 3]) AS z, zip_with(ARRAY[1, 2], ARRAY[10, 20], (a, b) -> a * b) AS products
everyday_web-106 | SELECT flatten(array_agg(tags)) AS all_tags FROM (VALUES (ARRAY['a', 'b']), (ARRAY['c'])) AS t(tags)
everyday_web-107 | SELECT map_entries(histogram(x)) AS e FROM (VALUES 'only', 'only') AS t(x)
everyday_web-108 | SELECT transform_values(map_agg(k, v), (k, v) -> v * 2) AS m, map_keys(map_agg(k, v)) AS ks, map_values(map_agg(k, v)) AS vs FROM (VALUES ('a', 1)) AS t(k, v)
everyday_web-109 | SELECT try_cast(param AS integer) AS n, coalesce(try_cast(param AS integer), -1) AS m FROM (VALUES '12', 'x', '', NULL) AS t(param) ORDER BY param NULLS FIRST
everyday_web-110 | SELECT CAST(json_parse('{"a":1,"b":2}') AS map(varchar, integer)) AS m, json_format(CAST(MAP(ARRAY['k'], ARRAY[1]) AS json)) AS j
everyday_web-111 | SELECT normalize('é') = 'é' AS same, length('é😀') AS chars, length(to_utf8('é😀')) AS bytes
everyday_web-112 | SELECT levenshtein_distance('kitten', 'sitting') AS d, hamming_distance('karolin', 'kathrin') AS h, soundex('Robert') AS s
everyday_web-113 | SELECT count(*) FILTER (WHERE x > 1) * 1.0 / nullif(count(*), 0) AS share FROM (VALUES 1, 2, 3) AS t(x)
everyday_web-114 | SELECT approx_distinct(x, 0.01) AS n FROM (VALUES 1, 2, 3) AS t(x)
everyday_web-115 | SELECT xxhash64(to_utf8('session-1')) AS h, to_hex(xxhash64(to_utf8('session-1'))) AS hx, crc32(to_utf8('abc')) AS c
everyday_web-116 | SELECT mod(from_big_endian_64(xxhash64(to_utf8('user-17'))), 100) AS bucket
everyday_web-117 | SELECT from_hex('48656C6C6F') AS b, from_utf8(from_hex('48656c6c6f')) AS s, to_hex(from_base64('AQID')) AS h
everyday_web-118 | SELECT split('a||b', '|') AS parts, split('a,b,c', ',', 2) AS two, cardinality(split('', ',')) AS n
everyday_web-119 | SELECT translate('a-b_c', '-_', '  ') AS t, replace('a  b', '  ', ' ') AS r, replace('abc', 'b') AS d
everyday_web-120 | SELECT lpad('7', 3, '0') AS l, rpad('7', 3, '.') AS r, lpad('12345', 3, '0') AS cut
everyday_web-121 | SELECT starts_with('/products/1', '/products') AS s, position('b' IN 'abc') AS p, strpos('a/b/c', '/', 2) AS q, strpos('abc', 'z') AS none
everyday_web-122 | SELECT split_part('a.b.c', '.', 5) IS NULL AS missing, split_part('abc', '.', 1) AS whole
everyday_web-123 | SELECT word, count(*) AS n FROM (VALUES 'the cat', 'The dog') AS t(s) CROSS JOIN UNNEST(regexp_extract_all(lower(s), '\w+')) AS w(word) GROUP BY word ORDER BY n DESC, word LIMIT 2
everyday_web-124 | SELECT is_json_scalar('1') AS a, json_size('{"x":{"a":1,"b":2}}', '$.x') AS n, json_array_contains('[1,2,3]', 2) AS c, json_array_get('["a","b"]', 0) AS g
everyday_web-125 | SELECT json_query('{"a":[1,2]}', 'lax $.a[*]' WITH ARRAY WRAPPER) AS q, json_value('{"a":"x"}', 'lax $.a') AS v, json_exists('{"a":null}', 'strict $.a') AS e
everyday_web-126 | SELECT json_extract_scalar('{"a.b":{"c":1}}', '$["a.b"].c') AS v, json_extract('{"a":[{"b":1},{"b":2}]}', '$.a[1].b') AS w, json_extract_scalar('{"a":[1]}', '$.a') AS none
