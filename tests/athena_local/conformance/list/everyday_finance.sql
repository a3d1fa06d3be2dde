everyday_finance-001 | SELECT 10.25 * 3 AS a, 10.25 / 3 AS b, 10.250 + 0.75 AS c, 1.1 - 0.1 AS d
everyday_finance-002 | SELECT DECIMAL '100.00' * DECIMAL '0.19' AS vat, typeof(DECIMAL '100.00' * DECIMAL '0.19')
everyday_finance-003 | SELECT typeof(1.10 / 3), typeof(1.10 + 2), typeof(1.5 * 2E0), typeof(sum(x)), typeof(avg(x)) FROM (VALUES 1.10) AS t(x)
everyday_finance-004 | SELECT round(10.255, 2) AS r, round(CAST(10.255 AS double), 2) AS d, round(-10.255, 2) AS n, round(2.5) AS h
everyday_finance-005 | SELECT CAST(10 AS decimal(10, 2)) / 3 AS third, CAST(1 AS decimal(38, 10)) / 3 AS wide
everyday_finance-006 | SELECT CAST(99999999999999999999999999999999999999 AS decimal(38, 0)) + 1
everyday_finance-007 | SELECT DECIMAL '9999999999' * DECIMAL '9999999999' AS product
everyday_finance-008 | SELECT sum(amount) AS total, avg(amount) AS mean, count(*) AS n FROM (VALUES DECIMAL '10.10', DECIMAL '20.25', DECIMAL '0.01') AS t(amount)
everyday_finance-009 | SELECT account, sum(CASE WHEN kind = 'credit' THEN amount ELSE -amount END) AS balance FROM (VALUES ('a', 'credit', 100.50), ('a', 'debit', 40.25), ('b', 'credit', 5.00)) AS t(account, kind, amount) GROUP BY account ORDER BY account
everyday_finance-010 | SELECT account, d, amount, sum(amount) OVER (PARTITION BY account ORDER BY d) AS running FROM (VALUES ('a', DATE '2024-01-01', 10.50), ('a', DATE '2024-01-02', -3.25), ('a', DATE '2024-01-02', 1.00), ('b', DATE '2024-01-01', 7.00)) AS t(account, d, amount) ORDER BY account, d, amount
everyday_finance-011 | SELECT d, price, price / lag(price) OVER (ORDER BY d) - 1 AS ret FROM (VALUES (DATE '2024-01-01', 100.0), (DATE '2024-01-02', 101.5), (DATE '2024-01-03', 99.0)) AS t(d, price) ORDER BY d
everyday_finance-012 | SELECT d, price, round((price - lag(price) OVER (ORDER BY d)) * 100 / lag(price) OVER (ORDER BY d), 2) AS pct FROM (VALUES (DATE '2024-01-01', 100E0), (DATE '2024-01-02', 101.5E0)) AS t(d, price) ORDER BY d
everyday_finance-013 | SELECT ln(price / lag(price) OVER (ORDER BY d)) AS log_ret FROM (VALUES (1, 100E0), (2, 105E0)) AS t(d, price) ORDER BY d
everyday_finance-014 | SELECT exp(sum(ln(1 + r))) - 1 AS compound FROM (VALUES 0.01E0, 0.02E0, -0.005E0) AS t(r)
everyday_finance-015 | SELECT date_trunc('quarter', d) AS q, sum(amount) AS total FROM (VALUES (DATE '2024-01-15', 10.0), (DATE '2024-03-31', 5.5), (DATE '2024-04-01', 1.0)) AS t(d, amount) GROUP BY 1 ORDER BY 1
everyday_finance-016 | SELECT year(d) AS y, quarter(d) AS q, month(d) AS m, sum(v) AS s FROM (VALUES (DATE '2024-01-15', 10), (DATE '2024-05-31', 5)) AS t(d, v) GROUP BY GROUPING SETS ((year(d)), (year(d), quarter(d)), (year(d), quarter(d), month(d))) ORDER BY 1, 2 NULLS FIRST, 3 NULLS FIRST
everyday_finance-017 | SELECT year(d) AS y, quarter(d) AS q, sum(v) AS s FROM (VALUES (DATE '2024-01-15', 10), (DATE '2024-05-31', 5)) AS t(d, v) GROUP BY ROLLUP (1, 2) ORDER BY 1 NULLS LAST, 2 NULLS LAST
everyday_finance-018 | SELECT region, product, sum(v) AS s, grouping(region) AS gr, grouping(product) AS gp FROM (VALUES ('N', 'x', 1), ('N', 'y', 2), ('S', 'x', 3)) AS t(region, product, v) GROUP BY GROUPING SETS ((region, product), (region), ()) ORDER BY gr, gp, region, product
everyday_finance-019 | SELECT region, sum(v) AS s FROM (VALUES ('N', 1), ('S', 2)) AS t(region, v) GROUP BY GROUPING SETS (region, ()) ORDER BY region NULLS LAST
everyday_finance-020 | SELECT sum(v) AS s FROM (VALUES ('N', 1), ('S', 2)) AS t(region, v) GROUP BY ()
everyday_finance-021 | SELECT region, sum(v) * 100.0 / sum(sum(v)) OVER () AS share FROM (VALUES ('N', 1), ('S', 3)) AS t(region, v) GROUP BY region ORDER BY region
everyday_finance-022 | SELECT region, v, v * 1.0 / sum(v) OVER (PARTITION BY region) AS share FROM (VALUES ('N', 1), ('N', 3), ('S', 2)) AS t(region, v) ORDER BY region, v
everyday_finance-023 | SELECT month, revenue, sum(revenue) OVER (ORDER BY month) AS ytd, avg(revenue) OVER (ORDER BY month ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS ma3 FROM (VALUES (1, 10.0), (2, 20.0), (3, 30.0), (4, 40.0)) AS t(month, revenue) ORDER BY month
everyday_finance-024 | SELECT q, sum(CASE WHEN y = 2023 THEN v END) AS y2023, sum(CASE WHEN y = 2024 THEN v END) AS y2024, sum(CASE WHEN y = 2024 THEN v END) - sum(CASE WHEN y = 2023 THEN v END) AS diff FROM (VALUES (2023, 1, 5), (2024, 1, 8), (2023, 2, 1)) AS t(y, q, v) GROUP BY q ORDER BY q
everyday_finance-025 | SELECT CAST(1234567.891 AS decimal(12, 2)) AS d, format('%,.2f', 1234567.891) AS s, format('%,d', 1234567) AS i, format('$%,.2f', CAST(-1234.5 AS decimal(10,2))) AS c
everyday_finance-026 | SELECT CAST(CAST(0.1 AS double) + 0.2 AS varchar) AS s, 0.1 + 0.2 = 0.3 AS dec_equal, 0.1E0 + 0.2E0 = 0.3E0 AS dbl_equal
everyday_finance-027 | SELECT CAST(12.50 AS varchar) AS a, CAST(1E7 AS varchar) AS b, CAST(1E-4 AS varchar) AS c, CAST(100E0 AS varchar) AS d, CAST(0.001E0 AS varchar) AS e
everyday_finance-028 | SELECT CAST(1234.5 AS integer) AS a, CAST(DECIMAL '-0.50' AS integer) AS b, CAST(true AS integer) AS c, CAST(0 AS boolean) AS d, CAST('t' AS boolean) AS e
everyday_finance-029 | SELECT truncate(-12.789) AS t, truncate(12.789, 2) AS t2, round(12345, -3) AS k, round(-0.4) AS z, ceil(-0.5) AS c
everyday_finance-030 | SELECT power(1 + 0.05 / 12, 12) AS apy, 1000 * power(1.05, 10) AS fv
everyday_finance-031 | SELECT 250000 * (0.04 / 12) / (1 - power(1 + 0.04 / 12, -360)) AS payment
everyday_finance-032 | WITH RECURSIVE sched(n, bal) AS (SELECT 0, CAST(1000.00 AS decimal(12, 2)) UNION ALL SELECT n + 1, CAST(bal * 1.01 - 100 AS decimal(12, 2)) FROM sched WHERE n < 5) SELECT n, bal FROM sched ORDER BY n
everyday_finance-033 | WITH RECURSIVE fib(n, a, b) AS (VALUES (1, 0, 1) UNION ALL SELECT n + 1, b, a + b FROM fib WHERE n < 10) SELECT n, a FROM fib ORDER BY n
everyday_finance-034 | WITH RECURSIVE t(n) AS (VALUES 1 UNION ALL SELECT n + 1 FROM t WHERE n < 20) SELECT count(*) FROM t
everyday_finance-035 | SELECT approx_percentile(amount, 0.5) AS med FROM (VALUES 10E0, 20E0, 30E0) AS t(amount)
everyday_finance-036 | SELECT approx_percentile(amount, 2, 0.5) AS med FROM (VALUES 10, 20, 30) AS t(amount)
everyday_finance-037 | SELECT approx_percentile(amount, 1.5) FROM (VALUES 10, 20, 30) AS t(amount)
everyday_finance-038 | SELECT customer, amount, ntile(3) OVER (ORDER BY amount DESC) AS tier FROM (VALUES ('a', 5), ('b', 50), ('c', 20), ('d', 1)) AS t(customer, amount) ORDER BY amount DESC
everyday_finance-039 | SELECT customer, recency, ntile(2) OVER (ORDER BY recency) * 10 + ntile(2) OVER (ORDER BY money) AS rfm FROM (VALUES ('a', 5, 100), ('b', 50, 10), ('c', 20, 70)) AS t(customer, recency, money) ORDER BY customer
everyday_finance-040 | WITH s AS (SELECT customer, amount, sum(amount) OVER (ORDER BY amount DESC ROWS UNBOUNDED PRECEDING) AS cum, sum(amount) OVER () AS total FROM (VALUES ('a', 70), ('b', 20), ('c', 10)) AS t(customer, amount)) SELECT customer, CASE WHEN cum - amount < 0.7 * total THEN 'A' WHEN cum - amount < 0.9 * total THEN 'B' ELSE 'C' END AS class FROM s ORDER BY amount DESC
everyday_finance-041 | SELECT d FROM UNNEST(sequence(DATE '2024-12-28', DATE '2025-01-03')) AS t(d) WHERE day_of_week(d) < 6 ORDER BY d
everyday_finance-042 | SELECT count_if(day_of_week(d) NOT IN (6, 7)) AS workdays FROM UNNEST(sequence(DATE '2024-03-01', DATE '2024-03-31')) AS t(d)
everyday_finance-043 | SELECT last_day_of_month(DATE '2024-02-10') AS eom, date_add('day', -1, date_trunc('month', DATE '2024-03-15')) AS prev_eom, date_trunc('month', DATE '2024-03-15') + INTERVAL '1' MONTH - INTERVAL '1' DAY AS eom2
everyday_finance-044 | SELECT date_diff('month', DATE '2024-01-31', DATE '2024-02-29') AS m, date_diff('year', DATE '2020-02-29', DATE '2024-02-28') AS y, date_diff('day', DATE '2024-02-28', DATE '2024-03-01') AS d
everyday_finance-045 | SELECT date_diff('day', TIMESTAMP '2024-01-01 23:00:00', TIMESTAMP '2024-01-02 22:59:59') AS zero, date_diff('hour', TIMESTAMP '2024-01-01 00:59:59', TIMESTAMP '2024-01-01 02:00:00') AS one
everyday_finance-046 | SELECT date_add('month', 1, DATE '2024-01-31') AS feb, date_add('year', 1, DATE '2024-02-29') AS y, date_add('quarter', -1, DATE '2024-05-31') AS q, date_add('week', 2, DATE '2024-05-31') AS w
everyday_finance-047 | SELECT DATE '2024-01-31' + INTERVAL '1' MONTH AS feb, DATE '2024-03-31' - INTERVAL '1' MONTH AS b, TIMESTAMP '2024-01-31 10:00' + INTERVAL '13' MONTH AS t
everyday_finance-048 | SELECT CASE WHEN month(d) >= 4 THEN year(d) ELSE year(d) - 1 END AS fiscal_year, sum(v) AS s FROM (VALUES (DATE '2024-03-31', 1), (DATE '2024-04-01', 2)) AS t(d, v) GROUP BY 1 ORDER BY 1
everyday_finance-049 | SELECT concat('FY', substr(CAST(year(DATE '2024-04-01') AS varchar), 3), '-Q', CAST(quarter(DATE '2024-04-01') AS varchar)) AS label
everyday_finance-050 | SELECT week(DATE '2024-12-30') AS w, year_of_week(DATE '2024-12-30') AS yw, yow(DATE '2021-01-01') AS y, day_of_year(DATE '2024-12-31') AS doy, dow(DATE '2024-12-29') AS dow
everyday_finance-051 | SELECT a.id, a.amount, b.amount AS paid FROM (VALUES (1, 10.00), (2, 20.00)) AS a(id, amount) FULL OUTER JOIN (VALUES (2, 20.00), (3, 5.00)) AS b(id, amount) ON a.id = b.id ORDER BY coalesce(a.id, b.id)
everyday_finance-052 | SELECT id, a.v AS x, b.v AS y FROM (VALUES (1, 10), (2, 20)) AS a(id, v) FULL JOIN (VALUES (2, 25), (3, 5)) AS b(id, v) USING (id) ORDER BY id
everyday_finance-053 | SELECT a.id FROM (VALUES 1, 2) AS a(id) LEFT JOIN (VALUES 2) AS b(id) ON a.id = b.id WHERE b.id IS NULL
everyday_finance-054 | SELECT t.ts, t.px, q.bid FROM (VALUES (5, 10.0)) AS t(ts, px) JOIN (SELECT ts AS qts, bid, lead(ts, 1, 999) OVER (ORDER BY ts) AS until_ts FROM (VALUES (1, 9.8), (4, 9.9), (7, 10.1)) AS s(ts, bid)) AS q ON t.ts >= q.qts AND t.ts < q.until_ts
everyday_finance-055 | SELECT currency, amount * rate AS eur FROM (VALUES ('USD', 100.00), ('GBP', 50.00)) AS t(currency, amount) JOIN (VALUES ('USD', 0.9200), ('GBP', 1.1700)) AS r(currency, rate) USING (currency) ORDER BY currency
everyday_finance-056 | SELECT t.*, r.rate FROM (VALUES ('USD', 100.00)) AS t(currency, amount) JOIN (VALUES ('USD', 0.92)) AS r(currency, rate) ON t.currency = r.currency
everyday_finance-057 | SELECT currency FROM (VALUES ('USD', 100.00)) AS t(currency, amount) JOIN (VALUES ('USD', 0.92)) AS r(currency, rate) ON t.currency = r.currency
everyday_finance-058 | SELECT amount FROM (VALUES 10.5, 20) AS t(amount) ORDER BY amount
everyday_finance-059 | SELECT amount FROM (VALUES 1, 2.50, 3E0) AS t(amount) ORDER BY amount
everyday_finance-060 | SELECT coalesce(NULL, 1, 2.5) AS c, nullif(1, 1) AS n, nullif(1.0, 2) AS m, coalesce('a', NULL) AS s
everyday_finance-061 | SELECT sum(amount) FILTER (WHERE kind = 'refund') AS refunds, coalesce(sum(amount) FILTER (WHERE kind = 'fee'), 0) AS fees FROM (VALUES ('refund', 5.00), ('sale', 10.00)) AS t(kind, amount)
everyday_finance-062 | SELECT count(*) AS n, count(x) AS nn, count(DISTINCT x) AS d, sum(DISTINCT x) AS sd, avg(DISTINCT x) AS ad FROM (VALUES 1, 1, 3, NULL) AS t(x)
everyday_finance-063 | SELECT regexp_like('DE89370400440532013000', '^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$') AS iban, regexp_replace('4111111111111111', '\d(?=\d{4})', '*') AS card
everyday_finance-064 | SELECT regexp_replace('4111111111111111', '(\d{4})(?=\d)', '$1 ') AS grouped
everyday_finance-065 | SELECT regexp_replace('1.234.567,89', '[.]', '') AS s, CAST(replace(replace('1.234,56', '.', ''), ',', '.') AS decimal(10, 2)) AS v
everyday_finance-066 | SELECT try_cast(replace('$1,234.50', '$', '') AS decimal(10,2)) AS bad, try_cast(regexp_replace('$1,234.50', '[^0-9.]') AS decimal(10,2)) AS good
everyday_finance-067 | SELECT CAST('12.345' AS decimal(5, 2)) AS r, try_cast('12345.6' AS decimal(5, 2)) AS over
everyday_finance-068 | SELECT CAST('12,34' AS decimal(5, 2))
everyday_finance-069 | SELECT reduce(transform(filter(split('4539578763621486', ''), c -> c <> ''), c -> CAST(c AS integer)), 0, (s, x) -> s + x, s -> s) AS digits
everyday_finance-070 | SELECT luhn_check('79927398713') AS good, luhn_check('79927398714') AS bad
everyday_finance-071 | SELECT reverse('12345') AS r, to_base(mod(98 - 10, 97), 10) AS b, lpad(CAST(98 - mod(321400000, 97) AS varchar), 2, '0') AS check_digits
everyday_finance-072 | SELECT CAST(json_extract(doc, '$.lines') AS array(row(sku varchar, qty integer, price decimal(8,2)))) AS lines FROM (VALUES '{"lines":[{"sku":"a","qty":2,"price":"1.50"}]}') AS t(doc)
everyday_finance-073 | SELECT l.sku, l.qty * l.price AS line_total FROM (VALUES '{"lines":[{"sku":"a","qty":2,"price":1.5},{"sku":"b","qty":1,"price":3}]}') AS t(doc) CROSS JOIN UNNEST(CAST(json_extract(doc, '$.lines') AS array(row(sku varchar, qty integer, price double)))) AS l(sku, qty, price) ORDER BY l.sku
everyday_finance-074 | SELECT CAST(ROW(1, 'EUR', 9.99) AS row(id integer, cur varchar, amt decimal(5,2))).amt AS amt
everyday_finance-075 | SELECT ROW(1, 2) = ROW(1, 2) AS eq, ROW(1, 2) < ROW(1, 3) AS lt, (1, 'a') IN ((1, 'a'), (2, 'b')) AS m
everyday_finance-076 | SELECT max(ROW(amount, id)) AS top FROM (VALUES (1, 10.5), (2, 20.5)) AS t(id, amount)
everyday_finance-077 | SELECT map_agg(currency, total) AS totals FROM (SELECT currency, sum(amount) AS total FROM (VALUES ('EUR', 1.50), ('EUR', 2.00), ('USD', 9.99)) AS t(currency, amount) GROUP BY currency)
everyday_finance-078 | SELECT amount, rank() OVER (ORDER BY amount DESC) AS r, percent_rank() OVER (ORDER BY amount) AS p FROM (VALUES 10.5, 10.5, 3.2) AS t(amount) ORDER BY r, p
everyday_finance-079 | SELECT x, sum(x) OVER (ORDER BY x ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS rest, sum(x) OVER (ORDER BY x ROWS BETWEEN 1 FOLLOWING AND 2 FOLLOWING) AS ahead FROM (VALUES 1, 2, 3, 4) AS t(x) ORDER BY x
everyday_finance-080 | SELECT x, max(x) OVER (ORDER BY id ROWS UNBOUNDED PRECEDING) AS peak, x - max(x) OVER (ORDER BY id ROWS UNBOUNDED PRECEDING) AS drawdown FROM (VALUES (1, 10), (2, 15), (3, 12)) AS t(id, x) ORDER BY id
everyday_finance-081 | SELECT stddev_samp(r) * sqrt(252) AS vol, avg(r) / stddev(r) AS sharpe FROM (VALUES 0.01E0, -0.02E0, 0.015E0) AS t(r)
everyday_finance-082 | SELECT covar_samp(a, b) / var_samp(b) AS beta, regr_slope(a, b) AS slope, regr_r2(a, b) FROM (VALUES (0.01E0, 0.02E0), (0.03E0, 0.01E0), (-0.01E0, -0.02E0)) AS t(a, b)
everyday_finance-083 | SELECT min_by(price, ts) AS open, max(price) AS high, min(price) AS low, max_by(price, ts) AS close, sum(qty) AS volume, sum(price * qty) / sum(qty) AS vwap FROM (VALUES (1, 10.0, 5), (2, 11.0, 2), (3, 10.5, 3)) AS t(ts, price, qty)
everyday_finance-084 | SELECT date_trunc('minute', ts) AS m, arbitrary(price) AS p FROM (VALUES (TIMESTAMP '2024-01-01 09:30:15', 10.0)) AS t(ts, price) GROUP BY date_trunc('minute', ts)
everyday_finance-085 | SELECT normal_cdf(0, 1, 1.96) AS p, inverse_normal_cdf(0, 1, 0.975) AS z
everyday_finance-086 | SELECT wilson_interval_lower(10, 100, 1.96) AS lo, wilson_interval_upper(10, 100, 1.96) AS hi
everyday_finance-087 | SELECT e() AS e, pi() AS p, infinity() AS i
everyday_finance-088 | SELECT sum(x) FROM (VALUES 9223372036854775807, 1) AS t(x)
everyday_finance-089 | SELECT sum(x) AS s, avg(x) AS a FROM (VALUES CAST(2147483647 AS integer), 2147483647) AS t(x)
everyday_finance-090 | SELECT 9223372036854775807 + 1
everyday_finance-091 | SELECT 3000000 * 3000
everyday_finance-092 | SELECT CAST(3000000 AS bigint) * 3000 AS ok, abs(-2147483648) AS a, -(-5) AS n
everyday_finance-093 | SELECT amount FROM (VALUES '10.5', '9.5') AS t(amount) ORDER BY amount
everyday_finance-094 | SELECT sum(amount) FROM (VALUES '10.5', '9.5') AS t(amount)
everyday_finance-095 | SELECT amount > 5 FROM (VALUES '10.5', '9.5') AS t(amount)
everyday_finance-096 | SELECT amount || ' EUR' FROM (VALUES 10.5) AS t(amount)
everyday_finance-097 | SELECT CAST(amount AS varchar) || ' EUR' AS label FROM (VALUES 10.50) AS t(amount)
everyday_finance-098 | SELECT concat(CAST(10 AS varchar), ' ', 'EUR') AS a, concat('a', 1)
everyday_finance-099 | SELECT DATE '2024-01-01' + 1
everyday_finance-100 | SELECT DATE '2024-01-01' > '2023-12-31'
everyday_finance-101 | SELECT d FROM (VALUES DATE '2024-01-01') AS t(d) WHERE d = '2024-01-01'
everyday_finance-102 | SELECT d FROM (VALUES DATE '2024-01-01') AS t(d) WHERE d BETWEEN DATE '2023-01-01' AND CURRENT_DATE
everyday_finance-103 | SELECT d FROM (VALUES TIMESTAMP '2024-01-01 00:00:00') AS t(d) WHERE d >= DATE '2024-01-01'
everyday_finance-104 | SELECT cast('2024-13-01' AS date)
everyday_finance-105 | SELECT try_cast('2024-02-30' AS date) AS d, try(date_parse('2024-02-30', '%Y-%m-%d')) AS p, try(CAST('x' AS integer)) AS i
everyday_finance-106 | SELECT year('2024-01-01')
everyday_finance-107 | SELECT date_trunc('fortnight', DATE '2024-01-01')
everyday_finance-108 | SELECT date_add('day', '1', DATE '2024-01-01')
everyday_finance-109 | SELECT avg(amount) FROM (VALUES NULL) AS t(amount)
everyday_finance-110 | SELECT sum(a + b) AS s FROM (VALUES (1, NULL), (2, 3)) AS t(a, b)
everyday_finance-111 | SELECT account, sum(amount) AS total FROM (VALUES ('a', 1)) AS t(account, amount) GROUP BY account ORDER BY sum(amount) DESC, account
everyday_finance-112 | SELECT account, sum(amount) AS total FROM (VALUES ('a', 1), ('b', -1)) AS t(account, amount) GROUP BY account ORDER BY abs(total), account
everyday_finance-113 | SELECT sum(sum(amount)) FROM (VALUES ('a', 1)) AS t(account, amount) GROUP BY account
everyday_finance-114 | SELECT amount FROM (VALUES 1, 2) AS t(amount) WHERE sum(amount) > 1
everyday_finance-115 | SELECT amount FROM (VALUES 1, 2) AS t(amount) WHERE row_number() OVER () = 1
everyday_finance-116 | SELECT account, amount, max(amount) FROM (VALUES ('a', 1)) AS t(account, amount) GROUP BY 1
everyday_finance-117 | SELECT DISTINCT account FROM (VALUES ('b', 1), ('a', 2), ('a', 3)) AS t(account, amount) ORDER BY account
everyday_finance-118 | SELECT DISTINCT account FROM (VALUES ('b', 1), ('a', 2)) AS t(account, amount) ORDER BY amount
everyday_finance-119 | SELECT (SELECT x FROM (VALUES 1, 2) AS t(x))
everyday_finance-120 | SELECT (SELECT x FROM (VALUES 1) AS t(x) WHERE x > 5) AS none
