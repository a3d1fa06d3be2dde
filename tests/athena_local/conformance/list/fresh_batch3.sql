fresh_batch3-001 | SELECT day_of_week(DATE '2023-10-29'), dow(DATE '1969-07-20'), doy(DATE '2024-12-31'), yow(DATE '2021-01-03'), week(DATE '2020-12-31')
fresh_batch3-002 | SELECT year(TIMESTAMP '1899-12-31 23:59:59'), quarter(TIMESTAMP '1969-04-01 00:00:00'), millisecond(TIMESTAMP '1969-12-31 23:59:59.987')
fresh_batch3-003 | SELECT last_day_of_month(DATE '1900-02-10'), last_day_of_month(TIMESTAMP '2000-02-10 23:00:00')
fresh_batch3-004 | SELECT date_trunc('week', DATE '2023-10-29'), date_trunc('quarter', DATE '1969-11-30'), date_trunc('year', DATE '0099-05-05')
fresh_batch3-005 | SELECT date_trunc('minute', TIME '13:59:59.999'), date_trunc('hour', TIME '00:30:00')
fresh_batch3-006 | SELECT date_trunc('day', TIME '13:00:00')
fresh_batch3-007 | SELECT date_trunc('decade', TIMESTAMP '2024-01-01 00:00:00')
fresh_batch3-008 | SELECT date_trunc('HOUR', TIMESTAMP '1969-12-31 23:59:59'), date_trunc('Month', TIMESTAMP '1582-10-20 10:00:00')
fresh_batch3-009 | SELECT date_add('month', 1, DATE '2023-01-31'), date_add('quarter', -1, DATE '2024-05-31'), date_add('year', -1, DATE '2024-02-29'), date_add('week', 53, DATE '2020-01-01')
fresh_batch3-010 | SELECT date_add('second', 90, TIME '23:59:00'), date_add('millisecond', -1, TIME '00:00:00'), date_add('hour', 49, TIME '01:00:00')
fresh_batch3-011 | SELECT date_add('day', 1, TIME '10:00:00')
fresh_batch3-012 | SELECT date_add('day', 2.5, DATE '2024-01-01')
fresh_batch3-013 | SELECT date_diff('month', DATE '2024-01-31', DATE '2024-02-29'), date_diff('month', DATE '2024-02-29', DATE '2024-01-31'), date_diff('quarter', DATE '2023-12-31', DATE '2024-01-01'), date_diff('week', DATE '2024-01-01', DATE '2024-01-14')
fresh_batch3-014 | SELECT date_diff('year', DATE '2020-02-29', DATE '2021-02-28'), date_diff('year', TIMESTAMP '2021-03-01 00:00:00', TIMESTAMP '2020-02-29 00:00:00'), date_diff('day', TIMESTAMP '2024-01-01 23:59:59', TIMESTAMP '2024-01-03 00:00:00')
fresh_batch3-015 | SELECT date_diff('minute', TIME '10:00:59', TIME '09:00:00'), date_diff('hour', TIME '23:00:00', TIME '01:30:00')
fresh_batch3-016 | SELECT date_diff('second', DATE '2024-01-01', TIMESTAMP '2024-01-01 00:01:00')
fresh_batch3-017 | SELECT date_diff('hour', TIMESTAMP '2024-11-03 00:00:00 America/New_York', TIMESTAMP '2024-11-03 06:00:00 America/New_York'), date_diff('day', TIMESTAMP '2024-11-02 12:00:00 America/New_York', TIMESTAMP '2024-11-03 11:59:59 America/New_York')
fresh_batch3-018 | SELECT date_diff('day', TIMESTAMP '2024-01-01 00:00:00 UTC', TIMESTAMP '2024-01-02 00:00:00')
fresh_batch3-019 | SELECT DATE '2024-01-31' + INTERVAL '1' MONTH, DATE '2024-03-31' - INTERVAL '1' MONTH, DATE '2024-02-29' + INTERVAL '1' YEAR, DATE '1968-02-29' - INTERVAL '4' YEAR
fresh_batch3-020 | SELECT DATE '2024-01-01' + INTERVAL '36' HOUR
fresh_batch3-021 | SELECT DATE '2024-01-01' + INTERVAL '48' HOUR, DATE '2024-01-01' - INTERVAL '2' DAY
fresh_batch3-022 | SELECT TIME '22:30:00' + INTERVAL '2' HOUR, TIME '00:10:00' - INTERVAL '15' MINUTE, TIME '10:00:00' + INTERVAL '1' DAY
fresh_batch3-023 | SELECT TIME '10:00:00' + INTERVAL '1' MONTH
fresh_batch3-024 | SELECT TIMESTAMP '2024-03-10 01:30:00 America/Chicago' + INTERVAL '1' HOUR, TIMESTAMP '2024-03-09 02:30:00 America/Chicago' + INTERVAL '1' DAY
fresh_batch3-025 | SELECT TIMESTAMP '2024-03-31 02:30:00 Europe/Berlin', TIMESTAMP '2024-10-27 02:30:00 Europe/Berlin'
fresh_batch3-026 | SELECT TIMESTAMP '2024-05-05 10:00:00 +14:00', TIMESTAMP '2024-05-05 10:00:00 -00:30', TIMESTAMP '2024-05-05 10:00 Z'
fresh_batch3-027 | SELECT TIMESTAMP '2024-05-05 10:00:00 Mars/Phobos'
fresh_batch3-028 | SELECT TIMESTAMP '2024-05-05 10:00:00 CET', TIMESTAMP '2024-05-05 10:00:00 GMT', TIMESTAMP '2024-05-05 10:00:00 Etc/GMT+5'
fresh_batch3-029 | SELECT TIMESTAMP '2024-05-05 10:00:00 EST'
fresh_batch3-030 | SELECT TIMESTAMP '2024-5-5 9:7:3', TIMESTAMP '2024-05-05', TIMESTAMP '2024-05-05 10:15'
fresh_batch3-031 | SELECT TIMESTAMP '2024-05-05T10:15:00'
fresh_batch3-032 | SELECT TIMESTAMP '2024-13-01 00:00:00'
fresh_batch3-033 | SELECT DATE '2024/01/05'
fresh_batch3-034 | SELECT DATE '24-01-05', DATE '-0001-01-01', DATE '+2024-01-05'
fresh_batch3-035 | SELECT TIME '24:00:00'
fresh_batch3-036 | SELECT TIME '7:05', TIME '07:05:09.1', TIME '07:05:09.123456'
fresh_batch3-037 | SELECT CAST('2024-01-05 10:00:00' AS date)
fresh_batch3-038 | SELECT CAST(' 2024-01-05 ' AS date), CAST('2024-1-5' AS date), TRY_CAST('20240105' AS date), TRY_CAST('' AS date)
fresh_batch3-039 | SELECT TRY_CAST('2024-01-05T00:00:00' AS date), TRY_CAST('2024-01-05 UTC' AS timestamp), TRY_CAST('2024-01-05 10' AS timestamp), TRY_CAST('2024-01-05 10:00:00.1234567' AS timestamp)
fresh_batch3-040 | SELECT CAST('2024-01-05 10:00:00.6789' AS timestamp(2)), CAST('2024-01-05 23:59:59.9999' AS timestamp(3)), CAST(TIMESTAMP '1969-12-31 23:59:59.9995' AS timestamp(3))
fresh_batch3-041 | SELECT CAST('10:00:59.9996' AS time), CAST('23:59:59.9999' AS time(3)), CAST(TIMESTAMP '2024-01-05 10:11:12.345' AS time(1))
fresh_batch3-042 | SELECT CAST(TIMESTAMP '2024-01-05 10:11:12.345 Asia/Kolkata' AS date), CAST(TIMESTAMP '2024-01-05 22:11:12 America/Lima' AS timestamp), CAST(TIMESTAMP '2024-01-05 22:11:12 America/Lima' AS varchar)
fresh_batch3-043 | SELECT CAST(DATE '0099-01-01' AS varchar), CAST(TIMESTAMP '1969-12-31 00:00:00' AS varchar), CAST(TIME '01:02:03' AS varchar), CAST(TIMESTAMP '2024-01-05 10:00:00.100' AS varchar)
fresh_batch3-044 | SELECT CAST(DATE '2024-01-05' AS varchar(7))
fresh_batch3-045 | SELECT CAST(INTERVAL '90' MINUTE AS varchar), CAST(INTERVAL '-14' MONTH AS varchar), CAST(INTERVAL '1 02:03:04.5' DAY TO SECOND AS varchar)
fresh_batch3-046 | SELECT CAST('3 04:05:06.789' AS interval day to second), CAST('2-3' AS interval year to month)
fresh_batch3-047 | SELECT CAST(DATE '2024-01-05' AS timestamp with time zone), CAST(DATE '2024-01-05' AS timestamp(6))
fresh_batch3-048 | SELECT CAST(TIME '10:00:00' AS timestamp)
fresh_batch3-049 | SELECT CAST(DATE '2024-01-05' AS bigint)
fresh_batch3-050 | SELECT CAST(20240105 AS date)
fresh_batch3-051 | SELECT CAST(TIMESTAMP '2024-01-05 10:00:00' AS double)
fresh_batch3-052 | SELECT INTERVAL '90' SECOND, INTERVAL '-90' SECOND, INTERVAL - '90' SECOND, -INTERVAL '1' DAY, INTERVAL '400' DAY
fresh_batch3-053 | SELECT INTERVAL '1:30' HOUR TO MINUTE, INTERVAL '05:10.25' MINUTE TO SECOND, INTERVAL '10 12' DAY TO HOUR, INTERVAL '4-11' YEAR TO MONTH
fresh_batch3-054 | SELECT INTERVAL '1' DAY * 1.5, INTERVAL '7' MONTH / 2, 3 * INTERVAL '20' MINUTE, INTERVAL '1' DAY / 7e0
fresh_batch3-055 | SELECT INTERVAL '1' HOUR / INTERVAL '1' MINUTE
fresh_batch3-056 | SELECT INTERVAL '24' HOUR = INTERVAL '1' DAY, INTERVAL '1' MONTH < INTERVAL '1' YEAR, INTERVAL '12' MONTH = INTERVAL '1' YEAR, INTERVAL '59' SECOND BETWEEN INTERVAL '0' SECOND AND INTERVAL '1' MINUTE
fresh_batch3-057 | SELECT INTERVAL '30' DAY < INTERVAL '1' MONTH
fresh_batch3-058 | SELECT extract(hour FROM INTERVAL '3 04:05:06' DAY TO SECOND), extract(second FROM INTERVAL '65' SECOND), extract(month FROM INTERVAL '15' MONTH), extract(year FROM INTERVAL '-15' MONTH)
fresh_batch3-059 | SELECT extract(month FROM INTERVAL '3' DAY)
fresh_batch3-060 | SELECT extract(timezone_hour FROM TIMESTAMP '2024-07-01 00:00:00 Asia/Kathmandu'), timezone_minute(TIMESTAMP '2024-07-01 00:00:00 Asia/Kathmandu'), extract(timezone_hour FROM TIMESTAMP '2024-01-01 00:00:00 America/St_Johns'), timezone_minute(TIMESTAMP '2024-01-01 00:00:00 America/St_Johns')
fresh_batch3-061 | SELECT extract(year FROM '2024-01-01')
fresh_batch3-062 | SELECT extract(day_of_week FROM TIMESTAMP '2024-02-29 10:00:00'), extract(doy FROM DATE '2024-02-29'), extract(yow FROM DATE '2024-12-30'), extract(quarter FROM DATE '2024-10-01')
fresh_batch3-063 | SELECT extract(epoch FROM TIMESTAMP '2024-01-01 00:00:00')
fresh_batch3-064 | SELECT sum(d) FROM (VALUES INTERVAL '30' MINUTE, INTERVAL '45' MINUTE, NULL) AS t (d)
fresh_batch3-065 | SELECT avg(d), max(d), min(d) FROM (VALUES INTERVAL '1' DAY, INTERVAL '2' HOUR) AS t (d)
fresh_batch3-066 | SELECT max(m), sum(m) FROM (VALUES INTERVAL '3' MONTH, INTERVAL '11' MONTH) AS t (m)
fresh_batch3-067 | SELECT sequence(TIMESTAMP '2024-01-01 00:00:00', TIMESTAMP '2024-01-01 12:00:00', INTERVAL '5' HOUR), sequence(DATE '2024-03-02', DATE '2024-02-28')
fresh_batch3-068 | SELECT sequence(DATE '2024-01-31', DATE '2024-06-30', INTERVAL '2' MONTH), sequence(DATE '2024-01-01', DATE '2024-01-03', INTERVAL '12' HOUR)
fresh_batch3-069 | SELECT sequence(DATE '2024-01-05', DATE '2024-01-01', INTERVAL '1' DAY)
fresh_batch3-070 | SELECT from_unixtime(-1), from_unixtime(1709251199.5), from_unixtime(0, 'Asia/Tokyo'), from_unixtime(1700000000, 5, 30)
fresh_batch3-071 | SELECT from_unixtime(1700000000, -3, -30), from_unixtime_nanos(-1), from_unixtime_nanos(1700000000123456789)
fresh_batch3-072 | SELECT from_unixtime(NULL), to_unixtime(NULL), to_unixtime(DATE '1970-01-02'), to_unixtime(TIMESTAMP '1969-12-31 23:59:59.25'), to_unixtime(TIMESTAMP '2024-06-01 00:00:00 Australia/Sydney')
fresh_batch3-073 | SELECT to_iso8601(DATE '0400-01-01'), to_iso8601(TIMESTAMP '2024-06-01 10:00:00.5'), to_iso8601(TIMESTAMP '2024-06-01 10:00:00 -03:30'), to_iso8601(TIMESTAMP '2024-06-01 10:00:00 UTC')
fresh_batch3-074 | SELECT from_iso8601_date('2024-W09-4'), from_iso8601_date('2024-060'), from_iso8601_date('20240229'), from_iso8601_date('2024-02')
fresh_batch3-075 | SELECT from_iso8601_date('2024-02-30')
fresh_batch3-076 | SELECT from_iso8601_date('2024-02-29T10:00:00')
fresh_batch3-077 | SELECT from_iso8601_timestamp('2024-02-29T10'), from_iso8601_timestamp('2024-02-29T10:15:30,25Z'), from_iso8601_timestamp('2024-060T10:15-0500'), from_iso8601_timestamp('2024-02-29T24:00:00Z')
fresh_batch3-078 | SELECT from_iso8601_timestamp('2024-02-29 10:00:00')
fresh_batch3-079 | SELECT from_iso8601_timestamp_nanos('2024-02-29T10:15:30.123456789Z'), typeof(from_iso8601_timestamp_nanos('2024-02-29'))
fresh_batch3-080 | SELECT at_timezone(TIMESTAMP '2024-02-29 23:30:00 UTC', '+05:45'), with_timezone(TIMESTAMP '2024-03-31 02:15:00', 'Europe/Paris'), timezone(TIMESTAMP '2024-02-29 23:30:00 -08:00')
fresh_batch3-081 | SELECT at_timezone(TIMESTAMP '2024-02-29 23:30:00 UTC', 'Nowhere')
fresh_batch3-082 | SELECT TIMESTAMP '2024-02-29 23:30:00' AT TIME ZONE INTERVAL '-3' HOUR, TIMESTAMP '2024-02-29 23:30:00 UTC' AT TIME ZONE 'America/Caracas'
fresh_batch3-083 | SELECT DATE '2024-02-29' AT TIME ZONE 'UTC'
fresh_batch3-084 | SELECT TIMESTAMP '2024-02-29 10:00:00 UTC' = TIMESTAMP '2024-02-29 19:00:00 Asia/Tokyo', TIMESTAMP '2024-02-29 10:00:00' < TIMESTAMP '2024-02-29 10:00:00 America/Lima', DATE '2024-02-29' = TIMESTAMP '2024-02-29 00:00:00', DATE '2024-02-29' < TIMESTAMP '2024-02-29 00:00:01'
fresh_batch3-085 | SELECT DATE '2024-02-29' = '2024-02-29'
fresh_batch3-086 | SELECT TIME '10:00:00' < TIMESTAMP '2024-02-29 10:00:00'
fresh_batch3-087 | SELECT DATE '2024-02-29' - TIMESTAMP '2024-02-28 12:00:00', TIMESTAMP '2024-02-29 00:00:00' - TIMESTAMP '2024-03-01 01:02:03.004', TIME '10:00:00' - TIME '12:30:00'
fresh_batch3-088 | SELECT DATE '2024-02-29' + 1
fresh_batch3-089 | SELECT DATE '2024-02-29' + DATE '2024-02-28'
fresh_batch3-090 | SELECT human_readable_seconds(93784), human_readable_seconds(-61), human_readable_seconds(0.9), human_readable_seconds(604800)
fresh_batch3-091 | SELECT parse_duration('1.5h'), parse_duration('42ms'), parse_duration('3 d'), parse_duration('0.25m')
fresh_batch3-092 | SELECT parse_duration('5 weeks')
fresh_batch3-093 | SELECT to_milliseconds(INTERVAL '1 00:00:01' DAY TO SECOND), to_milliseconds(parse_duration('2.5s')), to_milliseconds(INTERVAL '-5' MINUTE)
fresh_batch3-094 | SELECT date(TIMESTAMP '2024-02-29 23:59:59'), date('2024-02-29'), date(TIMESTAMP '2024-02-29 23:30:00 America/Lima')
fresh_batch3-095 | SELECT date('29.02.2024')
fresh_batch3-096 | SELECT date_format(DATE '2024-02-05', '%e/%c/%y'), date_format(TIMESTAMP '1969-12-31 00:05:09.012', '%H:%i:%s.%f %p %h %l %k'), date_format(TIMESTAMP '2024-02-05 13:00:00', '%W %b %M %a %j %r %T')
fresh_batch3-097 | SELECT date_format(TIMESTAMP '2024-12-30 00:00:00', '%x-W%v'), date_format(TIMESTAMP '2024-12-30 00:00:00', '%% %n %é %Q')
fresh_batch3-098 | SELECT date_format(TIMESTAMP '2024-12-30 00:00:00', '%D')
fresh_batch3-099 | SELECT date_format(TIMESTAMP '2024-12-30 00:00:00', '%U')
fresh_batch3-100 | SELECT date_format(TIME '10:00:00', '%H')
fresh_batch3-101 | SELECT date_format('2024-02-05', '%Y')
fresh_batch3-102 | SELECT date_format(TIMESTAMP '2024-02-05 10:00:00', ''), date_format(NULL, '%Y'), date_format(TIMESTAMP '2024-02-05 10:00:00', 'week')
fresh_batch3-103 | SELECT date_parse('5/2/24', '%e/%c/%y'), date_parse('Feb 05 2024', '%b %d %Y'), date_parse('February 5, 2024 1:02 PM', '%M %e, %Y %l:%i %p')
fresh_batch3-104 | SELECT date_parse('2024-02-05 10:11:12.123456', '%Y-%m-%d %H:%i:%s.%f'), date_parse('69', '%y'), date_parse('70', '%y'), date_parse('036 2024', '%j %Y')
fresh_batch3-105 | SELECT date_parse('2024-02-05 10', '%Y-%m-%d')
fresh_batch3-106 | SELECT date_parse('2024-2-5', '%Y-%m-%d'), date_parse('20240205', '%Y%m%d'), date_parse('10:11', '%H:%i')
fresh_batch3-107 | SELECT date_parse('Mon 2024-02-05', '%a %Y-%m-%d'), date_parse('MON 2024-02-05', '%a %Y-%m-%d')
fresh_batch3-108 | SELECT try(date_parse('2024-99-01', '%Y-%m-%d')), try(CAST('12:61:00' AS time)), try(from_iso8601_date('x'))
fresh_batch3-109 | SELECT format_datetime(TIMESTAMP '2024-02-05 03:04:05.678', 'EEE, d MMM yyyy HH:mm:ss.SSS'), format_datetime(TIMESTAMP '2024-02-05 03:04:05', 'yy-D-E'), format_datetime(TIMESTAMP '2024-02-05 15:04:05', 'K:m:s a')
fresh_batch3-110 | SELECT format_datetime(TIMESTAMP '2024-12-30 00:00:00', 'xxxx-''W''ww-e'), format_datetime(TIMESTAMP '2024-12-30 00:00:00', 'yyyyMMdd''T''HHmmss'), format_datetime(DATE '2024-02-29', 'MMMM')
fresh_batch3-111 | SELECT format_datetime(TIMESTAMP '2024-07-01 12:00:00 America/New_York', 'z zzzz Z ZZ ZZZ'), format_datetime(TIMESTAMP '2024-07-01 12:00:00 +05:30', 'z Z')
fresh_batch3-112 | SELECT format_datetime(TIMESTAMP '2024-07-01 12:00:00', 'b')
fresh_batch3-113 | SELECT format_datetime(TIMESTAMP '2024-07-01 12:00:00', 'yyyy ''oclock')
fresh_batch3-114 | SELECT format_datetime(TIMESTAMP '0044-03-15 12:00:00', 'G y yyyy C Y'), format_datetime(TIMESTAMP '2024-07-01 00:00:00', 'k h H')
fresh_batch3-115 | SELECT parse_datetime('05-Feb-24', 'dd-MMM-yy'), parse_datetime('2024/036', 'yyyy/DDD'), parse_datetime('2024-02-05 00:00 -03:30', 'yyyy-MM-dd HH:mm ZZ')
fresh_batch3-116 | SELECT parse_datetime('12:00 AM', 'hh:mm a'), parse_datetime('Monday 05', 'EEEE dd')
fresh_batch3-117 | SELECT parse_datetime('2024-13', 'yyyy-MM')
fresh_batch3-118 | SELECT to_char(TIMESTAMP '2024-02-05 13:04:05', 'dd-mm-yyyy hh24:mi:ss'), to_char(TIMESTAMP '2024-02-05 13:04:05', 'hh:mi')
fresh_batch3-119 | SELECT to_date('05.02.2024', 'dd.mm.yyyy'), to_timestamp('2024-02-05 13:04:05', 'yyyy-mm-dd hh24:mi:ss')
fresh_batch3-120 | SELECT to_char(TIMESTAMP '2024-02-05 13:04:05', 'MON')
fresh_batch3-121 | SELECT typeof(date_trunc('day', DATE '2024-01-01')), typeof(date_add('day', 1, TIMESTAMP '2024-01-01 00:00:00.000000')), typeof(from_unixtime(0)), typeof(DATE '2024-01-01' - DATE '2023-01-01'), typeof(TIME '10:00' + INTERVAL '1' SECOND)
fresh_batch3-122 | SELECT typeof(CAST('2024-01-01 00:00:00' AS timestamp)), typeof(TIMESTAMP '2024-01-01 00:00'), typeof(TIMESTAMP '2024-01-01'), typeof(TIME '10:00:00.12'), typeof(INTERVAL '1' DAY), typeof(INTERVAL '1' YEAR), typeof(parse_duration('1s'))
fresh_batch3-123 | SELECT typeof(year(DATE '2024-01-01')), typeof(to_unixtime(TIMESTAMP '2024-01-01 00:00:00')), typeof(date_diff('day', DATE '2024-01-01', DATE '2024-01-01')), typeof(format_datetime(TIMESTAMP '2024-01-01 00:00:00', 'y')), typeof(last_day_of_month(TIMESTAMP '2024-01-01 00:00:00'))
fresh_batch3-124 | SELECT lower('ÀÉÎ'), upper('straße'), upper('ﬁ'), lower('İ'), upper('ı'), initcap('x')
fresh_batch3-125 | SELECT length('👨‍👩‍👧'), length('e' || chr(769)), reverse('a👍b'), substr('a👍b', 2, 1), strpos('a👍b', 'b')
fresh_batch3-126 | SELECT reverse('noe' || chr(776) || 'l'), normalize('e' || chr(769)) = 'é', length(normalize('é', NFD)), normalize('ﬁ', NFKC), normalize('①', NFKD)
fresh_batch3-127 | SELECT normalize('x', NFX)
fresh_batch3-128 | SELECT lpad('👍', 3, 'é'), rpad('日', 4, 'ab'), lpad('abc', 5, NULL), rpad('abc', 5, ' ') || '|'
fresh_batch3-129 | SELECT split_part('a.b.c', '.', 3), split_part('ééé', 'é', 2), split_part('abc', 'x', 1), split_part('a||b', '||', 2)
fresh_batch3-130 | SELECT split_part('a-b', '-', 0)
fresh_batch3-131 | SELECT split('a,b,,c,', ','), split('日本日', '日'), split('a b  c', ' ', 2), cardinality(split('', ','))
fresh_batch3-132 | SELECT split_to_map('a=1;b=2', ';', '='), split_to_map('', ';', '='), split_to_multimap('a=1;a=2', ';', '=')
fresh_batch3-133 | SELECT split_to_map('a=1;b', ';', '=')
fresh_batch3-134 | SELECT split_to_map('k:1,k:2,j:x', ',', ':', (k, a, b) -> a || '+' || b)
fresh_batch3-135 | SELECT concat('a', NULL), concat('a', 'b', 'c', 'd'), 'a' || 1
fresh_batch3-136 | SELECT 'n=' || CAST(1.50 AS varchar), 'd=' || CAST(1e10 AS varchar), 'b=' || CAST(true AS varchar), 'r=' || CAST(REAL '0.1' AS varchar)
fresh_batch3-137 | SELECT CAST(1e-7 AS varchar), CAST(12345678.9e0 AS varchar), CAST(-0e0 AS varchar), CAST(infinity() AS varchar), CAST(0.001e0 AS varchar), CAST(123456789012e0 AS varchar)
fresh_batch3-138 | SELECT CAST(REAL '16777216' AS varchar), CAST(REAL '1e-4' AS varchar), CAST(DECIMAL '-0.050' AS varchar), CAST(DECIMAL '0' AS varchar), CAST(TINYINT '-5' AS varchar)
fresh_batch3-139 | SELECT CAST('1e3' AS double), CAST(' 1.5 ' AS double), CAST('Infinity' AS double), CAST('-.5' AS double), CAST('1d' AS double), CAST('0x10p1' AS double)
fresh_batch3-140 | SELECT CAST('1e3' AS bigint)
fresh_batch3-141 | SELECT CAST(' 42' AS integer)
fresh_batch3-142 | SELECT CAST('+42' AS integer), CAST('-0' AS integer), TRY_CAST('4_2' AS integer), TRY_CAST('٤٢' AS integer), TRY_CAST('42.0' AS integer), TRY_CAST('2147483648' AS integer)
fresh_batch3-143 | SELECT CAST('1.005' AS decimal(5,2)), CAST('-1e2' AS decimal(5,1)), CAST('.5' AS decimal(2,1)), TRY_CAST('1.' AS decimal(3,1)), TRY_CAST('1000' AS decimal(3,0)), TRY_CAST(' 1' AS decimal(3,1))
fresh_batch3-144 | SELECT CAST('TRUE' AS boolean), CAST('t' AS boolean), CAST('0' AS boolean), TRY_CAST('yes' AS boolean), TRY_CAST(' true' AS boolean), TRY_CAST('' AS boolean)
fresh_batch3-145 | SELECT CAST(true AS integer), CAST(2 AS boolean), CAST(0e0 AS boolean), CAST(true AS double), CAST(DECIMAL '0.0' AS boolean)
fresh_batch3-146 | SELECT CAST(2.5e0 AS integer), CAST(-2.5e0 AS bigint), CAST(3.5e0 AS smallint), CAST(DECIMAL '2.5' AS integer), CAST(DECIMAL '-0.5' AS integer), CAST(REAL '1.5' AS tinyint)
fresh_batch3-147 | SELECT CAST('hello' AS varchar(3)), CAST('hi' AS char(4)) = 'hi', CAST(12345 AS varchar(5)), CAST('日本語' AS varchar(2))
fresh_batch3-148 | SELECT CAST('abc' AS varbinary), CAST('é' AS varbinary)
fresh_batch3-149 | SELECT CAST(ARRAY['1', NULL, '3'] AS array(integer)), CAST(MAP(ARRAY['1'], ARRAY['2.5']) AS map(integer, double)), CAST(ROW('7', 8) AS row(a integer, b varchar))
fresh_batch3-150 | SELECT CAST(ARRAY['x'] AS array(date))
fresh_batch3-151 | SELECT CAST(uuid '12151FD2-7586-11E9-8F9E-2A86E4085A59' AS varchar), CAST('12151fd2-7586-11e9-8f9e-2a86e4085a59' AS uuid) = UUID '12151fd2-7586-11e9-8f9e-2a86e4085a59', CAST(IPADDRESS '2001:DB8::0:1' AS varchar)
fresh_batch3-152 | SELECT CAST('12151fd2' AS uuid)
fresh_batch3-153 | SELECT CAST('300.1.1.1' AS ipaddress)
fresh_batch3-154 | SELECT regexp_extract_all('a1b22c333', '[a-z](\d+)', 1), regexp_extract_all('none', '\d'), regexp_extract('ab', '(x)?b', 1), regexp_extract('ÄÖ', '(?i)äö')
fresh_batch3-155 | SELECT regexp_replace('2024-02-05', '(\d+)-(\d+)-(\d+)', '$3.$2.$1'), regexp_replace('aaa', 'a*', 'b'), regexp_replace('a.b', '\.'), regexp_replace('cost', 'cost', '\$5')
fresh_batch3-156 | SELECT regexp_replace('abc', '(b)', '$2')
fresh_batch3-157 | SELECT regexp_replace('abc', 'b', '$')
fresh_batch3-158 | SELECT regexp_replace('hello world', '\b(\w)(\w*)', x -> upper(x[1]) || x[2]), regexp_replace('a1b2', '(\d)', m -> CAST(CAST(m[1] AS integer) + 1 AS varchar))
fresh_batch3-159 | SELECT regexp_like('line1' || chr(10) || 'line2', '^line2$'), regexp_like('line1' || chr(10) || 'line2', '(?m)^line2$'), regexp_like('a' || chr(10) || 'b', 'a.b'), regexp_like('a' || chr(10) || 'b', '(?s)a.b')
fresh_batch3-160 | SELECT regexp_like('É', '\w'), regexp_like('٣', '\d'), regexp_like('É', '\p{Lu}'), regexp_like('日', '\p{IsHan}'), regexp_like('a b', 'a\h*b'), regexp_like('_', '[[:punct:]]')
fresh_batch3-161 | SELECT regexp_like('abcabc', '(abc)\1'), regexp_like('foobar', 'foo(?!baz)'), regexp_like('price', '(?<!un)price'), regexp_like('aaa', 'a{2,}+a'), regexp_like('', '^$')
fresh_batch3-162 | SELECT regexp_split('a1b2c', '\d'), regexp_split('abc', ''), regexp_split('', ','), regexp_split(',a,', ','), regexp_split('a  b', '\s+')
fresh_batch3-163 | SELECT regexp_count('abababa', 'aba'), regexp_count('abc', ''), regexp_position('a1b2c3', '\d', 3), regexp_position('a1b2c3', '\d', 1, 3), regexp_position('abc', 'x')
fresh_batch3-164 | SELECT regexp_position('abc', 'b', 0)
fresh_batch3-165 | SELECT regexp_extract('abc', 'b', 1)
fresh_batch3-166 | SELECT 'a_b' LIKE 'a\_b' ESCAPE '\', '50%' LIKE '50!%' ESCAPE '!', 'abc' LIKE 'A%', '👍x' LIKE '_x', 'a' || chr(10) || 'b' LIKE 'a_b', '' LIKE '%'
fresh_batch3-167 | SELECT 'abc' LIKE 'a\b' ESCAPE '\'
fresh_batch3-168 | SELECT 'abc' LIKE 'abc' ESCAPE '##'
fresh_batch3-169 | SELECT starts_with('éclair', 'é'), starts_with('abc', ''), ends_with('abc', 'bc'), starts_with('abc', NULL)
fresh_batch3-170 | SELECT soundex('Robert'), soundex('Tymczak'), soundex(''), levenshtein_distance('kitten', 'sitting'), hamming_distance('karolin', 'kathrin'), jaccard_index(ARRAY['a'], ARRAY['b'])
fresh_batch3-171 | SELECT translate('2024-02-05', '-', '/'), translate('añb', 'ñ', 'n'), replace('日本日', '日', 'x'), replace('abc', '', '-'), trim(BOTH 'ab' FROM 'abcba'), rtrim('xyz--', '-'), ltrim('0042', '0')
fresh_batch3-172 | SELECT chr(8364), codepoint('€'), chr(0) = '', codepoint('👍'), to_utf8('€'), from_utf8(X'E282AC'), from_utf8(X'E282', '?')
fresh_batch3-173 | SELECT word_stem('running'), word_stem('maisons', 'fr'), word_stem('Häuser', 'de')
fresh_batch3-174 | SELECT url_extract_host('https://user:pw@Example.com:8443/a/b.html?x=1&y=%20z#frag'), url_extract_port('https://example.com:8443/'), url_extract_path('https://example.com/a%20b/c?x'), url_extract_query('https://example.com/?a=1&a=2#f'), url_extract_fragment('https://example.com/#a%20b'), url_extract_protocol('FTP://x.org')
fresh_batch3-175 | SELECT url_extract_parameter('https://e.com/?q=caf%C3%A9+au&r=&s', 'q'), url_extract_parameter('https://e.com/?q=1&r=&s', 'r'), url_extract_parameter('https://e.com/?q=1&r=&s', 's'), url_extract_parameter('https://e.com/?Q=1', 'q'), url_extract_parameter('https://e.com/?a=1&a=2', 'a')
fresh_batch3-176 | SELECT url_extract_host('not a url'), url_extract_host('mailto:me@example.com'), url_extract_path('example.com/x'), url_extract_port('http://e.com'), url_extract_protocol('//e.com/x'), url_extract_host('')
fresh_batch3-177 | SELECT url_encode('a b&c=é/~*'), url_decode('a+b%26c%3D%C3%A9'), url_decode('100%25'), url_encode('')
fresh_batch3-178 | SELECT format('%08.3f|%+d|%(d|% d', 3.14159e0, 5, -7, 42), format('%e', 12345.678e0), format('%g', 0.00012e0), format('%b %B', true, false), format('%h', 'hi'), format('%10s|%-10s|', 'é', '👍')
fresh_batch3-179 | SELECT format('%,.2f', DECIMAL '1234567.895'), format('%d', DECIMAL '12'), format('%s', 1e0)
fresh_batch3-180 | SELECT format('%,.2f', DECIMAL '1234567.895'), format('%s %s', DATE '2024-02-05', TIMESTAMP '2024-02-05 10:00:00'), format('%tY', DATE '2024-02-05')
fresh_batch3-181 | SELECT format('%1$tY-%1$tm-%1$td %1$tH:%1$tM', TIMESTAMP '2024-02-05 10:07:00'), format('%tB %<te', DATE '2024-02-05')
fresh_batch3-182 | SELECT format('%f', 3)
fresh_batch3-183 | SELECT format('%q', 1)
fresh_batch3-184 | SELECT format_number(1234567), format_number(999.5e0), format_number(-1500), format_number(0.001e0), format_number(1e15)
fresh_batch3-185 | SELECT to_base(-255, 16), from_base('zz', 36), from_base('-101', 2), to_base(0, 2), to_hex(to_utf8('é')), from_base64('aGk='), to_base64(to_utf8('ÿ'))
fresh_batch3-186 | SELECT from_base('12', 2)
fresh_batch3-187 | SELECT round(2.675e0, 2), round(DECIMAL '2.675', 2), round(-2.5e0), round(1234.5, -2), truncate(DECIMAL '-2.79', 1), truncate(-2.7e0), round(25, -1), ceiling(-0.5e0)
fresh_batch3-188 | SELECT x, CAST(x AS varchar) FROM (VALUES 0.1e0 + 0.2e0, 1e21, 1.0E-3, 100e0, 1e7, 9999999e0) AS t (x) ORDER BY x
fresh_batch3-189 | SELECT s FROM (VALUES 'b', 'B', 'a', 'é', 'z', '10', '9', '', '👍') AS t (s) ORDER BY s
fresh_batch3-190 | SELECT date_trunc('month', d) AS m, count(*), min(date_format(d, '%d.%m.')) FROM (VALUES DATE '2024-02-29', DATE '2024-02-01', DATE '2023-02-01') AS t (d) GROUP BY 1 ORDER BY 1 DESC
fresh_batch3-191 | SELECT day_name(DATE '2024-01-01')
fresh_batch3-192 | SELECT monthname(DATE '2024-01-01')
fresh_batch3-193 | SELECT strftime(TIMESTAMP '2024-01-01 00:00:00', '%Y')
fresh_batch3-194 | SELECT current_date > DATE '2020-01-01', typeof(current_timestamp), typeof(localtime), typeof(now()), current_timezone() IS NOT NULL, typeof(localtimestamp(6))
fresh_batch3-195 | SELECT substring('hello', 2, 3), substring('hello' FROM 6), substr('hello', 6, 2), substring('日本語', -2), left('hello', 2)
fresh_batch3-196 | SELECT string_agg(x, ',') FROM (VALUES 'a', 'b') AS t (x)
fresh_batch3-197 | SELECT instr('hello', 'l')
fresh_batch3-198 | SELECT charindex('l', 'hello')
fresh_batch3-199 | SELECT index('hello', 'l'), position('lo' IN 'hello'), strpos('hello', 'l', 2), strpos('hello', ''), strpos('', '')
fresh_batch3-200 | SELECT array_join(ARRAY[1.5, NULL, 2.25], '; ', '-'), array_join(ARRAY[DATE '2024-02-29'], ','), array_join(ARRAY[true, NULL], '/'), array_join(ARRAY[1e0, 1e10], ' ')
