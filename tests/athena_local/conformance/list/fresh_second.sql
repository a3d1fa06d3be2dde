fresh_second-001 | SELECT upper('ß'), lower('ΣΑΣ'), upper('ŉ'), lower('ẞ'), upper('i'), lower('Ⅷ')
fresh_second-002 | SELECT strpos('', 'a'), strpos('abc', 'abcd'), strpos('aaaa', 'aa', 2), strpos('ééé', 'é', -1), position('b' IN NULL)
fresh_second-003 | SELECT substring('hello' FROM -3), substring('hello' FROM 2 FOR 100), substr('hello', 2, -1), substr('hello', -10, 3), substr('', 1)
fresh_second-004 | SELECT lpad('hello', 2, 'x'), rpad('hello', 0, 'x'), lpad('', 3, 'ab')
fresh_second-005 | SELECT lpad('x', -1, 'a')
fresh_second-006 | SELECT rpad('x', 3, '')
fresh_second-007 | SELECT replace('aaa', 'aa', 'b'), replace('abc', 'b'), replace('', 'a', 'b'), replace('abc', '', 'x'), replace('a.b', '.', '')
fresh_second-008 | SELECT split('', 'x'), split('abc', 'abc'), split('a-b-c', '-', 1), split_part('a-b', '-', 5), split_part('abc', '', 2)
fresh_second-009 | SELECT split('a', '', 2)
fresh_second-010 | SELECT split_part('a,b', ',', -1)
fresh_second-011 | SELECT trim('  x  '), trim(TRAILING FROM ' x '), trim(LEADING 'x' FROM 'xxyxx'), ltrim(chr(160) || 'a'), length(trim(chr(10) || ' a' || chr(9)))
fresh_second-012 | SELECT translate('hello', 'el', 'ip'), translate('hello', 'l', ''), translate('', 'a', 'b'), translate('abc', 'abc', 'a')
fresh_second-013 | SELECT 'a' < 'B', 'Z' < 'a', 'é' > 'z', '10' < '9', '' < ' ', 'a' < 'aa', '😀' > 'ﬁ'
fresh_second-014 | SELECT greatest('apple', 'Banana', 'cherry'), least('é', 'e', 'z'), greatest(NULL, 'a'), least(true, false), greatest(DATE '2020-01-01', DATE '1960-12-31')
fresh_second-015 | SELECT codepoint('é'), chr(233) || chr(0x1F600), codepoint(CAST('A' AS varchar(1))), ascii('a')
fresh_second-016 | SELECT luhn_check('4242424242424242'), luhn_check('1234'), luhn_check(NULL)
fresh_second-017 | SELECT luhn_check('12a4')
fresh_second-018 | SELECT concat_ws(',', ARRAY['a', NULL, '']), concat_ws(NULL, 'a', 'b'), concat_ws('', 'a', 'b', 'c'), concat_ws(',', 'only')
fresh_second-019 | SELECT repeat('ab', 2), repeat(1, 0), repeat(ARRAY[1], 2)
fresh_second-020 | SELECT levenshtein_distance('abc', NULL), hamming_distance('a', 'b')
fresh_second-021 | SELECT hamming_distance('abc', 'ab')
fresh_second-022 | SELECT 'it''s' || ' "quoted"', U&'\00e9\+01F600', U&'#0041' UESCAPE '#', 'a' 'b'
fresh_second-023 | SELECT U&'\00g0'
fresh_second-024 | SELECT length(U&'\+01F600'), length(CAST('ab ' AS char(5))), CAST('a' AS char(3)) || 'b', length('tab' || chr(9))
fresh_second-025 | SELECT format('%s|%5s|%-5s|%S', 'é', '日', 'x', 'é'), format('%d%%', 50), format('%3$s %1$s %2$s', 'a', 'b', 'c')
fresh_second-026 | SELECT format('%,d', -1234567), format('%+,d', 1234567), format('%05d', -42), format('%x', -1), format('%o', 8)
fresh_second-027 | SELECT format('%.1f', 0.25e0), format('%.1f', 0.35e0), format('%.0f', 0.5e0), format('%,.3f', -9876.54321), format('%10.2f|', 3.14159), format('%-10.2f|', 2.5e0)
fresh_second-028 | SELECT format('%c', 65)
fresh_second-029 | SELECT format('%s %s', 'a')
fresh_second-030 | SELECT format('%s', NULL), format('%d', NULL), format('%s', ARRAY['a']), format('%s', ROW(1, 'a'))
fresh_second-031 | SELECT format('%s', 1e0), format('%s', REAL '1.5'), format('%s', 1.50), format('%s', TIME '10:11:12'), format('%s', true), format('%s', X'01')
fresh_second-032 | SELECT format('%s', TIMESTAMP '2024-01-01 00:00:00 UTC'), format('%s', JSON '{"a":1}'), format('%s', uuid '12151fd2-7586-11e9-8f9e-2a86e4085a59')
fresh_second-033 | SELECT format('%a', 1e0)
fresh_second-034 | SELECT format('%tH:%<tM', TIMESTAMP '2024-01-01 15:04:05'), format('%1$tA %1$te %1$tB', DATE '2024-02-29')
fresh_second-035 | SELECT regexp_extract('2024-02-29', '(\d{4})-(\d{2})-(\d{2})', 1), regexp_extract('key=', 'key=(.*)', 1), regexp_extract('', '.*'), regexp_extract('abc', '(x)?', 1)
fresh_second-036 | SELECT regexp_replace('2024-02-29', '(\d+)-(\d+)-(\d+)', '$3/$2/$1'), regexp_replace('aBc', '[A-Z]', '_'), regexp_replace('a  b   c', '\s+', ' '), regexp_replace('abc', '^|$', '|')
fresh_second-037 | SELECT regexp_replace('hello', '(?<first>h)', '${first}-'), regexp_replace('x1y2', '(\d)', m -> '<' || m[1] || '>'), regexp_replace('aaa', 'a*', 'b')
fresh_second-038 | SELECT regexp_like('foobar', '^foo'), regexp_like('', ''), regexp_like('a' || chr(10), 'a$'), regexp_like('ab', '(?x) a  b'), regexp_like('é', '\w'), regexp_like('é', '[[:alpha:]]'), regexp_like('é', '\p{L}')
fresh_second-039 | SELECT regexp_count('', 'a*'), regexp_count('abcabc', 'b.'), regexp_position('abcabc', 'c', 4), regexp_split('a1b2c', '\d'), regexp_split('abc', ''), regexp_extract_all('abc', '.')
fresh_second-040 | SELECT regexp_extract_all('a1b2', '([a-z])(\d)?', 2), regexp_extract_all('', 'a'), regexp_like(NULL, 'a'), regexp_like('a', NULL)
fresh_second-041 | SELECT regexp_like('abab', '^(ab)\1$'), regexp_like('foobar', 'foo(?!baz)'), regexp_like('price: $5', '\$\d'), regexp_replace('a\b', '\\', '/')
fresh_second-042 | SELECT regexp_extract('abc', '(?<!a)c'), regexp_like('ABC', '(?i)b'), regexp_replace('ABC', '(?i)b', 'x'), regexp_like('a.c', 'a\.c'), regexp_like('aXc', 'a\Q.\Ec')
fresh_second-043 | SELECT regexp_extract('abc', 'a(b', 1)
fresh_second-044 | SELECT regexp_extract('abc', 'b', -1)
fresh_second-045 | SELECT 'foo_bar' LIKE 'foo\_bar' ESCAPE '\', 'foo' LIKE 'FOO', 'abc' NOT LIKE '%z%', 'a' LIKE 'a%%', '' LIKE '', 'a' || chr(10) || 'b' LIKE 'a_b'
fresh_second-046 | SELECT 'a' LIKE NULL, NULL NOT LIKE 'a', 'é' LIKE '_', '😀' LIKE '_', 'ab' LIKE '_'
fresh_second-047 | SELECT to_utf8('é') || X'00', length(X''), substr(X'0a0b0c', -1), concat(X'01', X''), CAST('a' AS varbinary) = X'61'
fresh_second-048 | SELECT from_utf8(X'ff61'), from_utf8(X'e28c'), from_utf8(X'', '?'), from_utf8(X'80', '')
fresh_second-049 | SELECT to_hex(reverse(X'010203')), to_base64(X'ff'), from_base64('/w=='), to_base64url(X'fbff'), from_base64('aGk')
fresh_second-050 | SELECT to_base32(X'00'), from_base32('AA======'), to_hex(from_base32('mzxw6==='))
fresh_second-051 | SELECT from_base32('1')
fresh_second-052 | SELECT to_hex(sha512(to_utf8('a'))), to_hex(xxhash64(to_utf8('é'))), crc32(X''), to_hex(murmur3(X''))
fresh_second-053 | SELECT to_hex(hmac_sha1(X'', X'00')), to_hex(hmac_sha512(to_utf8('a'), to_utf8('b')))
fresh_second-054 | SELECT from_big_endian_32(X'80000000'), to_hex(to_big_endian_64(-1)), from_ieee754_64(X'7ff0000000000000'), to_hex(to_ieee754_32(REAL '-0.0'))
fresh_second-055 | SELECT from_big_endian_64(X'01')
fresh_second-056 | SELECT url_extract_parameter('http://x.y/p?a=1&b=%C3%A9&a=2', 'b'), url_extract_query('http://x.y?'), url_extract_path('http://x.y'), url_extract_protocol('HTTP://x.y'), url_extract_port('http://x.y:80/')
fresh_second-057 | SELECT url_extract_host('http://[::1]:8080/'), url_extract_fragment('http://x.y'), url_extract_host(NULL), url_extract_host('http://ex ample.com'), url_extract_host('ftp://user@host')
fresh_second-058 | SELECT url_encode('é=&?'), url_encode('a.b-c_d'), url_decode('%E2%82%AC+x'), url_encode(''), url_decode('a%2Bb')
fresh_second-059 | SELECT CAST('1.5' AS decimal(2,1)), CAST(' 1.5 ' AS double), CAST('.5' AS double), CAST('5.' AS decimal(3,1)), CAST('-1.5e-3' AS double)
fresh_second-060 | SELECT CAST('1.5f' AS double), CAST('1d' AS double)
fresh_second-061 | SELECT CAST(' 1.5 ' AS decimal(3,1))
fresh_second-062 | SELECT CAST('1,5' AS decimal(3,1))
fresh_second-063 | SELECT CAST('9999999999' AS integer)
fresh_second-064 | SELECT CAST('1e400' AS double), CAST('-1e400' AS double), CAST('1e-400' AS double), CAST(1e300 AS real), CAST('3.4e39' AS real)
fresh_second-065 | SELECT CAST(1e19 AS bigint)
fresh_second-066 | SELECT CAST(9223372036854775807 AS double), CAST(9007199254740993 AS double), CAST(16777217 AS real), CAST(0.1 AS real), CAST(REAL '0.1' AS double)
fresh_second-067 | SELECT CAST(123.456 AS real), CAST(REAL '123.456' AS decimal(6,2)), CAST(1e-7 AS varchar), CAST(1234567.0 AS varchar), CAST(12345678e0 AS varchar), CAST(REAL '0.00001' AS varchar)
fresh_second-068 | SELECT CAST(DECIMAL '-0.00' AS varchar), CAST(000.100 AS varchar), CAST(CAST(5 AS decimal(10,3)) AS varchar), CAST(DECIMAL '1e2' AS varchar)
fresh_second-069 | SELECT CAST(12.345 AS decimal(4,1)), CAST(-12.35 AS decimal(4,1)), CAST(2.5 AS bigint), CAST(-2.5 AS bigint), CAST(0.5 AS tinyint), CAST(1.5e0 AS bigint), CAST(-1.5e0 AS bigint)
fresh_second-070 | SELECT CAST(true AS integer), CAST(false AS double), CAST(2 AS boolean), CAST(-1.5e0 AS boolean), CAST(0.0 AS boolean), CAST('false' AS boolean)
fresh_second-071 | SELECT CAST('tRuE' AS boolean)
fresh_second-072 | SELECT CAST('y' AS boolean)
fresh_second-073 | SELECT CAST(NULL AS boolean), CAST(NULL AS date), CAST(NULL AS array(integer)), CAST(NULL AS map(varchar, integer)), CAST(NULL AS row(a integer)), CAST(NULL AS decimal(5,2)), CAST(NULL AS varbinary)
fresh_second-074 | SELECT typeof(CAST(NULL AS char(3))), typeof(NULL), typeof(ARRAY[]), typeof(MAP()), typeof(ROW()), typeof(1 = 1)
fresh_second-075 | SELECT typeof(DATE '2024-01-01' - DATE '2023-01-01'), typeof(current_time), typeof(localtime), typeof(TIMESTAMP '2024-01-01 00:00:00.123456'), typeof(INTERVAL '1' MONTH), typeof(now()), typeof(TIME '10:00:00 +01:00')
fresh_second-076 | SELECT typeof(1.0 + 1), typeof(1.5 * 2.25), typeof(10.00 / 3), typeof(1 / 2.0), typeof(5 % 1.5), typeof(-1.5), typeof(1e0 + 1.5), typeof(REAL '1' * 2), typeof(TINYINT '1' + SMALLINT '1')
fresh_second-077 | SELECT typeof(IF(true, 1, BIGINT '2')), typeof(coalesce('a', 'bc')), typeof(CASE WHEN true THEN DATE '2024-01-01' ELSE TIMESTAMP '2024-01-01 00:00:00' END), typeof(greatest(1, 2.5)), typeof(nullif(1, 2e0))
fresh_second-078 | SELECT typeof(sum(x)), typeof(avg(x)), typeof(count(x)), typeof(max(x)), typeof(array_agg(x)), typeof(stddev(x)) FROM (VALUES 1.50, 2.25) AS t(x)
fresh_second-079 | SELECT typeof(json_parse('1')), typeof(json_extract('1', '$')), typeof(split('a', 'b')), typeof(histogram(x)), typeof(map_agg(x, 1)), typeof(approx_distinct(x)) FROM (VALUES 'a') AS t(x)
fresh_second-080 | SELECT typeof(date_trunc('day', TIMESTAMP '2024-01-01 10:00:00')), typeof(date_add('day', 1, DATE '2024-01-01')), typeof(from_unixtime(0)), typeof(to_unixtime(now())), typeof(date_diff('day', DATE '2024-01-01', DATE '2024-01-02')), typeof(year(DATE '2024-01-01'))
fresh_second-081 | SELECT typeof(concat('a', 'b')), typeof(lower('ABC')), typeof(substr('abc', 1, 2)), typeof(length('a')), typeof(regexp_extract('abc', 'b')), typeof(regexp_replace('abc', 'b')), typeof(reverse('abc')), typeof(lpad('a', 5, 'b'))
fresh_second-082 | SELECT CAST(ROW(1, 2.5) AS row(x double, y varchar)), CAST(ARRAY[1.5, NULL] AS array(integer)), CAST(MAP(ARRAY[1, 2], ARRAY['3', '4']) AS map(varchar, bigint)), CAST(ARRAY[ARRAY['1']] AS array(array(integer)))
fresh_second-083 | SELECT CAST(ROW(1, 2) AS row(a integer))
fresh_second-084 | SELECT CAST('[1]' AS array(integer))
fresh_second-085 | SELECT TRY_CAST('abc' AS date), TRY_CAST('2024-02-30' AS date), TRY_CAST('25:00' AS time), TRY_CAST('1.2.3' AS decimal(5,2)), TRY_CAST('' AS integer), TRY_CAST('maybe' AS boolean), TRY_CAST(300 AS tinyint), TRY_CAST(nan() AS bigint)
fresh_second-086 | SELECT TRY_CAST('2024-02-29 10:00 Foo/Bar' AS timestamp with time zone), TRY_CAST('99999' AS smallint), TRY_CAST(123.45 AS decimal(3,1)), TRY_CAST('2024-02-29T10:00:00' AS timestamp), TRY_CAST('abcdef' AS varchar(2))
fresh_second-087 | SELECT CAST('2024-02-29 10:11:12.9999999' AS timestamp(3)), CAST(TIMESTAMP '2024-02-29 10:11:12.3456' AS timestamp(2)), CAST(TIMESTAMP '2024-12-31 23:59:59.9996' AS timestamp(3)), TIMESTAMP '2024-02-29 10:11:12.1'
fresh_second-088 | SELECT CAST('-0001-01-01' AS date)
fresh_second-089 | SELECT CAST('12024-01-01' AS date)
fresh_second-090 | SELECT CAST('2024-02-29 24:00:00' AS timestamp)
fresh_second-091 | SELECT CAST(TIME '10:11:12' AS timestamp)
fresh_second-092 | SELECT CAST(TIMESTAMP '2024-02-29 10:11:12' AS timestamp with time zone), CAST(DATE '2024-02-29' AS timestamp with time zone), CAST(TIMESTAMP '2024-02-29 10:11:12 +05:30' AS time), CAST(TIMESTAMP '2024-02-29 10:11:12.5 Asia/Tokyo' AS varchar)
fresh_second-093 | SELECT TIMESTAMP '2024-10-27 02:30:00 Europe/Berlin', TIMESTAMP '2024-10-27 00:30:00 UTC' AT TIME ZONE 'Europe/Berlin', TIMESTAMP '2024-03-31 00:59:59 UTC' AT TIME ZONE 'Europe/London', TIMESTAMP '1960-06-01 12:00:00 America/New_York'
fresh_second-094 | SELECT date_diff('hour', TIMESTAMP '2024-03-31 00:00:00 Europe/Berlin', TIMESTAMP '2024-03-31 12:00:00 Europe/Berlin'), date_add('hour', 24, TIMESTAMP '2024-10-26 12:00:00 Europe/Berlin'), TIMESTAMP '2024-10-26 12:00:00 Europe/Berlin' + INTERVAL '1' DAY, date_trunc('day', TIMESTAMP '2024-10-27 15:00:00 Europe/Berlin')
fresh_second-095 | SELECT TIMESTAMP '2024-01-01 00:00:00 UTC' AT TIME ZONE INTERVAL '05:30' HOUR TO MINUTE, TIMESTAMP '2024-01-01 00:00:00 UTC' AT TIME ZONE 'UTC+3', TIMESTAMP '2024-01-01 00:00:00 Z'
fresh_second-096 | SELECT current_timezone(), at_timezone(TIMESTAMP '2024-07-01 00:00:00 UTC', '+14:00'), with_timezone(TIMESTAMP '2024-03-10 02:30:00', 'America/New_York'), timezone_minute(TIMESTAMP '2024-01-01 00:00:00 Asia/Kolkata')
fresh_second-097 | SELECT TIMESTAMP '2024-01-01 00:00:00' AT TIME ZONE 'Asia/Tokyo', hour(TIMESTAMP '2024-01-01 20:00:00 Asia/Tokyo'), day(TIMESTAMP '2024-01-01 23:00:00 UTC' AT TIME ZONE 'Asia/Tokyo'), extract(timezone_hour FROM TIMESTAMP '2024-07-01 00:00:00 Europe/Paris')
fresh_second-098 | SELECT to_iso8601(TIMESTAMP '2024-01-01 10:00:00.5'), to_iso8601(DATE '0999-01-01'), to_iso8601(TIMESTAMP '2024-01-01 10:00:00 -08:00'), to_iso8601(TIMESTAMP '1969-12-31 23:59:59.999 UTC')
fresh_second-099 | SELECT date_diff('second', TIMESTAMP '2024-01-01 00:00:00.999', TIMESTAMP '2024-01-01 00:00:01.500'), date_diff('month', DATE '2024-03-31', DATE '2024-02-29'), date_diff('year', DATE '2000-02-29', DATE '2024-02-28'), date_diff('millisecond', TIMESTAMP '1970-01-01 00:00:00', TIMESTAMP '1969-12-31 23:59:59.001')
fresh_second-100 | SELECT date_diff('decade', DATE '2024-01-01', DATE '2024-01-01')
fresh_second-101 | SELECT date_add('month', 1, TIMESTAMP '2024-01-31 23:59:59'), date_add('year', -4, DATE '2024-02-29'), date_add('year', 1, DATE '2024-02-29'), date_add('second', 86400, TIMESTAMP '1969-12-31 00:00:00'), date_add('day', -1, TIMESTAMP '2024-03-01 00:00:00')
fresh_second-102 | SELECT date_trunc('month', DATE '1969-07-20'), date_trunc('second', TIMESTAMP '2024-01-01 10:11:12.999'), date_trunc('millisecond', TIMESTAMP '2024-01-01 10:11:12.9999'), date_trunc('week', TIMESTAMP '2024-12-29 10:00:00')
fresh_second-103 | SELECT date_trunc('hour', DATE '2024-01-01')
fresh_second-104 | SELECT extract(year FROM TIMESTAMP '1969-12-31 23:59:59'), extract(quarter FROM DATE '2024-07-01'), extract(day_of_week FROM DATE '2024-03-03'), extract(yow FROM DATE '2024-12-30'), extract(doy FROM DATE '2024-03-01'), extract(month FROM INTERVAL '14' MONTH), extract(minute FROM TIME '10:11:12')
fresh_second-105 | SELECT week(DATE '2024-12-30'), week_of_year(DATE '2023-01-01'), day_of_month(DATE '2024-02-29'), dow(DATE '2024-03-03'), last_day_of_month(TIMESTAMP '2024-02-10 10:00:00'), yow(DATE '2023-01-01')
fresh_second-106 | SELECT from_unixtime(1700000000.123e0), from_unixtime(0, 'America/Los_Angeles'), from_unixtime(-86400.5e0), to_unixtime(DATE '2024-01-01'), to_unixtime(TIMESTAMP '2024-01-01 00:00:00 Asia/Tokyo'), from_unixtime_nanos(-1)
fresh_second-107 | SELECT from_iso8601_timestamp('2024-02-29T10'), from_iso8601_timestamp('2024-02'), from_iso8601_date('20240229'), from_iso8601_timestamp('2024-W09')
fresh_second-108 | SELECT from_iso8601_date('2023-02-29')
fresh_second-109 | SELECT date('2024-02-29'), date(TIMESTAMP '2024-02-29 23:00:00'), date(TIMESTAMP '2024-02-29 23:00:00 Asia/Tokyo'), DATE('1969-07-20')
fresh_second-110 | SELECT date_format(TIMESTAMP '2024-03-05 13:07:09.123456', '%y%m%d %H%i%S %f'), date_format(TIMESTAMP '2024-03-05 00:00:00 Asia/Tokyo', '%H:%i'), date_format(DATE '1969-07-20', '%a, %d %b %Y'), date_format(TIMESTAMP '2024-03-05 12:00:00', '%l%p')
fresh_second-111 | SELECT date_format(TIMESTAMP '2024-03-05 12:00:00', '')
fresh_second-112 | SELECT date_format('2024-03-05', '%Y')
fresh_second-113 | SELECT date_parse('20240229T101112', '%Y%m%dT%H%i%s'), date_parse('5/3/2024 1:05 pm', '%e/%c/%Y %l:%i %p'), date_parse('2024-03-05 10:11:12.123', '%Y-%m-%d %H:%i:%s.%f'), date_parse('24', '%y'), date_parse('2024-060', '%Y-%j')
fresh_second-114 | SELECT date_parse('2024-03-05', '%Y-%m-%d %H')
fresh_second-115 | SELECT date_parse('', '%Y')
fresh_second-116 | SELECT format_datetime(TIMESTAMP '2024-03-05 13:07:09', 'yyyyMMdd_HHmmss'), format_datetime(TIMESTAMP '2024-03-05 13:07:09', 'hh:mm:ss a'), format_datetime(DATE '2024-03-05', 'MMMM d, yyyy'), format_datetime(TIMESTAMP '2024-03-05 13:07:09 UTC', 'yyyy-MM-dd HH:mm:ss Z'), format_datetime(TIMESTAMP '2024-03-05 00:07:09', 'K:mm k')
fresh_second-117 | SELECT format_datetime(TIMESTAMP '2024-03-05 13:07:09', 'yyyy-''Q''q')
fresh_second-118 | SELECT format_datetime(TIMESTAMP '2024-03-05 13:07:09.123', 'S SS SSS SSSS'), format_datetime(TIMESTAMP '2024-03-05 13:07:09', 'DD'), format_datetime(TIMESTAMP '2024-03-05 13:07:09', 'G C')
fresh_second-119 | SELECT parse_datetime('05/03/24', 'dd/MM/yy'), parse_datetime('2024-03-05 01:07 PM', 'yyyy-MM-dd hh:mm a'), parse_datetime('2024-03-05T13:07:09.123Z', 'yyyy-MM-dd''T''HH:mm:ss.SSSZ')
fresh_second-120 | SELECT parse_datetime('2024', 'yyyy-MM')
fresh_second-121 | SELECT INTERVAL '1' DAY * 1.5, INTERVAL '3' MONTH * 2, INTERVAL '1' YEAR / 2, INTERVAL '36' HOUR, 2 * INTERVAL '90' SECOND, INTERVAL '1' HOUR - INTERVAL '90' MINUTE
fresh_second-122 | SELECT INTERVAL '1 02:03:04.005' DAY TO SECOND, INTERVAL '02:03' MINUTE TO SECOND, INTERVAL '-2-3' YEAR TO MONTH, INTERVAL -'5' DAY, INTERVAL '100' DAY, INTERVAL '15' MONTH
fresh_second-123 | SELECT INTERVAL '1' WEEK, INTERVAL '2' QUARTER
fresh_second-124 | SELECT INTERVAL '1x' DAY
fresh_second-125 | SELECT sum(i), max(i), min(i), avg(i), count(DISTINCT i) FROM (VALUES INTERVAL '1' DAY, INTERVAL '36' HOUR) AS t(i)
fresh_second-126 | SELECT DATE '2024-01-31' + INTERVAL '1' MONTH + INTERVAL '1' MONTH, DATE '2024-03-01' - INTERVAL '1' DAY, TIMESTAMP '2024-02-29 10:00:00' + INTERVAL '1' YEAR, INTERVAL '1' DAY + DATE '2024-01-01', TIMESTAMP '2024-01-01 00:00:00' - INTERVAL '1' SECOND
fresh_second-127 | SELECT DATE '2024-01-01' - TIMESTAMP '2023-12-31 12:00:00'
fresh_second-128 | SELECT TIMESTAMP '2024-01-01 00:00:00' + 1
fresh_second-129 | SELECT INTERVAL '1' DAY = INTERVAL '24' HOUR, INTERVAL '1' MONTH < INTERVAL '40' DAY
fresh_second-130 | SELECT parse_duration('1.5h'), parse_duration('100ms'), human_readable_seconds(3661), human_readable_seconds(0), parse_presto_data_size('2.3MB'), to_milliseconds(INTERVAL '1' DAY)
fresh_second-131 | SELECT parse_duration('1 fortnight')
fresh_second-132 | SELECT TIME '10:00:00' = TIME '10:00', TIME '23:59:59.9999', TIME '00:00:00' - INTERVAL '1' SECOND, date_add('minute', 61, TIME '23:30'), date_trunc('hour', TIME '10:59:59')
fresh_second-133 | SELECT ARRAY[3, 1, 2] || ARRAY[4], ARRAY['a'] || 'b' || 'c', ARRAY[ARRAY[1]] || ARRAY[2], ARRAY[1.5] || 2, CAST(ARRAY[] AS array(integer)) || 1
fresh_second-134 | SELECT array_sort(ARRAY['b', 'A', NULL, 'a']), array_sort(ARRAY[1.5e0, nan(), -infinity()]), array_sort(ARRAY[DATE '2024-01-01', DATE '1969-01-01']), array_sort(ARRAY[5, 20, 3], (a, b) -> IF(a < b, 1, IF(a = b, 0, -1))), array_sort(ARRAY[ARRAY[2], ARRAY[1, 5]])
fresh_second-135 | SELECT array_distinct(ARRAY['a', 'A', 'a']), array_distinct(ARRAY[ARRAY[1], ARRAY[1]]), array_union(ARRAY['b'], ARRAY['a', 'b']), array_intersect(ARRAY[], ARRAY[1]), array_except(ARRAY['x', 'x', 'y'], ARRAY['y'])
fresh_second-136 | SELECT arrays_overlap(ARRAY[1, 2], ARRAY[3, NULL]), arrays_overlap(ARRAY[], ARRAY[1]), contains(ARRAY['a', NULL], 'a'), contains(ARRAY[NULL, 1], 2), contains(NULL, 1), contains_sequence(ARRAY[1, 2, 3], ARRAY[2, 3])
fresh_second-137 | SELECT array_position(ARRAY['a', 'b', 'a'], 'a', 2), array_position(ARRAY['a', 'b', 'a'], 'a', -1), array_remove(ARRAY['a', NULL, 'b'], 'a'), array_max(ARRAY[nan(), 1e0]), array_min(ARRAY[nan(), 1e0]), array_max(ARRAY[ARRAY[1], ARRAY[2]])
fresh_second-138 | SELECT slice(ARRAY[1, 2, 3], 2, 10), slice(ARRAY[1, 2, 3], -1, 1), trim_array(ARRAY[1, 2], 2), element_at(ARRAY['a', 'b'], -2), ARRAY[1, 2][2], ARRAY[ARRAY[1, 2]][1][2]
fresh_second-139 | SELECT ARRAY[1, 2][CAST(NULL AS integer)]
fresh_second-140 | SELECT trim_array(ARRAY[1], 2)
fresh_second-141 | SELECT transform(ARRAY[1, 2, 3], x -> x * x), filter(ARRAY['a', 'bb'], s -> length(s) > 1), reduce(ARRAY[1, 2, 3], 0e0, (s, x) -> s + x, s -> s / 3), any_match(ARRAY[1, 2], x -> x > 1), all_match(ARRAY[1, NULL], x -> x > 0), none_match(ARRAY[], x -> true)
fresh_second-142 | SELECT transform(ARRAY[ARRAY[1, 2], ARRAY[3]], a -> reduce(a, 0, (s, x) -> s + x, s -> s)), zip_with(ARRAY['a', 'b'], ARRAY[1], (x, y) -> x || coalesce(CAST(y AS varchar), '-')), zip(ARRAY[1], ARRAY['a'], ARRAY[true])
fresh_second-143 | SELECT filter(ARRAY[1], x -> x)
fresh_second-144 | SELECT sequence(1, 10, 3), sequence(10, 1), sequence(DATE '2024-01-31', DATE '2024-04-30', INTERVAL '1' MONTH), sequence(TIMESTAMP '2024-01-01 00:00:00', TIMESTAMP '2024-01-03 00:00:00', INTERVAL '1' DAY), sequence(-2, 2)
fresh_second-145 | SELECT cardinality(sequence(1, 20000))
fresh_second-146 | SELECT ngrams(ARRAY[1, 2, 3], 5), combinations(ARRAY[1, 2, 3], 2), array_histogram(ARRAY['a', 'b', 'a']), reverse(ARRAY['x', 'y']), flatten(ARRAY[ARRAY['a'], ARRAY['b', 'c']]), array_join(ARRAY['a', NULL], ',', 'null')
fresh_second-147 | SELECT combinations(ARRAY[1, 2, 3], 6)
fresh_second-148 | SELECT dot_product(ARRAY[1e0, 2e0], ARRAY[3e0, 4e0]), cosine_similarity(ARRAY[1e0, 0e0], ARRAY[0e0, 1e0]), euclidean_distance(ARRAY[0e0, 0e0], ARRAY[3e0, 4e0])
fresh_second-149 | SELECT MAP(ARRAY['a', 'b'], ARRAY[1, NULL])['b'], element_at(MAP(ARRAY['a'], ARRAY[1]), 'z'), cardinality(MAP()), map_keys(MAP(ARRAY[2, 1], ARRAY['x', 'y'])), MAP(ARRAY[DATE '2024-01-01'], ARRAY[1])[DATE '2024-01-01']
fresh_second-150 | SELECT MAP(ARRAY[1, 1], ARRAY[2, 3])
fresh_second-151 | SELECT map_from_entries(ARRAY[ROW('a', 1), ROW('a', 2)])
fresh_second-152 | SELECT map_concat(MAP(ARRAY['a'], ARRAY[1]), MAP(ARRAY['b'], ARRAY[2]), MAP(ARRAY['a'], ARRAY[9])), map_entries(MAP(ARRAY[1], ARRAY['x'])), map_filter(MAP(ARRAY['a', 'b'], ARRAY[1, 2]), (k, v) -> v > 1), transform_values(MAP(ARRAY['a'], ARRAY[1]), (k, v) -> k || '!')
fresh_second-153 | SELECT MAP(ARRAY['a', 'b'], ARRAY[1, 2]) = MAP(ARRAY['b', 'a'], ARRAY[2, 1]), MAP(ARRAY['a'], ARRAY[NULL]) = MAP(ARRAY['a'], ARRAY[1]), MAP(ARRAY[1], ARRAY[1]) <> MAP(ARRAY[1], ARRAY[2])
fresh_second-154 | SELECT ROW(1, 'a')[2], ROW(1, ROW(2, 3))[2][1], CAST(ROW(1, ROW('x')) AS row(a integer, b row(c varchar))).b.c, ROW(1, 2) = ROW(1, 2), ROW(1, 2) IN (ROW(3, 4), ROW(1, 2)), ROW(2, 1) > ROW(1, 9)
fresh_second-155 | SELECT ROW(1, 2) = ROW(1, 'a')
fresh_second-156 | SELECT json_extract_scalar('{"a": [1, {"b": "c"}]}', '$.a[1].b'), json_extract_scalar('{"a": 1.50}', '$.a'), json_extract_scalar('["x"]', '$[0]'), json_extract_scalar('{"a b": 1}', '$["a b"]'), json_extract_scalar('not json', '$.a'), json_extract('{"a": "x"}', '$.a')
fresh_second-157 | SELECT json_extract_scalar('{"a": 1}', '$.a[')
fresh_second-158 | SELECT json_format(json_parse('{"b": [1, 2.0, null, true], "a": {"z": "\u00e9\n"}}')), json_parse('"\/"'), json_format(JSON '1e2'), json_parse(' [ ] '), json_format(JSON '"\ud83d\ude00"')
fresh_second-159 | SELECT json_array_length('[[]]'), json_array_length('"x"'), json_array_contains('[1, 2, 3]', 2), json_array_contains('[1.5, true]', true), json_size('[1, 2, 3]', '$'), json_size('{"a": 1}', '$.b'), is_json_scalar('[1]'), json_array_get('[1, 2]', 5)
fresh_second-160 | SELECT CAST(JSON '[1, 2, null]' AS array(integer)), CAST(JSON '{"a": [1]}' AS map(varchar, array(integer))), CAST(JSON '[1, "a", true]' AS row(x integer, y varchar, z boolean)), CAST(JSON '1.9' AS integer), CAST(JSON '"true"' AS boolean), CAST(JSON '12' AS varchar), CAST(JSON '{"A": 1}' AS row(a integer))
fresh_second-161 | SELECT CAST(JSON '"abc"' AS integer)
fresh_second-162 | SELECT CAST(ARRAY[1, NULL] AS json), CAST(MAP(ARRAY[1, 2], ARRAY['a', 'b']) AS json), CAST(CAST(ROW(1, 'x') AS row(id integer, name varchar)) AS json), CAST(1.50 AS json), CAST(1e0 AS json), CAST('"' AS json), CAST(NULL AS json), CAST(DATE '2024-01-01' AS json), CAST(true AS json)
fresh_second-163 | SELECT JSON '{"a": 1}' = JSON '{"a":1}', JSON '[1,2]' = JSON '[2,1]', json_parse('{"b":1,"a":2}') = json_parse('{"a":2,"b":1}'), JSON '1' = JSON '1.0'
fresh_second-164 | SELECT JSON '{"a": 1}' < JSON '{"a": 2}'
fresh_second-165 | SELECT json_value('{"a": 1}', 'lax $.a' RETURNING bigint), json_value('{"a": "2024-01-01"}', 'lax $.a' RETURNING date), json_value('{"a": true}', 'lax $.a'), json_value('{"a": [1]}', 'lax $.a[0]'), json_value('{}', 'lax $.x' DEFAULT 'none' ON EMPTY), json_value('bad', 'lax $.x' DEFAULT 'err' ON ERROR)
fresh_second-166 | SELECT json_value('{"a": 1}', 'strict $.b' ERROR ON ERROR)
fresh_second-167 | SELECT json_query('{"a": {"b": [1, 2]}}', 'lax $.a.b'), json_query('[1, 2]', 'lax $[*]' WITH CONDITIONAL ARRAY WRAPPER), json_query('{"a": 1}', 'lax $.a' WITH UNCONDITIONAL WRAPPER), json_query('{}', 'lax $.a' EMPTY OBJECT ON EMPTY)
fresh_second-168 | SELECT json_exists('{"a": {"b": null}}', 'lax $.a.b'), json_exists('[1, 2]', 'strict $[5]'), json_exists('[{"x": 1}, {"x": 5}]', 'lax $[*]?(@.x > 3)'), json_value('[1, 2, 3]', 'lax $.size()'), json_value('{"a": -1.5}', 'lax $.a.abs()')
fresh_second-169 | SELECT json_object('a': 1, 'b': 'x'), json_object('a': NULL ABSENT ON NULL), json_array('a', 1.5, true), json_array(), json_object(), json_array(1, NULL, 2), json_object('t': DATE '2024-01-01')
fresh_second-170 | SELECT count(*) FILTER (WHERE x > 1), sum(x) FILTER (WHERE x IS NULL), avg(x) FILTER (WHERE x < 3), array_agg(x ORDER BY x DESC) FILTER (WHERE x <> 2) FROM (VALUES 1, 2, 3, NULL) AS t(x)
fresh_second-171 | SELECT sum(x), avg(x), min(x), max(x) FROM (VALUES DECIMAL '1.10', DECIMAL '-2.25', NULL) AS t(x)
fresh_second-172 | SELECT sum(x), avg(x) FROM (VALUES REAL '1.1', REAL '2.2') AS t(x)
fresh_second-173 | SELECT bool_and(x), bool_or(x), every(x), count(x), min(x), max(x), arbitrary(x) FROM (VALUES true, NULL) AS t(x)
fresh_second-174 | SELECT min(x), max(x), min_by(y, x), max_by(y, x), count(DISTINCT x) FROM (VALUES ('b', 1), ('a', 2), (NULL, 3)) AS t(x, y)
fresh_second-175 | SELECT max(ARRAY[1, x]), min(ROW(x, 'a')), max(DATE '2024-01-01'), min(TIMESTAMP '2024-01-01 00:00:00'), max(INTERVAL '1' DAY) FROM (VALUES 1, 2) AS t(x)
fresh_second-176 | SELECT stddev_samp(x), var_pop(x), skewness(x), kurtosis(x), covar_samp(x, x), corr(x, x), regr_slope(x, x) FROM (VALUES 5) AS t(x)
fresh_second-177 | SELECT approx_percentile(x, 0.9), approx_percentile(x, ARRAY[0.25, 0.75]), approx_distinct(x), numeric_histogram(2, x) IS NOT NULL FROM (VALUES 1, 2, 3, 4) AS t(x)
fresh_second-178 | SELECT listagg(x, '-') WITHIN GROUP (ORDER BY y), listagg(x) WITHIN GROUP (ORDER BY x) FROM (VALUES ('a', 2), ('b', 1), (NULL, 0)) AS t(x, y)
fresh_second-179 | SELECT k, listagg(v, ',') WITHIN GROUP (ORDER BY v) FILTER (WHERE v <> 'z') FROM (VALUES (1, 'z'), (1, 'a'), (2, 'z')) AS t(k, v) GROUP BY k ORDER BY k
fresh_second-180 | SELECT map_agg(k, v), multimap_agg(k, v), histogram(k), map_union(MAP(ARRAY[k], ARRAY[v])) FROM (VALUES ('a', 1), ('a', 2)) AS t(k, v)
fresh_second-181 | SELECT count(DISTINCT (x, y)), count((x, NULL)), count(DISTINCT ARRAY[x]) FROM (VALUES (1, 'a'), (1, 'a'), (2, 'b')) AS t(x, y)
fresh_second-182 | SELECT any_value(x), set_agg(x) FROM (VALUES 1) AS t(x)
fresh_second-183 | SELECT sum('a')
fresh_second-184 | SELECT avg(true)
fresh_second-185 | SELECT max(MAP(ARRAY[1], ARRAY[2]))
fresh_second-186 | SELECT count(DISTINCT x, y) FROM (VALUES (1, 2)) AS t(x, y)
fresh_second-187 | SELECT count(*, 1)
fresh_second-188 | SELECT sum(x) OVER (PARTITION BY y ORDER BY x ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), count(*) OVER (), avg(x) OVER (ORDER BY x ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) FROM (VALUES (1, 'a'), (2, 'a'), (3, 'b')) AS t(x, y) ORDER BY 1 NULLS FIRST, 3
fresh_second-189 | SELECT x, row_number() OVER (ORDER BY x DESC NULLS FIRST), ntile(3) OVER (ORDER BY x), lead(x, 1, 99) OVER (ORDER BY x), lag(x) OVER (ORDER BY x) FROM (VALUES 1, 2, NULL, 4) AS t(x) ORDER BY 2
fresh_second-190 | SELECT x, count(*) OVER (ORDER BY x RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING), sum(x) OVER (ORDER BY x GROUPS BETWEEN 1 FOLLOWING AND 2 FOLLOWING), first_value(x) IGNORE NULLS OVER (ORDER BY x DESC) FROM (VALUES 1, 1, 3, NULL) AS t(x) ORDER BY 1, 2
fresh_second-191 | SELECT x, sum(x) OVER (ORDER BY x RANGE BETWEEN 1.5 PRECEDING AND CURRENT ROW), array_agg(x) OVER (ORDER BY x ROWS 1 PRECEDING) FROM (VALUES 1.0, 2.5, 4.5) AS t(x) ORDER BY x
fresh_second-192 | SELECT rank() OVER () FROM (VALUES 1) AS t(x)
fresh_second-193 | SELECT ntile(0) OVER (ORDER BY x) FROM (VALUES 1) AS t(x)
fresh_second-194 | SELECT sum(x) OVER (ORDER BY x RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) FROM (VALUES 'a') AS t(x)
fresh_second-195 | SELECT nth_value(x, 0) OVER (ORDER BY x) FROM (VALUES 1) AS t(x)
fresh_second-196 | SELECT count(*) OVER (PARTITION BY x ORDER BY count(*)) FROM (VALUES 1, 1) AS t(x) GROUP BY x
fresh_second-197 | SELECT rank() OVER (ORDER BY sum(v) DESC) AS r, k FROM (VALUES ('a', 1), ('b', 5), ('a', 2)) AS t(k, v) GROUP BY k ORDER BY r
fresh_second-198 | SELECT a, b, count(*), grouping(a), grouping(a, b) FROM (VALUES (1, 'x'), (1, 'y'), (2, NULL)) AS t(a, b) GROUP BY CUBE (a, b) ORDER BY 5, 1, 2
fresh_second-199 | SELECT a, count(*) FROM (VALUES (1, 2), (1, 3)) AS t(a, b) GROUP BY a, GROUPING SETS ((b), ()) ORDER BY 2, 1
fresh_second-200 | SELECT grouping(a) FROM (VALUES 1) AS t(a)
fresh_second-201 | SELECT a + 1, count(*) FROM (VALUES 1, 1, 2) AS t(a) GROUP BY a + 1 HAVING count(*) > 1
fresh_second-202 | SELECT a + 1 + b FROM (VALUES (1, 2)) AS t(a, b) GROUP BY a + 1
fresh_second-203 | SELECT DISTINCT x, y FROM (VALUES (1, 'a'), (1, 'a'), (NULL, NULL), (NULL, NULL)) AS t(x, y) ORDER BY x NULLS FIRST
fresh_second-204 | SELECT DISTINCT x FROM (VALUES (1, 2)) AS t(x, y) ORDER BY y
fresh_second-205 | SELECT x AS y FROM (VALUES 3, 1, 2) AS t(x) ORDER BY -y
fresh_second-206 | SELECT x AS y FROM (VALUES (1, 9), (2, 8)) AS t(x, y) ORDER BY y
fresh_second-207 | SELECT x FROM (VALUES 1, 2) AS t(x) ORDER BY 'a'
fresh_second-208 | SELECT x FROM (VALUES 1, 2) AS t(x) ORDER BY 2
fresh_second-209 | SELECT x FROM (VALUES 1, 2, 3) AS t(x) OFFSET 1 ROWS LIMIT 1
fresh_second-210 | SELECT x FROM (VALUES 1, 2, 3) AS t(x) ORDER BY x LIMIT 0
fresh_second-211 | SELECT x FROM (VALUES 1, 2, 3) AS t(x) LIMIT -1
fresh_second-212 | SELECT x FROM (VALUES 1) AS t(x) LIMIT 1.5
fresh_second-213 | SELECT x FROM (VALUES 1, 2) AS t(x) INTERSECT SELECT 2 UNION SELECT 3 ORDER BY 1
fresh_second-214 | SELECT 1 AS a UNION ALL SELECT NULL UNION ALL SELECT 2 EXCEPT SELECT 2 ORDER BY a NULLS LAST
fresh_second-215 | SELECT DATE '2024-01-01' UNION ALL SELECT TIMESTAMP '2024-01-01 10:00:00' ORDER BY 1
fresh_second-216 | SELECT ARRAY[1] UNION SELECT ARRAY[2.5] ORDER BY 1
fresh_second-217 | SELECT 'a' UNION ALL SELECT CAST('bc' AS char(3)) ORDER BY 1
fresh_second-218 | SELECT x FROM (SELECT 1 AS x) UNION SELECT y FROM (SELECT 'a' AS y)
fresh_second-219 | SELECT * FROM (VALUES (1, 'a'), (2, 'b')) AS t(id, name) JOIN (VALUES (2, 'B'), (3, 'C')) AS u(id, label) USING (id)
fresh_second-220 | SELECT t.id, u.id FROM (VALUES 1, 2) AS t(id) LEFT JOIN (VALUES 2) AS u(id) ON t.id = u.id ORDER BY 1
fresh_second-221 | SELECT id FROM (VALUES 1, 2) AS t(id) NATURAL JOIN (VALUES 2, 3) AS u(id)
fresh_second-222 | SELECT * FROM (VALUES 1) AS t(a) CROSS JOIN (VALUES 'x', 'y') AS u(b) ORDER BY b
fresh_second-223 | SELECT * FROM (VALUES 1, 2) AS t(x) RIGHT JOIN (VALUES 2, 3) AS u(y) ON x = y AND y > 2 ORDER BY y
fresh_second-224 | SELECT * FROM (VALUES 1) AS t(x) JOIN (VALUES 1) AS u(y)
fresh_second-225 | SELECT x FROM (VALUES 1, 2, NULL) AS t(x) WHERE x NOT IN (SELECT y FROM (VALUES 1, NULL) AS u(y))
fresh_second-226 | SELECT x, EXISTS (SELECT 1 FROM (VALUES 2, 3) AS u(y) WHERE y = x), x IN (SELECT y FROM (VALUES 2, NULL) AS u(y)), (SELECT count(*) FROM (VALUES 1, 2) AS u(y) WHERE y < x) FROM (VALUES 1, 2, 3) AS t(x) ORDER BY x
fresh_second-227 | SELECT x FROM (VALUES 1, 5) AS t(x) WHERE x >= ALL (SELECT y FROM (VALUES 2, 5) AS u(y)), 1
fresh_second-228 | SELECT (SELECT x FROM (VALUES 1) AS t(x) WHERE x > 5) IS NULL, (SELECT 'a') || 'b', 3 = (SELECT max(v) FROM (VALUES 3) AS u(v))
fresh_second-229 | SELECT t.a, s.total FROM (VALUES 1, 2) AS t(a) LEFT JOIN LATERAL (SELECT sum(v) AS total FROM (VALUES (1, 10), (1, 20)) AS u(k, v) WHERE u.k = t.a) AS s ON true ORDER BY 1
fresh_second-230 | WITH a AS (SELECT 1 AS x), b AS (SELECT x + 1 AS y FROM a) SELECT * FROM a, b
fresh_second-231 | WITH a(x, y) AS (VALUES (1, 2)), a2 AS (SELECT y, x FROM a) TABLE a2
fresh_second-232 | WITH RECURSIVE t(n, path) AS (SELECT 1, CAST('1' AS varchar) UNION ALL SELECT n * 2, path || '>' || CAST(n * 2 AS varchar) FROM t WHERE n < 16) SELECT path FROM t ORDER BY n DESC LIMIT 1
fresh_second-233 | WITH t AS (SELECT 1 AS x) SELECT t.x, "t"."x" AS "X Y", T.X FROM t
fresh_second-234 | SELECT * FROM UNNEST(ARRAY[1, 2], ARRAY['a']) AS t(x, y)
fresh_second-235 | SELECT k, v FROM UNNEST(MAP(ARRAY['a', 'b'], ARRAY[1, NULL])) AS t(k, v) ORDER BY k
fresh_second-236 | SELECT id, tag, n FROM (VALUES (1, ARRAY['x', 'y']), (2, NULL)) AS t(id, tags) CROSS JOIN UNNEST(tags) WITH ORDINALITY AS u(tag, n) ORDER BY 1, 3
fresh_second-237 | SELECT a, b FROM UNNEST(ARRAY[ROW(1, 'x'), ROW(2, NULL)]) AS t(a, b)
fresh_second-238 | SELECT * FROM UNNEST(1)
fresh_second-239 | SELECT t.zz FROM (VALUES 1) AS t(x)
fresh_second-240 | SELECT u.x FROM (VALUES 1) AS t(x)
fresh_second-241 | SELECT 1 AND true
fresh_second-242 | SELECT -true
fresh_second-243 | SELECT 'a' > 1
fresh_second-244 | SELECT DATE '2024-01-01' > 20240101
fresh_second-245 | SELECT TIMESTAMP '2024-01-01 00:00:00' = '2024-01-01 00:00:00'
fresh_second-246 | SELECT CASE WHEN 1 THEN 2 END
fresh_second-247 | SELECT 1 BETWEEN 'a' AND 'b'
fresh_second-248 | SELECT x IN (1, 'a') FROM (VALUES 1) AS t(x)
fresh_second-249 | SELECT coalesce(NULL, NULL), coalesce(1, NULL), coalesce(NULL, 'x', 'y')
fresh_second-250 | SELECT nullif('a', 1)
fresh_second-251 | SELECT INTEGER '2147483647' * 2
fresh_second-252 | SELECT TINYINT '100' * TINYINT '2'
fresh_second-253 | SELECT REAL '3e38' * 10, 1e308 * 10, -1e308 * 10
fresh_second-254 | SELECT DECIMAL '99999999999999999999999999999999999999' * 2
fresh_second-255 | SELECT CAST(12345678901234567890 AS decimal(38,0)) * 12345678901234567890
fresh_second-256 | SELECT DECIMAL '1' / 0
fresh_second-257 | SELECT 0e0 / 0, 1 % 0e0, mod(5, -3), mod(5.5e0, 2), -7 % 3, 7.25 % 0.5
fresh_second-258 | SELECT mod(5, 0)
fresh_second-259 | SELECT round(2.675e0, 2), round(-0.5e0), round(0.5), round(1234.5678, -2), round(15, -1), round(25, -1), truncate(1234.567, -2), truncate(-0.9e0), ceil(1.0001), floor(-1.0001), round(REAL '1.25', 1)
fresh_second-260 | SELECT power(2, 0.5), power(2, 100), exp(-1000), ln(e()), log2(8), log10(0.001), cbrt(0.001), sqrt(2.25), power(-2, 3), power(10, -2)
fresh_second-261 | SELECT sqrt(-1), ln(0), acos(2), log(2, -1), atan2(0, 0), tan(0), cosh(0), sinh(1) > 1.17
fresh_second-262 | SELECT bitwise_and(12, 10), bitwise_xor(-1, 1), bitwise_not(-1), bitwise_left_shift(-1, 4), bitwise_right_shift(-1, 60), bitwise_right_shift(8, 70), bitwise_left_shift(BIGINT '1', 64), bit_count(0, 2)
fresh_second-263 | SELECT bit_count(1, 1)
fresh_second-264 | SELECT random() BETWEEN 0 AND 1, random(10) < 10, rand(1, 3) BETWEEN 1 AND 2, typeof(random(5))
fresh_second-265 | SELECT normal_cdf(0, 1, 1.96), inverse_normal_cdf(0, 1, 0.5), beta_cdf(1, 1, 0.5), wilson_interval_lower(5, 10, 1.96), t_cdf(0e0, 5e0)
fresh_second-266 | SELECT is_nan(0e0 / 0), is_infinite(1e0 / 0), is_finite(1), nan() > 1, infinity() = infinity(), nan() <> nan(), nan() IN (1e0), nan() BETWEEN 0 AND 1, nan() IS NULL, nan() IS DISTINCT FROM nan()
fresh_second-267 | SELECT min(x), max(x), sum(x), avg(x), count(DISTINCT x) FROM (VALUES nan(), 1e0, nan()) AS t(x)
fresh_second-268 | SELECT x FROM (VALUES nan(), infinity(), -infinity(), 0e0, NULL) AS t(x) ORDER BY x
fresh_second-269 | SELECT 1 = 1.0, 1 = 1e0, 0.1 + 0.2 = 0.3, 0.1e0 + 0.2e0 = 0.3e0, 'a' = 'a ', CAST('a' AS char(2)) = 'a ', 1e0 = REAL '1'
fresh_second-270 | SELECT 5 & 3
fresh_second-271 | SELECT 5 << 1
fresh_second-272 | SELECT "a" FROM (VALUES 1) AS t(a) WHERE "a" = 1 AND a != 2 AND NOT (a <> 1)
fresh_second-273 | SELECT date '2024-01-01', timestamp '2024-01-01 00:00:00', time '10:00', decimal '1.5', bigint '5', double '1.5', boolean 'true', varchar 'x', char 'y', real '2'
fresh_second-274 | SELECT interval '1' day, DATE'2024-01-01', Array[1], Row(1), Map(ARRAY[1], ARRAY[2]), Cast(1 As Varchar)
fresh_second-275 | SELECT TRUE, false, NULL, .5, 1., 1E5, 1.5e-3, 0x1f, 0b11, 0o17, 1_000
fresh_second-276 | SELECT 1--comment
fresh_second-277 | SELECT /* a */ 1 /* b */ + 1
fresh_second-279 | SELECT if(true, 1), if(false, 1), case when false then 1 end
fresh_second-280 | SELECT localtimestamp = localtimestamp, current_date = CAST(now() AS date), typeof(current_timestamp), typeof(localtimestamp)
fresh_second-281 | SELECT list_filter([1, 2], x -> x > 1)
fresh_second-282 | SELECT map {'a': 1}
fresh_second-283 | SELECT x FROM (VALUES 1) t(x) WHERE x == 1
fresh_second-284 | SELECT x.* EXCLUDE (a) FROM (VALUES 1) AS x(a)
fresh_second-285 | SELECT try_strptime('2024', '%Y')
fresh_second-286 | SELECT array_agg(x ORDER BY x LIMIT 1) FROM (VALUES 1) AS t(x)
fresh_second-287 | SELECT DATE '2024-01-01'::varchar
fresh_second-288 | SELECT 'a' ~ 'b', 'a' ^@ 'b'
fresh_second-289 | SELECT count() FROM (VALUES 1) AS t(x)
fresh_second-290 | SELECT CAST(1 AS string)
fresh_second-291 | SELECT CAST(1 AS tinyint unsigned)
fresh_second-292 | SELECT INTERVAL '1' DAYS
fresh_second-293 | SELECT x FROM (VALUES 1) AS t(x) GROUP BY x HAVING y > 1
fresh_second-294 | SELECT approx_quantile(x, 0.5) FROM (VALUES 1) AS t(x)
fresh_second-295 | SELECT concat_ws(',', 1, 2)
fresh_second-296 | SELECT to_char(DATE '2024-01-01', 'yyyy')
fresh_second-297 | SELECT SYSDATE
fresh_second-298 | SELECT DECODE(1, 1, 'a')
fresh_second-299 | SELECT TOP 1 x FROM (VALUES 1) AS t(x)
fresh_second-300 | SELECT * FROM (VALUES 1) AS t(x) WHERE x IN ()
fresh_second-301 | SELECT x FROM (VALUES 1, 2) AS t(x) WHERE x = ANY (ARRAY[1])
fresh_second-302 | SELECT transform(ARRAY[1], x -> (SELECT x))
fresh_second-303 | SELECT element_at(1, 1)
fresh_second-304 | SELECT cardinality('abc')
fresh_second-305 | SELECT ARRAY['a', 1]
fresh_second-306 | SELECT MAP(ARRAY[1], 2)
fresh_second-307 | SELECT json_extract(MAP(), '$.a')
fresh_second-308 | SELECT from_unixtime('0')
fresh_second-309 | SELECT CAST(ROW(1) AS integer)
fresh_second-310 | SELECT JSON 'bad'
fresh_second-311 | SELECT BIGINT '1.5'
fresh_second-312 | SELECT BOOLEAN 'maybe'
fresh_second-313 | SELECT TIME '25:00'
fresh_second-314 | SELECT CAST('a' AS decimal(39, 0))
