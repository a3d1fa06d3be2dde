fresh_first-001 | SELECT reverse('e' || chr(769) || '😀x'), length('👨‍👩‍👧'), upper('ǆ'), lower('İ')
fresh_first-002 | SELECT lpad('😀', 3, '🎉é'), rpad('日', 4, '本語'), length(lpad('😀', 3, '🎉'))
fresh_first-003 | SELECT split_part('a😀b😀c', '😀', 3), strpos('x😀y😀', '😀', 2), substr('a😀b', -2, 1)
fresh_first-004 | SELECT translate('naïve café', 'ïé', 'ie'), replace('a😀a', 'a', '😀'), codepoint('😀')
fresh_first-005 | SELECT levenshtein_distance('', 'abc'), levenshtein_distance('kitten', 'sitting'), levenshtein_distance('😀', '🎉a'), hamming_distance('日本', '日中')
fresh_first-006 | SELECT concat('a', NULL, 'b'), 'a' || NULL, concat_ws('-', 'a', NULL, 'b', NULL)
fresh_first-007 | SELECT trim(LEADING '0' FROM '00012.50'), trim(BOTH 'ab' FROM 'abcba'), rtrim('100.00', '0'), ltrim('xxyz', 'yx')
fresh_first-008 | SELECT split('a||b||c', '||'), split('a,b,c,d', ',', 2), split(',a,', ',')
fresh_first-009 | SELECT split_to_map('a=1;b=2', ';', '='), split_to_multimap('a=1,a=2,b=3', ',', '=')
fresh_first-010 | SELECT split_to_map('a=1;a=2', ';', '=')
fresh_first-011 | SELECT split_to_map('a=1;a=2', ';', '=', (k, v1, v2) -> v1 || '+' || v2)
fresh_first-012 | SELECT split_to_map('a1;b2', ';', '=')
fresh_first-013 | SELECT starts_with('naïve', 'naï'), starts_with('', ''), position('é' IN 'café'), position('' IN 'abc')
fresh_first-014 | SELECT soundex('Tymczak'), soundex('Pfister'), soundex('O''Hara'), soundex('a b')
fresh_first-015 | SELECT soundex('Müller')
fresh_first-016 | SELECT chr(128512), chr(0) = '', length(chr(0)), chr(65) || chr(8364)
fresh_first-017 | SELECT chr(1114112)
fresh_first-018 | SELECT format('%-10s|%10s|', 'left', 'right'), format('%+d %(d % d', 5, -6, 7), format('%x %X %o', 255, 255, 8)
fresh_first-019 | SELECT format('%08.3f', 3.14159e0), format('%,.2f', 1234567.891e0), format('%.0f', 2.5e0), format('%g', 0.00012345e0)
fresh_first-020 | SELECT format('%s %s %s', true, DATE '2020-02-29', 1.50), format('%b', NULL), format('%S', 'shout')
fresh_first-021 | SELECT format('%d', 1.5e0)
fresh_first-022 | SELECT format('%tY-%<tm', DATE '2024-01-02')
fresh_first-023 | SELECT format('%1$tF %1$tT', TIMESTAMP '2024-01-02 03:04:05')
fresh_first-024 | SELECT format('%.3s|%5.2s|', 'abcdef', 'xyz'), format('%h', 'a'), format('%n') = chr(10)
fresh_first-025 | SELECT format('%.2f', DECIMAL '1.005'), format('%e', 0e0), format('%10.3e|', 123456.789e0)
fresh_first-026 | SELECT format_number(0), format_number(-1234), format_number(999999999), format_number(1e15), format_number(1.5)
fresh_first-027 | SELECT from_utf8(to_utf8('é😀')), to_hex(to_utf8('😀')), length(to_utf8('é')), reverse(X'0102')
fresh_first-028 | SELECT to_base64(to_utf8('a?>')), to_base64url(to_utf8('a?>')), from_utf8(from_base64('YT8+')), from_utf8(from_base64url('YT8-'))
fresh_first-029 | SELECT to_base32(to_utf8('foobar')), from_utf8(from_base32('MZXW6===')), to_base64(X''), to_hex(X'')
fresh_first-030 | SELECT from_base64('***')
fresh_first-031 | SELECT to_hex(md5(to_utf8(''))), to_hex(sha1(to_utf8('é'))), to_hex(crc32(to_utf8('a')))
fresh_first-032 | SELECT crc32(to_utf8('The quick brown fox')), to_hex(sha256(X'00')), length(sha512(X''))
fresh_first-033 | SELECT to_hex(hmac_sha256(to_utf8('message'), to_utf8('key'))), to_hex(hmac_md5(to_utf8(''), to_utf8('k')))
fresh_first-034 | SELECT to_hex(murmur3(to_utf8('abc'))), to_hex(xxhash64(X''))
fresh_first-035 | SELECT to_big_endian_32(-2), from_big_endian_64(X'FFFFFFFFFFFFFFFE'), to_big_endian_64(1), to_ieee754_64(-1.5e0), from_ieee754_32(to_ieee754_32(REAL '0.1'))
fresh_first-036 | SELECT lpad(X'01', 3, X'AB'), rpad(X'0102', 1, X'00'), substr(X'010203', 2), concat(X'01', X'02'), X'0A' || X'0B'
fresh_first-037 | SELECT X'01' < X'02', X'' = X'', X'ff' > X'0fff', CAST('é' AS varbinary)
fresh_first-038 | SELECT CAST(X'61' AS varchar)
fresh_first-039 | SELECT url_extract_host('https://user:pw@Example.com:8443/a%20b/c?q=1&q=2#frag'), url_extract_port('https://user:pw@Example.com:8443/'), url_extract_path('https://e.com/a%20b/c'), url_extract_query('http://e.com/?a=%26&b'), url_extract_fragment('http://e.com/#x%20y')
fresh_first-040 | SELECT url_extract_parameter('http://e.com/?k=a%20b&k=c&e=', 'k'), url_extract_parameter('http://e.com/?k', 'k'), url_extract_parameter('http://e.com/?e=', 'e'), url_extract_parameter('http://e.com/', 'x')
fresh_first-041 | SELECT url_extract_host('not a url'), url_extract_protocol('mailto:a@b.c'), url_extract_path('/only/path'), url_extract_host('')
fresh_first-042 | SELECT url_encode('a b+c/é~*'), url_decode('a%20b+c%2F%C3%A9'), url_decode('100%25')
fresh_first-043 | SELECT regexp_extract_all('1a 2b 14m', '(\d+)([a-z]+)', 2), regexp_split('1a 2b 14m', '\s*[a-z]+\s*'), regexp_count('aaa', 'aa')
fresh_first-044 | SELECT regexp_position('I have 23 apples, 5 pears', '\b\d+\b', 5, 2), regexp_position('abc', 'z'), regexp_position('é1😀2', '\d', 1, 2)
fresh_first-045 | SELECT regexp_replace('new york', '(\w)(\w*)', x -> upper(x[1]) || lower(x[2])), regexp_replace('1a 2b', '\d'), regexp_replace('abc', '', '-')
fresh_first-046 | SELECT regexp_replace('a.b', '.', '$0$0'), regexp_replace('ab', '(a)(b)?', '$2$1'), regexp_replace('x', 'x', '\$')
fresh_first-047 | SELECT regexp_like('Straße', '(?i)STRASSE'), regexp_like('É', '(?iu)é'), regexp_like('a' || chr(10) || 'b', 'a.b'), regexp_like('a' || chr(10) || 'b', '(?s)a.b')
fresh_first-048 | SELECT regexp_extract('foo=bar; baz=qux', '(?<k>\w+)=(?<v>\w+)', 2), regexp_extract('abc', 'x'), regexp_extract('aaa', 'a{2}')
fresh_first-049 | SELECT regexp_extract('abc', '(b)', 2)
fresh_first-050 | SELECT regexp_replace('a', '(a)', '$5')
fresh_first-051 | SELECT 'a%b' LIKE 'a\%b' ESCAPE '\', 'ab' LIKE 'a!%' ESCAPE '!', '100%' LIKE '%!%' ESCAPE '!', NULL LIKE '%', '' LIKE '%'
fresh_first-052 | SELECT 'abc' LIKE 'a$b' ESCAPE '$'
fresh_first-053 | SELECT 'abc' LIKE '%' ESCAPE 'xx'
fresh_first-054 | SELECT word_stem('running'), normalize('Å', NFD) = 'Å', length(normalize('Å', NFD))
fresh_first-055 | SELECT CAST('  12  ' AS integer)
fresh_first-056 | SELECT CAST('+7' AS integer), CAST('-0' AS bigint), CAST('007' AS smallint), CAST('1e2' AS double), CAST('Infinity' AS double), CAST('-Infinity' AS real), CAST('NaN' AS double)
fresh_first-057 | SELECT CAST('1e2' AS integer)
fresh_first-058 | SELECT CAST(12.5 AS integer), CAST(-12.5 AS integer), CAST(13.5 AS bigint), CAST(2.5e0 AS integer), CAST(-0.5e0 AS integer), CAST(3.49999e0 AS smallint)
fresh_first-059 | SELECT CAST(1e10 AS integer)
fresh_first-060 | SELECT CAST('abc' AS decimal(5,2))
fresh_first-061 | SELECT CAST('123.456' AS decimal(5,2)), CAST('-0.005' AS decimal(5,2)), CAST('1e2' AS decimal(5,2)), CAST(1.005e0 AS decimal(5,2)), CAST(true AS decimal(3,1))
fresh_first-062 | SELECT CAST(1000 AS decimal(3,0))
fresh_first-063 | SELECT CAST(99.999 AS decimal(4,2))
fresh_first-064 | SELECT CAST(true AS varchar), CAST(1 AS boolean), CAST(0e0 AS boolean), CAST('T' AS boolean), CAST('f' AS boolean), CAST('1' AS boolean), CAST('TRUE' AS boolean)
fresh_first-065 | SELECT CAST('no' AS boolean)
fresh_first-066 | SELECT CAST(DATE '2024-02-29' AS timestamp), CAST(TIMESTAMP '2024-02-29 23:59:59.999' AS date), CAST(TIMESTAMP '1969-12-31 23:59:59.999' AS date), CAST('2024-02-29' AS date), CAST(TIMESTAMP '2024-01-01 12:34:56.789' AS time)
fresh_first-067 | SELECT CAST('2023-02-29' AS date)
fresh_first-068 | SELECT CAST('2024-2-9' AS date), CAST(' 2024-02-09 ' AS date)
fresh_first-069 | SELECT CAST('2024/02/09' AS date)
fresh_first-070 | SELECT CAST('2024-01-01 12' AS timestamp)
fresh_first-071 | SELECT CAST('2024-01-01 12:30' AS timestamp), CAST('2024-01-01' AS timestamp), CAST('2024-01-01 12:30:45.123456' AS timestamp), CAST('2024-01-01 12:30:45.9996' AS timestamp)
fresh_first-072 | SELECT CAST('2024-01-01 12:30 America/New_York' AS timestamp with time zone), CAST('2024-07-01 12:30:00 +05:30' AS timestamp with time zone)
fresh_first-073 | SELECT CAST(TIMESTAMP '2024-01-01 12:00:00 Asia/Tokyo' AS timestamp), CAST(TIMESTAMP '2024-01-01 23:00:00 Asia/Tokyo' AS date), CAST(TIMESTAMP '2024-01-01 23:00:00 UTC' AS varchar)
fresh_first-074 | SELECT CAST(1.10 AS varchar), CAST(-0e0 AS varchar), CAST(REAL '1e10' AS varchar), CAST(1e21 AS varchar), CAST(0.001e0 AS varchar), CAST(100e0 AS varchar)
fresh_first-075 | SELECT CAST('abcdef' AS varchar(3)), CAST(true AS varchar(4)), CAST(12.5 AS varchar(10))
fresh_first-076 | SELECT CAST(DATE '2024-01-01' AS varchar(4))
fresh_first-077 | SELECT CAST(ARRAY[1, 2] AS array(varchar)), CAST(ARRAY['1', '2'] AS array(bigint)), CAST(MAP(ARRAY['1'], ARRAY[2]) AS map(integer, varchar)), CAST(ROW(1, '2') AS row(a varchar, b integer))
fresh_first-078 | SELECT CAST(ARRAY['x'] AS array(integer))
fresh_first-079 | SELECT TRY_CAST(ARRAY['x', '1'] AS array(integer)), TRY_CAST('1,000' AS integer), TRY_CAST('' AS double), TRY_CAST('0x1F' AS integer), TRY_CAST('1_000' AS bigint)
fresh_first-080 | SELECT CAST(DATE '2024-01-01' AS bigint)
fresh_first-081 | SELECT CAST(INTERVAL '1' DAY AS varchar), CAST(INTERVAL '-14' MONTH AS varchar), CAST(TIME '01:02:03' AS varchar)
fresh_first-082 | SELECT CAST('12:34' AS time), CAST('23:59:59.9' AS time(1)), CAST('1 02:03:04.005' AS interval day to second)
fresh_first-083 | SELECT CAST(CAST('a' AS char(3)) AS varchar) || '|', CAST('a  ' AS char(5)) = 'a', CAST('ab' AS char(1)), concat(CAST('a' AS char(2)), 'b')
fresh_first-084 | SELECT CAST(uuid '12151fd2-7586-11e9-8f9e-2a86e4085a59' AS varchar), CAST('12151FD2-7586-11e9-8f9e-2a86e4085a59' AS uuid), typeof(uuid())
fresh_first-085 | SELECT CAST('not-a-uuid' AS uuid)
fresh_first-086 | SELECT CAST(ipaddress '10.0.0.1' AS varchar), CAST('::ffff:1.2.3.4' AS ipaddress), CAST('2001:DB8::0:1' AS ipaddress) = ipaddress '2001:db8::1', contains('10.0.0.0/8', ipaddress '10.1.2.3')
fresh_first-087 | SELECT ip_prefix(ipaddress '192.168.255.255', 9), ip_subnet_min(ip_prefix(ipaddress '192.64.1.1', 9)), ip_subnet_max(ip_prefix(ipaddress '192.64.1.1', 9))
fresh_first-088 | SELECT -2 ** 2
fresh_first-089 | SELECT - - 3, -(-3), 2 - -3, NOT NOT true, NOT true OR true, 1 + 2 * 3 % 4, 'a' || 'b' = 'ab', 10 - 4 - 3, 2 * 3 / 4 * 5
fresh_first-090 | SELECT 1 BETWEEN 0 AND 2 AND true, NOT 1 IN (1, 2) OR false, NOT NULL IS NULL, 1 < 2 = true
fresh_first-091 | SELECT 1 = 1 IS NOT NULL
fresh_first-092 | SELECT true OR NULL AND false, NULL AND false, NULL OR true, NOT NULL, NULL = NULL, NULL IS DISTINCT FROM NULL, 1 IN (2, NULL), 1 NOT IN (2, NULL), 1 NOT IN (1, NULL)
fresh_first-093 | SELECT 5 / -2, -5 / 2, -5 % 3, 5 % -3, 5.0 / 2, 5 / 2.0, -7 / 2e0, 5.5 % -2, mod(-5, 3), DECIMAL '-5.50' % 2
fresh_first-094 | SELECT 1e0 / 0, -1e0 / 0, 0e0 / 0e0, 5e0 % 0
fresh_first-095 | SELECT DECIMAL '5' % DECIMAL '0.0'
fresh_first-096 | SELECT -(-9223372036854775807 - 1)
fresh_first-097 | SELECT TINYINT '-128' / TINYINT '-1'
fresh_first-098 | SELECT 99999999999999999999999999999999999999 + 1
fresh_first-099 | SELECT greatest(1, 2.5, 3e0), least('b', 'a', 'C'), greatest(DATE '2024-01-01', TIMESTAMP '2024-01-01 00:00:01'), least(1, NULL), greatest(nan(), 1e0), least(nan(), 1e0)
fresh_first-100 | SELECT round(-2.5), round(2.5e0), round(-1.25, 1), round(12345, -3), round(1.005e0, 2), round(DECIMAL '-0.5'), truncate(-2.7e0), truncate(12.345, 1), ceil(-0.2), floor(-0.2e0)
fresh_first-101 | SELECT power(-8, 1e0 / 3), power(0, 0), cbrt(-27), exp(710), ln(-1), log(10, 0), log(1, 5), sqrt(-0e0), mod(-0e0, 5)
fresh_first-102 | SELECT sign(-0e0), sign(nan()), sign(DECIMAL '-1.5'), abs(-0e0), degrees(pi()), radians(-180), atan2(0, -1), e() > 2.718
fresh_first-103 | SELECT width_bucket(0, 0, 10, 5), width_bucket(10, 0, 10, 5), width_bucket(-1, 0, 10, 5), width_bucket(2e0, ARRAY[1e0, 2e0, 3e0]), width_bucket(nan(), 0, 10, 5)
fresh_first-104 | SELECT width_bucket(1, 0, 10, 0)
fresh_first-105 | SELECT from_base('zz', 36), from_base('-7F', 16), to_base(-10, 2), from_base('0', 2), to_base(9223372036854775807, 36)
fresh_first-106 | SELECT from_base('9', 8)
fresh_first-107 | SELECT to_base(5, 37)
fresh_first-108 | SELECT bitwise_and(-1, 255), bitwise_or(TINYINT '1', 256), bitwise_xor(5, -3), bitwise_not(0), bitwise_left_shift(1, 31), bitwise_left_shift(1, 33), bitwise_right_shift_arithmetic(-8, 1), bit_count(-1, 64), bit_count(7, 8)
fresh_first-109 | SELECT bit_count(200, 8)
fresh_first-110 | SELECT nan() IN (nan()), contains(ARRAY[nan()], nan()), array_position(ARRAY[1e0, nan()], nan()), array_distinct(ARRAY[nan(), nan()]), ARRAY[nan()] = ARRAY[nan()], array_remove(ARRAY[nan(), 1e0], nan())
fresh_first-111 | SELECT DATE '1969-12-31' + INTERVAL '1' DAY, DATE '2024-01-31' + INTERVAL '1' MONTH, DATE '2024-02-29' - INTERVAL '1' YEAR, DATE '2024-03-31' - INTERVAL '1' MONTH, DATE '1900-02-28' + INTERVAL '1' DAY
fresh_first-112 | SELECT date_diff('month', DATE '2024-01-31', DATE '2024-02-29'), date_diff('year', DATE '2024-02-29', DATE '2025-02-28'), date_diff('week', DATE '2024-01-01', DATE '2023-12-17'), date_diff('quarter', DATE '2024-01-01', DATE '2024-12-31'), date_diff('day', TIMESTAMP '2024-01-01 23:00:00', TIMESTAMP '2024-01-02 22:00:00')
fresh_first-113 | SELECT date_add('month', -1, DATE '2024-03-31'), date_add('quarter', 1, DATE '2023-11-30'), date_add('week', -1, TIMESTAMP '2024-01-03 10:00:00'), date_add('hour', 25, TIMESTAMP '2024-02-28 23:30:00'), date_add('millisecond', -1, TIMESTAMP '1970-01-01 00:00:00')
fresh_first-114 | SELECT date_trunc('week', DATE '1969-12-31'), date_trunc('quarter', TIMESTAMP '1969-11-30 12:00:00'), date_trunc('hour', TIMESTAMP '1969-12-31 23:59:59.999'), date_trunc('year', TIMESTAMP '2024-07-04 12:00:00 America/New_York'), date_trunc('minute', TIME '12:34:56')
fresh_first-115 | SELECT year(DATE '1582-10-15'), week(DATE '2021-01-03'), week(DATE '2020-12-31'), year_of_week(DATE '2021-01-03'), day_of_week(DATE '2024-02-29'), day_of_year(DATE '2024-12-31'), quarter(DATE '2024-10-01'), last_day_of_month(DATE '2023-02-01'), dow(DATE '1970-01-01'), doy(DATE '1969-12-31')
fresh_first-116 | SELECT extract(week FROM DATE '2016-01-01'), extract(dow FROM TIMESTAMP '2024-03-03 00:00:00'), extract(second FROM TIMESTAMP '2024-01-01 00:00:59.999'), extract(timezone_hour FROM TIMESTAMP '2024-01-01 00:00:00 -03:30'), extract(timezone_minute FROM TIMESTAMP '2024-01-01 00:00:00 -03:30'), millisecond(TIMESTAMP '2024-01-01 00:00:00.045')
fresh_first-117 | SELECT extract(hour FROM DATE '2024-01-01')
fresh_first-118 | SELECT from_unixtime(-1), from_unixtime(1.5e0), from_unixtime(1700000000, 'Europe/Berlin'), from_unixtime(1700000000, 5, 30), to_unixtime(TIMESTAMP '1969-12-31 23:59:58.5'), from_unixtime_nanos(1700000000123456789)
fresh_first-119 | SELECT from_iso8601_date('2024-W09-4'), from_iso8601_date('2024-060'), from_iso8601_timestamp('2024-02-29'), from_iso8601_timestamp('2024-02-29T12:30Z'), from_iso8601_timestamp('2024-02-29T12:30:15.123+05:30'), from_iso8601_timestamp_nanos('2024-02-29T12:30:15.123456789Z')
fresh_first-120 | SELECT from_iso8601_timestamp('29.02.2024')
fresh_first-121 | SELECT date_format(TIMESTAMP '2024-02-09 08:05:03.007', '%Y-%m-%d %H:%i:%s.%f'), date_format(TIMESTAMP '2024-02-09 18:05:03', '%c/%e/%y %l:%i %p'), date_format(TIMESTAMP '2024-02-09 00:05:03', '%W %a %b %M %j %T %r %h %k %I'), date_format(DATE '2024-12-30', '%x-%v')
fresh_first-122 | SELECT date_format(TIMESTAMP '2024-02-09 00:05:03', '%q %% %Z'), date_format(TIMESTAMP '2024-02-09 00:05:03', 'at %H')
fresh_first-123 | SELECT date_format(TIMESTAMP '2024-02-09 00:05:03', '%D')
fresh_first-124 | SELECT date_parse('2024-02-29 13:05', '%Y-%m-%d %H:%i'), date_parse('29/Feb/24', '%d/%b/%y'), date_parse('01:02:03 PM', '%r'), date_parse('2024 60', '%Y %j'), date_parse('February 3, 2024', '%M %e, %Y')
fresh_first-125 | SELECT date_parse('2024-02-29 x', '%Y-%m-%d')
fresh_first-126 | SELECT format_datetime(TIMESTAMP '2024-02-09 08:05:03.045', 'yyyy-MM-dd''T''HH:mm:ss.SSS'), format_datetime(TIMESTAMP '2024-02-09 18:05:03', 'EEE, d MMM yyyy h:mm a'), format_datetime(TIMESTAMP '2024-12-30 00:00:00', 'xxxx-''W''ww-e'), format_datetime(DATE '2024-02-09', 'EEEE D YY')
fresh_first-127 | SELECT parse_datetime('2024-02-29 10:15 +0530', 'yyyy-MM-dd HH:mm Z'), parse_datetime('29 Feb 2024', 'd MMM yyyy'), parse_datetime('2024-02-29T10', 'yyyy-MM-dd''T''HH')
fresh_first-128 | SELECT to_char(TIMESTAMP '2024-02-09 18:05:03', 'yyyy/mm/dd hh24:mi:ss'), to_date('2024-02-09', 'yyyy-mm-dd'), to_timestamp('2024-02-09 18', 'yyyy-mm-dd hh24'), char2hexint('ab')
fresh_first-129 | SELECT TIMESTAMP '2024-03-10 01:30:00 America/New_York' + INTERVAL '1' HOUR, TIMESTAMP '2024-11-03 00:30:00 America/New_York' + INTERVAL '2' HOUR, TIMESTAMP '2024-03-10 02:30:00 America/New_York'
fresh_first-130 | SELECT TIMESTAMP '2024-07-01 12:00:00 UTC' AT TIME ZONE 'Australia/Lord_Howe', at_timezone(TIMESTAMP '2024-01-01 00:00:00 UTC', 'Asia/Kathmandu'), TIMESTAMP '2024-01-01 00:00:00' AT TIME ZONE '-08:00', timezone_hour(TIMESTAMP '2024-07-01 00:00:00 Europe/London')
fresh_first-131 | SELECT TIMESTAMP '2024-01-01 00:00:00 Mars/Olympus'
fresh_first-132 | SELECT at_timezone(TIMESTAMP '2024-01-01 00:00:00 UTC', 'Nowhere/City')
fresh_first-133 | SELECT TIMESTAMP '2024-01-01 00:00:00 UTC' = TIMESTAMP '2024-01-01 09:00:00 Asia/Tokyo', TIMESTAMP '2024-01-01 00:00:00 UTC' - TIMESTAMP '2024-01-01 00:00:00 Europe/Paris', timezone(TIMESTAMP '2024-01-01 00:00:00 Europe/Paris')
fresh_first-134 | SELECT INTERVAL '1' DAY + INTERVAL '3:04:05' HOUR TO SECOND, INTERVAL '-1 12' DAY TO HOUR, INTERVAL '90' MINUTE * 2, INTERVAL '1' YEAR - INTERVAL '1' MONTH, INTERVAL '10' DAY / 4, -INTERVAL '5' SECOND, INTERVAL '1.5' SECOND
fresh_first-135 | SELECT INTERVAL '1' DAY > INTERVAL '23' HOUR, INTERVAL '12' MONTH = INTERVAL '1' YEAR, year(INTERVAL '30' MONTH), hour(INTERVAL '49' HOUR), to_milliseconds(INTERVAL '1.5' SECOND), parse_duration('3.81 d'), human_readable_seconds(93784)
fresh_first-136 | SELECT TIME '23:30:00' + INTERVAL '1' HOUR, TIME '00:15:00' - INTERVAL '30' MINUTE, TIME '10:00:00' > TIME '09:59:59.999', date_diff('minute', TIME '10:00', TIME '12:30'), hour(TIME '23:59:59')
fresh_first-137 | SELECT DATE '2024-01-01' + INTERVAL '1' HOUR
fresh_first-138 | SELECT DATE '2024-13-01'
fresh_first-139 | SELECT TIMESTAMP '2024-01-01 25:00:00'
fresh_first-140 | SELECT sequence(DATE '2024-02-28', DATE '2024-03-01'), sequence(5, 1, -2), sequence(1, 3), sequence(TIMESTAMP '2024-01-01 00:00:00', TIMESTAMP '2024-01-01 01:00:00', INTERVAL '30' MINUTE)
fresh_first-141 | SELECT array_sort(ARRAY[3, NULL, 1]), array_distinct(ARRAY[1, NULL, 1, NULL]), array_except(ARRAY[1, 2, NULL], ARRAY[2]), array_intersect(ARRAY[1, NULL, 1], ARRAY[NULL, 1]), array_union(ARRAY[2, 1], ARRAY[1, NULL])
fresh_first-142 | SELECT array_join(ARRAY[1, NULL, 3], ','), array_join(ARRAY[1, NULL, 3], '-', '?'), array_join(ARRAY[1.5e0, 2e0], ' '), array_join(ARRAY[true, false], ''), array_join(ARRAY[DATE '2024-01-01'], ';')
fresh_first-143 | SELECT array_max(ARRAY[1, NULL, 3]), array_min(ARRAY['b', 'a']), array_max(ARRAY[]), array_position(ARRAY[1, 2, NULL], NULL), array_position(ARRAY['a'], 'z'), array_remove(ARRAY[1, NULL, 2, 1], 1), cardinality(ARRAY[NULL, NULL])
fresh_first-144 | SELECT element_at(ARRAY[1, 2, 3], -1), element_at(ARRAY[1], 5), element_at(MAP(ARRAY[1, 2], ARRAY['a', NULL]), 2), slice(ARRAY[1, 2, 3, 4], -3, 2), slice(ARRAY[1, 2], 5, 1), trim_array(ARRAY[1, 2, 3], 2), repeat('x', 3), repeat(NULL, 2)
fresh_first-145 | SELECT slice(ARRAY[1], 0, 1)
fresh_first-146 | SELECT flatten(ARRAY[ARRAY[1], NULL, ARRAY[NULL, 2]]), shuffle(ARRAY[1]), reverse(ARRAY[1, NULL, 3]), concat(ARRAY[1], ARRAY[NULL], ARRAY[2, 3]), 0 || ARRAY[1], ngrams(ARRAY['a', 'b', 'c'], 2), combinations(ARRAY['x', 'y', 'z'], 2)
fresh_first-147 | SELECT filter(ARRAY[5, NULL, 7], x -> x IS NOT NULL), transform(ARRAY[1, NULL], x -> coalesce(x, 0) + 1), reduce(ARRAY[5, 20, NULL, 50], 0, (s, x) -> s + coalesce(x, 0), s -> s), zip(ARRAY[1, 2], ARRAY['a']), zip_with(ARRAY[1, 2], ARRAY[3, 4], (x, y) -> x * y)
fresh_first-148 | SELECT reduce(ARRAY[5, 6, 10, 20], CAST(ROW(0.0, 0) AS row(sum double, count integer)), (s, x) -> CAST(ROW(x + s.sum, s.count + 1) AS row(sum double, count integer)), s -> IF(s.count = 0, NULL, s.sum / s.count))
fresh_first-149 | SELECT none_match(ARRAY[1, NULL], x -> x > 1), all_match(ARRAY[], x -> x), any_match(ARRAY[NULL, 1], x -> x = 1), array_first(ARRAY[7, 8]), array_last(ARRAY[7, 8]), cardinality(ARRAY[])
fresh_first-150 | SELECT ARRAY[1, 2] < ARRAY[1, 3], ARRAY[1] < ARRAY[1, 0], ARRAY[ROW(1, 'a')] = ARRAY[ROW(1, 'a')], ARRAY[1, NULL] = ARRAY[1, 2], ARRAY[NULL] = ARRAY[NULL], ARRAY[1, NULL] IS DISTINCT FROM ARRAY[1, NULL]
fresh_first-151 | SELECT ARRAY[1, 2.5, NULL], ARRAY[DATE '2024-01-01', TIMESTAMP '2024-01-01 01:00:00'], typeof(ARRAY[1, 2e0]), typeof(ARRAY['a', 'bcd']), typeof(ARRAY[1.5, 22.25])
fresh_first-152 | SELECT map(ARRAY['a', 'a'], ARRAY[1, 2])
fresh_first-153 | SELECT map(ARRAY['a'], ARRAY[1, 2])
fresh_first-154 | SELECT map(ARRAY[NULL], ARRAY[1])
fresh_first-155 | SELECT map_filter(MAP(ARRAY[1, 2, 3], ARRAY['a', NULL, 'c']), (k, v) -> v IS NOT NULL), map_keys(MAP()), map_values(MAP(ARRAY['x'], ARRAY[ARRAY[1]])), map_concat(MAP(ARRAY[1], ARRAY[2]), MAP(ARRAY[1, 3], ARRAY[4, 5])), transform_values(MAP(ARRAY[1], ARRAY[2]), (k, v) -> k + v * 1.5), transform_keys(MAP(ARRAY['a'], ARRAY[1]), (k, v) -> k || CAST(v AS varchar))
fresh_first-156 | SELECT map_from_entries(ARRAY[ROW(1, 'x'), ROW(2, NULL)]), multimap_from_entries(ARRAY[ROW(1, 'x'), ROW(1, 'y')]), map_zip_with(MAP(ARRAY[1, 2], ARRAY['a', 'b']), MAP(ARRAY[2, 3], ARRAY['c', 'd']), (k, a, b) -> concat(coalesce(a, '_'), coalesce(b, '_'))), cardinality(MAP(ARRAY[1, 2], ARRAY[3, 4]))
fresh_first-157 | SELECT transform_keys(MAP(ARRAY[1, 2], ARRAY[3, 4]), (k, v) -> 0)
fresh_first-158 | SELECT MAP(ARRAY[ARRAY[1]], ARRAY['x'])[ARRAY[1]], MAP(ARRAY[1], ARRAY[ROW(2, 'b')])[1][2], MAP(ARRAY[1], ARRAY[2]) = MAP(ARRAY[1], ARRAY[2]), MAP(ARRAY[1, 2], ARRAY[3, 4]) = MAP(ARRAY[2, 1], ARRAY[4, 3])
fresh_first-159 | SELECT ROW(1, 2) < ROW(1, 3), (1, 'a') = (1, 'a'), ROW(1, NULL) = ROW(1, NULL), ROW(1, NULL) = ROW(2, NULL), (1, 2) IN ((1, 2), (3, 4)), CAST(ROW(1, 'x') AS row(id bigint, name varchar)).name
fresh_first-160 | SELECT r.b.c, r.a FROM (SELECT CAST(ROW(1, ROW(2)) AS row(a integer, b row(c integer))) AS r) AS t
fresh_first-161 | SELECT t.r.b, r.b[1] FROM (VALUES ROW(CAST(ROW(1, ARRAY[7, 8]) AS row(a integer, b array(integer))))) AS t(r)
fresh_first-162 | SELECT json_value('{"a": {"b": [1, 2]}}', 'lax $.a.b[1]'), json_value('{"a": 1}', 'strict $.b' DEFAULT 'd' ON EMPTY), json_value('{"a": "x"}', 'lax $.a' RETURNING integer DEFAULT -1 ON ERROR), json_value('{"a": 1.5}', 'lax $.a' RETURNING double), json_value('{"a": null}', 'lax $.a')
fresh_first-163 | SELECT json_value('{"a": [1, 2]}', 'lax $.a' ERROR ON ERROR)
fresh_first-164 | SELECT json_query('{"a": [1, 2]}', 'lax $.a[*]' WITH ARRAY WRAPPER), json_query('{"a": [1, 2]}', 'lax $.a'), json_query('{"a": 1}', 'lax $.b' EMPTY ARRAY ON EMPTY), json_query('{"a": "x"}', 'lax $.a' OMIT QUOTES), json_query('{"a": {"b": 1}}', 'strict $.c' NULL ON ERROR)
fresh_first-165 | SELECT json_exists('{"a": [1, 5]}', 'lax $.a[*] ? (@ > 3)'), json_exists('{"a": 1}', 'strict $.b' TRUE ON ERROR), json_exists('{"a": 1}', 'lax $.b'), json_exists('bad', 'lax $.b' UNKNOWN ON ERROR)
fresh_first-166 | SELECT json_object('a' VALUE 1, 'b' VALUE NULL), json_object(KEY 'a' VALUE NULL ABSENT ON NULL), json_array(1, 'x', NULL, true), json_array(1, NULL NULL ON NULL), json_array(json_array(1) FORMAT JSON), json_object('k': JSON '[1, 2]')
fresh_first-167 | SELECT json_extract('{"a": {"b.c": 1}}', '$.a["b.c"]'), json_extract_scalar('{"a": [true, null]}', '$.a[0]'), json_extract_scalar('{"a": {}}', '$.a'), json_extract_scalar('{"a": null}', '$.a'), json_extract('{"a": "é"}', '$.a')
fresh_first-168 | SELECT json_array_length('[1, [2, 3], {}]'), json_array_contains('[1, 2.0, "a"]', 'a'), json_array_get('["x", {"y": 1}]', -1), json_size('{"a": {"b": 1, "c": 2}}', '$.a'), is_json_scalar('"x"'), json_array_length('{}'), json_parse('[1.0, 1E5, "\u00e9"]')
fresh_first-169 | SELECT json_parse('{a: 1}')
fresh_first-170 | SELECT CAST(JSON '{"a": 1, "b": "x"}' AS map(varchar, json)), CAST(JSON '[1, "2", null, true]' AS array(varchar)), CAST(JSON '{"id": "7", "n": null}' AS row(id integer, n varchar)), CAST(JSON '"12"' AS integer), CAST(JSON 'null' AS integer)
fresh_first-171 | SELECT json_format(CAST(ROW(1, 'a', NULL) AS json)), json_format(CAST(MAP(ARRAY['b', 'a'], ARRAY[1.5e0, NULL]) AS json)), json_format(CAST(ARRAY[DATE '2024-01-01'] AS json)), json_format(CAST('q"\' AS json)), CAST(TIMESTAMP '2024-01-01 00:00:00' AS json)
fresh_first-172 | SELECT CAST(X'01' AS json)
fresh_first-173 | SELECT 1 WHERE NULL
fresh_first-174 | SELECT count(*), count(NULL), sum(NULL), max(NULL) FROM (VALUES 1, 2) AS t(x)
fresh_first-175 | SELECT count(x), count(DISTINCT x), sum(x), avg(x), min(x), max(x), array_agg(x), bool_and(x > 0), every(x < 3), count_if(x = 1), arbitrary(x), checksum(x) IS NULL FROM (VALUES 1, NULL) AS t(x) WHERE x > 5
fresh_first-176 | SELECT max_by(k, v), min_by(k, v), max_by(k, v, 2), min_by(k, v, 5) FROM (VALUES ('a', 3), ('b', NULL), ('c', 1)) AS t(k, v)
fresh_first-177 | SELECT max(x, 2), min(x, 5), max(x, 0) FROM (VALUES 3, NULL, 9, 4) AS t(x)
fresh_first-178 | SELECT histogram(x), map_agg(x, y), multimap_agg(x, y), map_union(MAP(ARRAY[y], ARRAY[1])) FROM (VALUES ('a', 1)) AS t(x, y)
fresh_first-179 | SELECT approx_distinct(x), approx_percentile(x, 0.5), approx_percentile(x, ARRAY[0.0, 1.0]), approx_most_frequent(2, x, 10) FROM (VALUES 1, 1, 2, 3) AS t(x)
fresh_first-180 | SELECT stddev(x), stddev_pop(x), var_samp(x), variance(x), kurtosis(x), geometric_mean(x), covar_pop(x, y), regr_slope(y, x), regr_intercept(y, x), corr(x, y) FROM (VALUES (1, 2), (2, 4), (3, 7), (4, 7)) AS t(x, y)
fresh_first-181 | SELECT listagg(x, ', ') WITHIN GROUP (ORDER BY x DESC), listagg(DISTINCT x, '|') WITHIN GROUP (ORDER BY x), listagg(x, ',' ON OVERFLOW TRUNCATE '...' WITH COUNT) WITHIN GROUP (ORDER BY x) FROM (VALUES 'b', 'a', NULL, 'b') AS t(x)
fresh_first-182 | SELECT array_agg(x ORDER BY y DESC, x), array_agg(DISTINCT x ORDER BY x), array_agg(x ORDER BY x NULLS FIRST) FILTER (WHERE y > 1), sum(DISTINCT y) FROM (VALUES (1, 2), (3, 1), (NULL, 2), (1, 3)) AS t(x, y)
fresh_first-183 | SELECT bitwise_and_agg(x), bitwise_or_agg(x), bitwise_xor_agg(x), entropy(x), sum(x) FILTER (WHERE false), count(*) FILTER (WHERE x > 4) FROM (VALUES 6, 5, 4) AS t(x)
fresh_first-184 | SELECT reduce_agg(x, 1, (a, b) -> a * b, (a, b) -> a * b) FROM (VALUES 2, 3, 7) AS t(x)
fresh_first-185 | SELECT sum(x) + x FROM (VALUES 1) AS t(x)
fresh_first-186 | SELECT sum(count(x)) FROM (VALUES 1) AS t(x)
fresh_first-187 | SELECT x FROM (VALUES 1) AS t(x) WHERE sum(x) > 0
fresh_first-188 | SELECT x FROM (VALUES 1) AS t(x) WHERE row_number() OVER (ORDER BY x) = 1
fresh_first-189 | SELECT x, count(*) FROM (VALUES 1) AS t(x) GROUP BY 3
fresh_first-190 | SELECT x AS y FROM (VALUES 1) AS t(x) HAVING x > 1
fresh_first-191 | SELECT g, h, sum(v), grouping(g, h) FROM (VALUES ('a', 1, 10), ('a', 2, 20), ('b', 1, 30)) AS t(g, h, v) GROUP BY ROLLUP (g, h) ORDER BY 4, 1, 2
fresh_first-192 | SELECT g, count(*) FROM (VALUES 'a', 'b', 'a') AS t(g) GROUP BY GROUPING SETS ((g), ()) HAVING count(*) > 1 ORDER BY g NULLS FIRST
fresh_first-193 | SELECT x, rank() OVER (ORDER BY x), dense_rank() OVER (ORDER BY x DESC), percent_rank() OVER (ORDER BY x), cume_dist() OVER (ORDER BY x), ntile(2) OVER (ORDER BY x, y) FROM (VALUES (1, 1), (1, 2), (NULL, 3), (5, 4)) AS t(x, y) ORDER BY y
fresh_first-194 | SELECT x, sum(x) OVER (ORDER BY x RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING), count(*) OVER (ORDER BY x GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW), first_value(x) OVER (ORDER BY x ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) FROM (VALUES 1, 2, 2, 5) AS t(x) ORDER BY 1, 2, 3
fresh_first-195 | SELECT d, sum(v) OVER (ORDER BY d RANGE BETWEEN INTERVAL '1' MONTH PRECEDING AND CURRENT ROW) FROM (VALUES (DATE '2024-01-31', 1), (DATE '2024-02-29', 2), (DATE '2024-04-01', 4)) AS t(d, v) ORDER BY d
fresh_first-196 | SELECT x, lag(x, 2, -1) OVER (ORDER BY i), lead(x) IGNORE NULLS OVER (ORDER BY i), nth_value(x, 2) OVER (ORDER BY i), last_value(x) IGNORE NULLS OVER (ORDER BY i) FROM (VALUES (1, 10), (2, NULL), (3, 30), (4, NULL)) AS t(i, x) ORDER BY i
fresh_first-197 | SELECT x, sum(x) OVER w, max(x) OVER (w ROWS 1 PRECEDING) FROM (VALUES 3, 1, 2) AS t(x) WINDOW w AS (ORDER BY x) ORDER BY x
fresh_first-198 | SELECT lag(x, -1) OVER (ORDER BY x) FROM (VALUES 1) AS t(x)
fresh_first-199 | SELECT x FROM (VALUES 1, NULL, 3) AS t(x) ORDER BY x DESC NULLS LAST OFFSET 1 ROW FETCH NEXT ROW ONLY
fresh_first-200 | SELECT x FROM (VALUES 1, 2, 2, 3) AS t(x) ORDER BY x DESC OFFSET 1 FETCH FIRST 1 ROWS WITH TIES
fresh_first-201 | SELECT x FROM (VALUES 1) AS t(x) FETCH FIRST 1 ROW WITH TIES
fresh_first-202 | SELECT x FROM (VALUES 2, 1) AS t(x) LIMIT ALL
fresh_first-203 | SELECT 1 UNION ALL SELECT 2.5 UNION ALL SELECT NULL ORDER BY 1
fresh_first-204 | (SELECT x FROM (VALUES 1, 1, 2) AS t(x) EXCEPT ALL SELECT 1) UNION ALL (SELECT x FROM (VALUES 1, 1) AS t(x) INTERSECT ALL VALUES 1, 1, 3) ORDER BY 1
fresh_first-205 | SELECT 1 UNION SELECT 'a'
fresh_first-206 | SELECT 1, 2 UNION SELECT 1
fresh_first-207 | SELECT CASE WHEN true THEN 1 ELSE 2.5 END, typeof(coalesce(NULL, 1, 2e0)), nullif(1, 1.0), CASE 2 WHEN 1 THEN 'a' END, IF(NULL, 1, 2), typeof(nullif('a', 'b'))
fresh_first-208 | SELECT 1 IN (1, 2.0, 3e0), '2024-01-01' IN ('2024-01-01'), DATE '2024-01-01' BETWEEN TIMESTAMP '2023-12-31 12:00:00' AND DATE '2024-01-02', 2 BETWEEN 3 AND 1
fresh_first-209 | SELECT 'a' IN (1, 2)
fresh_first-210 | SELECT 5 > ALL (VALUES 1, 2), 5 = ANY (VALUES 5, NULL), 5 <> ALL (VALUES 1, NULL), 1 < SOME (SELECT 2), 1 = ALL (SELECT 1 WHERE false), EXISTS (SELECT 1 WHERE false)
fresh_first-211 | SELECT t.x, (SELECT max(y) FROM (VALUES (1, 5), (2, 6)) AS u(x, y) WHERE u.x = t.x) FROM (VALUES 1, 3) AS t(x) ORDER BY 1
fresh_first-212 | SELECT t.x, u.s FROM (VALUES 1, 2) AS t(x) CROSS JOIN LATERAL (SELECT t.x * 10 AS s) AS u ORDER BY 1
fresh_first-213 | SELECT a.x, b.y FROM (VALUES 1, 2) AS a(x) FULL JOIN (VALUES 2, 3) AS b(y) ON a.x = b.y ORDER BY 1, 2
fresh_first-214 | SELECT x FROM (VALUES 1) AS a(x), (VALUES 1) AS b(x)
fresh_first-215 | SELECT a, a FROM (VALUES (1)) AS t(a)
fresh_first-216 | SELECT zz FROM (VALUES 1) AS t(x)
fresh_first-217 | SELECT t.* , t.x AS "X y" FROM (VALUES 1) AS t(x)
fresh_first-218 | SELECT "X" FROM (VALUES 1) AS t(x)
fresh_first-219 | SELECT 1 AS "a""b", 2 AS "SELECT", 3 "no as"
fresh_first-220 | SELECT foo(1)
fresh_first-221 | SELECT length(12)
fresh_first-222 | SELECT upper(NULL), length(NULL), substr(NULL, 1), abs(NULL), NULL + 1, NULL || 'a', typeof(NULL + 1)
fresh_first-223 | SELECT substr('a')
fresh_first-224 | SELECT fail('boom')
fresh_first-225 | SELECT try(1 / 0), try(CAST('x' AS integer)), try(ARRAY[1][2]), try(element_at(ARRAY[1], 0)), TRY(date_parse('x', '%Y'))
fresh_first-226 | SELECT CAST(NULL AS hyperloglog)
fresh_first-227 | SELECT 'x' WHERE 'x' LIKE ANY ('a', 'x')
fresh_first-228 | SELECT cardinality(x) FROM (VALUES 1) AS t(x)
fresh_first-229 | SELECT [x FOR x IN [1, 2] IF x > 1]
fresh_first-230 | SELECT 5 // 2, 2 ^ 3
fresh_first-231 | SELECT * REPLACE (x + 1 AS x) FROM (VALUES 1) AS t(x)
fresh_first-232 | SELECT DISTINCT ON (x) x FROM (VALUES 1, 1) AS t(x)
fresh_first-233 | SELECT x FROM (VALUES 1, 2) AS t(x) LIMIT 10%
fresh_first-234 | SELECT E'a\nb'
fresh_first-235 | SELECT 'hello'.upper()
fresh_first-236 | SELECT len('abc'), list_sum([1])
fresh_first-237 | SELECT * FROM (VALUES 1) AS a(x) SEMI JOIN (VALUES 1) AS b(x) USING (x)
fresh_first-238 | SELECT * FROM (VALUES 1) AS a(x) ASOF JOIN (VALUES 1) AS b(x) ON a.x >= b.x
fresh_first-239 | SUMMARIZE SELECT 1
fresh_first-240 | DESCRIBE SELECT 1
fresh_first-241 | SELECT COLUMNS(*) FROM (VALUES 1) AS t(x)
fresh_first-242 | SELECT x FROM (VALUES 1) AS t(x) ORDER BY ALL
fresh_first-243 | SELECT epoch(DATE '2024-01-01')
fresh_first-244 | SELECT strptime('2024', '%Y')
fresh_first-245 | SELECT 'a' NOT ILIKE 'A'
fresh_first-246 | SELECT unnest(ARRAY[1, 2])
fresh_first-247 | SELECT CAST(1 AS hugeint)
fresh_first-248 | SELECT CAST(1 AS int64)
fresh_first-249 | SELECT CAST('1' AS numeric(5, 1)), CAST('1' AS dec(4, 1)), typeof(CAST(1 AS double precision)), typeof(CAST(1 AS int))
fresh_first-250 | WITH RECURSIVE f(a, b, n) AS (SELECT BIGINT '0', BIGINT '1', 1 UNION ALL SELECT b, a + b, n + 1 FROM f WHERE n < 8) SELECT n, a FROM f ORDER BY n
fresh_first-251 | WITH t AS (VALUES (1, 'x')), u(k) AS (SELECT _col0 FROM t) SELECT k FROM u
fresh_first-252 | SELECT * FROM UNNEST(ARRAY[1, 2], MAP(ARRAY['a', 'b', 'c'], ARRAY[7, 8, 9])) WITH ORDINALITY AS t(n, k, v, o)
fresh_first-253 | SELECT x, n FROM (VALUES (1, ARRAY[]), (2, ARRAY[5, NULL])) AS t(x, a) LEFT JOIN UNNEST(a) AS u(n) ON true ORDER BY 1, 2
