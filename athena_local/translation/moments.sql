-- Macros for dates, times, zones and intervals. Calls of them are made by the moment modules only, never by a name in the
-- SQL of a query. A span is an interval of days and less, in milliseconds; months are one of months and years.

CREATE MACRO trino_raise(name, message, like_) AS cast_to_type('trino-error ' || name || ': ' || message || ';;', like_);

-- zones ----------------------------------------------------------------------------------------------------------------
CREATE MACRO trino_shifted(x, minutes) AS x + to_minutes(minutes::BIGINT);
CREATE MACRO trino_instant(t, zone) AS CASE
    WHEN timezone(zone, timezone(zone, t) - to_hours(1)) = t THEN timezone(zone, t) - to_hours(1) ELSE timezone(zone, t) END;
CREATE MACRO trino_offset_seconds(x, clock) AS (epoch_us(clock) - epoch_us(x)) // 1000000;
CREATE MACRO trino_offset_hour(x, clock) AS trino_offset_seconds(x, clock) // 3600;
CREATE MACRO trino_offset_minute(x, clock) AS trino_offset_seconds(x, clock) // 60 % 60;
CREATE MACRO trino_unless_null(x, y) AS CASE WHEN x IS NOT NULL THEN y END;

-- digits of a second ---------------------------------------------------------------------------------------------------
CREATE MACRO trino_rounded_us(us, n) AS (us + n // 2 - ((us + n // 2) % n + n) % n)::BIGINT;
CREATE MACRO trino_round_timestamp(x, n) AS make_timestamp(trino_rounded_us(epoch_us(x::TIMESTAMP), n));
CREATE MACRO trino_round_zoned(x, n) AS timezone('UTC', make_timestamp(trino_rounded_us(epoch_us(x::TIMESTAMPTZ), n)));
CREATE MACRO trino_round_time(x, n) AS TIME '00:00:00' + to_microseconds(trino_rounded_us(epoch_us(x::TIME), n));
CREATE MACRO trino_timestamp_digits(x, digits) AS CASE WHEN digits = 0 THEN strftime(x, '%Y-%m-%d %H:%M:%S')
    ELSE left(strftime(x, '%Y-%m-%d %H:%M:%S.%f'), 20 + digits) END;
CREATE MACRO trino_iso_text(x, digits) AS CASE WHEN digits = 0 THEN strftime(x, '%Y-%m-%dT%H:%M:%S')
    ELSE left(strftime(x, '%Y-%m-%dT%H:%M:%S.%f'), 20 + digits) END;
CREATE MACRO trino_iso_offset(x, clock) AS CASE WHEN trino_offset_seconds(x, clock) = 0 THEN 'Z' ELSE
    CASE WHEN trino_offset_seconds(x, clock) < 0 THEN '-' ELSE '+' END
    || lpad((abs(trino_offset_seconds(x, clock)) // 3600)::VARCHAR, 2, '0') || ':'
    || lpad((abs(trino_offset_seconds(x, clock)) // 60 % 60)::VARCHAR, 2, '0') END;

CREATE MACRO trino_offset_text(x, clock, form) AS CASE WHEN trino_iso_offset(x, clock) = 'Z' THEN CASE form WHEN 'Z' THEN '+0000' ELSE '+00:00' END
    WHEN form = 'Z' THEN replace(trino_iso_offset(x, clock), ':', '') ELSE trino_iso_offset(x, clock) END;

-- texts that are cast --------------------------------------------------------------------------------------------------
CREATE MACRO trino_refused_text(kind, x) AS 'trino-error INVALID_CAST_ARGUMENT: Value cannot be cast to ' || kind || ': ' || x || ';;';
CREATE MACRO trino_date_text(x) AS CASE WHEN typeof(x) = 'VARCHAR' AND NOT regexp_full_match(trim(x::VARCHAR), '[+-]?\d+-\d{1,2}-\d{1,2}')
    THEN cast_to_type(trino_refused_text('date', x::VARCHAR), x) ELSE x END;
CREATE MACRO trino_timestamp_text(x) AS CASE WHEN typeof(x) = 'VARCHAR'
    AND NOT regexp_full_match(trim(x::VARCHAR), '[+-]?\d{4,}-\d{1,2}-\d{1,2}( \d{1,2}:\d{1,2}(:\d{1,2}(\.\d{1,6})?)?)?')
    THEN cast_to_type(trino_refused_text('timestamp', x::VARCHAR), x) ELSE x END;
CREATE MACRO trino_zoned_text(x) AS CASE WHEN typeof(x) = 'VARCHAR'
    AND NOT regexp_full_match(trim(x::VARCHAR), '[+-]?\d{4,}-\d{1,2}-\d{1,2}( \d{1,2}:\d{1,2}(:\d{1,2}(\.\d{1,6})?)?)?( ?(UTC|Z|\+00:00))?')
    THEN cast_to_type('trino-error NOT_SUPPORTED: a text with a time zone in a column is not cast offline: ' || x::VARCHAR || ';;', x) ELSE x END;
CREATE MACRO trino_utc_text(x) AS CASE WHEN regexp_matches(x, '[+-]\d\d:?\d\d$') AND NOT regexp_matches(x, '[+-]00:?00$')
    THEN CAST(CAST('trino-error NOT_SUPPORTED: a text with a time zone in a column is not parsed offline: ' || x || ';;' AS INTEGER) AS VARCHAR) ELSE x END;
CREATE MACRO trino_today_at(x) AS current_date + x;
-- A time rounded to milliseconds, as the functions of patterns see it.
CREATE MACRO trino_milliseconds(x) AS make_timestamp(trino_rounded_us(epoch_us(x::TIMESTAMP), 1000));
CREATE MACRO trino_iso_date(x) AS CASE
    WHEN regexp_full_match(x, '\d{4}-\d{1,2}(-\d{1,2})?') THEN coalesce(TRY_CAST(CASE WHEN x LIKE '%-%-%' THEN x ELSE x || '-01' END AS DATE),
        trino_fail('INVALID_FUNCTION_ARGUMENT: Cannot parse "' || x || '"', DATE '1970-01-01'))
    WHEN regexp_full_match(x, '\d{4}') THEN CAST(x || '-01-01' AS DATE)
    WHEN regexp_full_match(x, '\d{4}-W\d{2}-\d') THEN CAST(strptime(x, '%G-W%V-%u') AS DATE)
    WHEN regexp_full_match(x, '\d{4}-W\d{2}') THEN CAST(strptime(x || '-1', '%G-W%V-%u') AS DATE)
    WHEN regexp_full_match(x, '\d{4}-\d{3}') THEN CAST(strptime(x, '%Y-%j') AS DATE)
    WHEN x IS NULL THEN NULL
    WHEN regexp_full_match(x, '\d{8,}') THEN CAST('trino-error GENERIC_INTERNAL_ERROR: The year ' || x || ' exceeds MAX_INT for type date;;' AS DATE)
    ELSE CAST('trino-error INVALID_FUNCTION_ARGUMENT: Invalid format: ' || x || ';;' AS DATE) END;
-- A week or a day of a year as year, month and day.
CREATE MACRO trino_iso_days(d) AS CASE
    WHEN regexp_full_match(d, '\d{4}-\d{3}') THEN strftime(strptime(d, '%Y-%j'), '%Y-%m-%d')
    WHEN regexp_full_match(d, '\d{4}-W\d{2}') THEN strftime(strptime(d || '-1', '%G-W%V-%u'), '%Y-%m-%d')
    WHEN regexp_full_match(d, '\d{4}-W\d{2}-\d') THEN strftime(strptime(d, '%G-W%V-%u'), '%Y-%m-%d')
    ELSE d END;
CREATE MACRO trino_iso_plain_clock(x) AS CASE
    WHEN regexp_matches(x, 'T(2[4-9]|[3-9]\d|\d\d:[6-9]|\d\d:\d\d:[6-9])') OR TRY_CAST(regexp_extract(x, '^\d{4}-\d\d-\d\d') AS DATE) IS NULL AND regexp_matches(x, '^\d{4}-\d\d-\d\d')
    THEN 'trino-error INVALID_FUNCTION_ARGUMENT: Cannot parse "' || x || '";;'
    WHEN regexp_full_match(x, '\d{4}(-\d{2}(-\d{2})?)?(T\d{2}(:\d{2}(:\d{2}([.,]\d{1,9})?)?)?(Z|[+-]\d{2}(:?\d{2})?)?)?')
    THEN regexp_extract(x, '^[^T]*') || repeat('-01', 2 - length(regexp_replace(regexp_extract(x, '^[^T]*'), '[^-]', '', 'g')))
        || ' ' || rpad(coalesce(nullif(regexp_extract(x, 'T([\d:]+)', 1), ''), '00'), 8, ':00:00')
        || regexp_replace(regexp_extract(x, '[.,]\d+'), ',', '.')
        || regexp_replace(regexp_replace(coalesce(nullif(regexp_extract(x, 'T.*?(Z|[+-]\d{2}:?(\d{2})?)$', 1), ''), '+00'), 'Z', '+00'), '([+-]\d{2}):?(\d{2})', '\1:\2')
    WHEN regexp_matches(x, '^\d{4}-?(W\d{2}|\d{3}(T|$))') THEN 'trino-error NOT_SUPPORTED: weeks and days of a year are not read offline: ' || x || ';;'
    ELSE 'trino-error INVALID_FUNCTION_ARGUMENT: Invalid format: ' || x || ';;' END;
CREATE MACRO trino_iso_clock(x) AS trino_iso_plain_clock(trino_iso_days(regexp_extract(x, '^[^T]*')) || regexp_extract(x, 'T.*$'));
-- from_iso8601_timestamp_nanos reads texts with a clock only.
CREATE MACRO trino_iso_nanos(x) AS CASE
    WHEN x IS NULL OR regexp_full_match(x, '\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?') THEN x
    WHEN x LIKE '%]' THEN CAST(CAST('trino-error NOT_SUPPORTED: a zone in brackets is not read offline: ' || x || ';;' AS INTEGER) AS VARCHAR)
    ELSE CAST(CAST('trino-error INVALID_FUNCTION_ARGUMENT: Text could not be parsed: ' || x || ';;' AS INTEGER) AS VARCHAR) END;
CREATE MACRO trino_iso_timestamp(x) AS date_trunc('millisecond', CAST(trino_iso_clock(x) AS TIMESTAMPTZ));
CREATE MACRO trino_iso_timestamp_utc(x) AS trino_iso_timestamp(CASE
    WHEN regexp_matches(x, 'T.*[+-]\d{2}(:?\d{2})?$') AND NOT regexp_matches(x, '[+-]00(:?00)?$')
    THEN CAST(CAST('trino-error NOT_SUPPORTED: a text with a time zone in a column is not read offline: ' || x || ';;' AS INTEGER) AS VARCHAR) ELSE x END);

-- epochs ---------------------------------------------------------------------------------------------------------------
CREATE MACRO trino_epoch(x) AS CASE WHEN isnan(x::DOUBLE) THEN to_timestamp(0::DOUBLE)
    WHEN abs(x::DOUBLE) >= 9.2e15 THEN CAST('trino-error INVALID_FUNCTION_ARGUMENT: Millis overflow;;' AS TIMESTAMPTZ)
    ELSE timezone('UTC', make_timestamp(CAST(floor(x::DOUBLE * 1000 + 0.5) AS BIGINT) * 1000)) END;
CREATE MACRO trino_epoch_nanos(x) AS timezone('UTC', make_timestamp(CAST(floor(x::DECIMAL(30, 0) / 1000) AS BIGINT)));

-- arithmetic -----------------------------------------------------------------------------------------------------------
CREATE MACRO trino_date_only(x, us) AS CASE WHEN typeof(x) = 'DATE' AND us % 86400000000 <> 0
    THEN CAST('trino-error INVALID_FUNCTION_ARGUMENT: Cannot add hour, minutes or seconds to a date;;' AS INTERVAL) ELSE to_microseconds(us) END;
CREATE MACRO trino_plus_span(x, i) AS cast_to_type(x + trino_date_only(x, epoch_ms(i) * 1000), x);
CREATE MACRO trino_plus_months(x, i) AS cast_to_type(x + i, x);
CREATE MACRO trino_interval_sum(a, b) AS a + b;
CREATE MACRO trino_time_span(a, b) AS to_milliseconds(epoch_ms(DATE '1970-01-01' + b) - epoch_ms(DATE '1970-01-01' + a));
CREATE MACRO trino_span_between(a, b) AS to_milliseconds(epoch_ms(b::TIMESTAMPTZ::TIMESTAMP) - epoch_ms(a::TIMESTAMPTZ::TIMESTAMP));
CREATE MACRO trino_months_of(i) AS year(i) * 12 + month(i);
CREATE MACRO trino_times_span(i, n) AS to_milliseconds(CAST(trunc(epoch_ms(i) * n) AS BIGINT));
CREATE MACRO trino_times_months(i, n) AS to_months(CAST(trunc(trino_months_of(i) * n) AS INTEGER));
CREATE MACRO trino_parts_span(i, n) AS CASE WHEN n = 0 THEN CAST('trino-error INVALID_FUNCTION_ARGUMENT: Cannot divide by double 0.0;;' AS INTERVAL)
    ELSE to_milliseconds(CAST(trunc(epoch_ms(i) / n) AS BIGINT)) END;
CREATE MACRO trino_parts_months(i, n) AS CASE WHEN n = 0 THEN CAST('trino-error INVALID_FUNCTION_ARGUMENT: Cannot divide by double 0.0;;' AS INTERVAL)
    ELSE to_months(CAST(trunc(trino_months_of(i) / n) AS INTEGER)) END;
CREATE MACRO trino_span_day(i) AS epoch_ms(i) // 86400000;
CREATE MACRO trino_span_hour(i) AS epoch_ms(i) % 86400000 // 3600000;
CREATE MACRO trino_span_minute(i) AS epoch_ms(i) % 3600000 // 60000;
CREATE MACRO trino_span_second(i) AS epoch_ms(i) % 60000 // 1000;
CREATE MACRO trino_span_millisecond(i) AS epoch_ms(i) % 1000;
CREATE MACRO trino_months_year(i) AS trino_months_of(i) // 12;
CREATE MACRO trino_months_month(i) AS trino_months_of(i) % 12;
CREATE MACRO trino_two(n) AS lpad(n::VARCHAR, 2, '0');
CREATE MACRO trino_ms_text(ms) AS CASE WHEN ms < 0 THEN '-' ELSE '' END || (abs(ms) // 86400000)::VARCHAR || ' '
    || trino_two(abs(ms) // 3600000 % 24) || ':' || trino_two(abs(ms) // 60000 % 60) || ':' || trino_two(abs(ms) // 1000 % 60)
    || '.' || lpad((abs(ms) % 1000)::VARCHAR, 3, '0');
CREATE MACRO trino_span_text(i) AS trino_ms_text(epoch_ms(i));
CREATE MACRO trino_months_text(i) AS CASE WHEN trino_months_of(i) < 0 THEN '-' ELSE '' END
    || (abs(trino_months_of(i)) // 12)::VARCHAR || '-' || (abs(trino_months_of(i)) % 12)::VARCHAR;
CREATE MACRO trino_sum_span(ms) AS to_milliseconds(CAST(trunc(ms) AS BIGINT));
CREATE MACRO trino_sum_months(n) AS to_months(CAST(trunc(n) AS INTEGER));

-- functions by unit ----------------------------------------------------------------------------------------------------
CREATE MACRO trino_add_unit(unit, n, x) AS cast_to_type(x + trino_interval(unit, n), x);
CREATE MACRO trino_known_unit(unit, x) AS CASE
    WHEN lower(unit) IN ('day', 'week', 'month', 'quarter', 'year') AND typeof(x) <> 'TIME' THEN lower(unit)
    WHEN lower(unit) IN ('millisecond', 'second', 'minute', 'hour') AND typeof(x) <> 'DATE' THEN lower(unit)
    ELSE CAST(CAST('trino-error INVALID_FUNCTION_ARGUMENT: ''' || unit || ''' is not a valid '
        || split_part(typeof(x), ' ', 1) || ' field;;' AS INTEGER) AS VARCHAR) END;
CREATE MACRO trino_date_add_checked(unit, n, x) AS trino_add_unit(trino_known_unit(unit, x), n, x);
CREATE MACRO trino_date_diff_checked(unit, a, b) AS date_sub(trino_known_unit(unit, a), a, b);
CREATE MACRO trino_date_trunc_checked(unit, x) AS cast_to_type(date_trunc(trino_known_unit(unit, x), x), x);
CREATE MACRO trino_trunc_time(unit, x) AS CAST(date_trunc(unit, DATE '2000-01-01' + x::TIME) AS TIME);
CREATE MACRO trino_trunc_zoned(unit, x, clock) AS x - (clock - date_trunc(unit, clock));

-- A sequence by months counts from its start: from the 31st, it is the last day of each month.
CREATE MACRO trino_checked_sequence(items) AS CASE WHEN len(items) > 10000
    THEN cast_to_type('trino-error INVALID_FUNCTION_ARGUMENT: result of sequence function must not have more than 10000 entries;;', items) ELSE items END;
CREATE MACRO trino_sequence_step(a, b, n) AS CASE
    WHEN n = 0 THEN CAST('trino-error INVALID_FUNCTION_ARGUMENT: step must not be zero;;' AS BIGINT)
    WHEN (n > 0 AND b < a) OR (n < 0 AND b > a) THEN CAST('trino-error INVALID_FUNCTION_ARGUMENT: sequence stop value should be greater than or equal to start value if step is greater than zero otherwise stop should be less than or equal to start;;' AS BIGINT)
    ELSE n END;
CREATE MACRO trino_month_sequence(a, b, i) AS trino_checked_sequence(list_filter(
    list_transform(generate_series(0, date_diff('month', a, b) // trino_sequence_step(a, b, trino_months_of(i))),
        lambda n: cast_to_type(a + to_months(CAST(n * trino_months_of(i) AS INTEGER)), a)),
    lambda x: CASE WHEN a <= b THEN x <= b ELSE x >= b END));
CREATE MACRO trino_span_step(a, ms) AS CASE WHEN typeof(a) = 'DATE' AND ms % 86400000 <> 0
    THEN CAST('trino-error INVALID_FUNCTION_ARGUMENT: sequence step must be a day interval if start and end values are dates;;' AS BIGINT) ELSE ms END;
CREATE MACRO trino_span_sequence(a, b, i) AS trino_checked_sequence(
    cast_to_type(generate_series(a, b, to_milliseconds(trino_sequence_step(a, b, trino_span_step(a, epoch_ms(i))))), [a]));

-- durations ------------------------------------------------------------------------------------------------------------
CREATE MACRO trino_counted(n, word) AS CASE WHEN n = 0 THEN NULL WHEN n = 1 THEN '1 ' || word ELSE n::VARCHAR || ' ' || word || 's' END;
CREATE MACRO trino_seconds_text(s) AS coalesce(nullif(concat_ws(', ', trino_counted(s // 604800, 'week'), trino_counted(s // 86400 % 7, 'day'),
    trino_counted(s // 3600 % 24, 'hour'), trino_counted(s // 60 % 60, 'minute'), trino_counted(s % 60, 'second')), ''), '0 seconds');
CREATE MACRO trino_readable_seconds(x) AS CASE WHEN x IS NOT NULL THEN trino_seconds_text(abs(CAST(floor(x::DOUBLE + 0.5) AS BIGINT))) END;
CREATE MACRO trino_duration_unit(unit) AS CASE unit WHEN 'ns' THEN 0.000001::DOUBLE WHEN 'us' THEN 0.001 WHEN 'ms' THEN 1 WHEN 's' THEN 1000 WHEN 'm' THEN 60000
    WHEN 'h' THEN 3600000 WHEN 'd' THEN 86400000 ELSE CAST('trino-error INVALID_FUNCTION_ARGUMENT: Unknown time unit: ' || unit || ';;' AS DOUBLE) END;
CREATE MACRO trino_duration(x) AS CASE WHEN regexp_full_match(x, '\s*\d+(\.\d+)?\s*[a-zA-Z]+\s*')
    THEN to_milliseconds(CAST(floor(CAST(regexp_extract(x, '\d+(\.\d+)?') AS DOUBLE) * trino_duration_unit(regexp_extract(x, '[a-zA-Z]+')) + 0.5) AS BIGINT))
    WHEN x IS NOT NULL THEN CAST('trino-error INVALID_FUNCTION_ARGUMENT: duration is not a valid data duration string: ' || x || ';;' AS INTERVAL) END;

-- years of two digits: those from 1970 to 2069 in date_parse, and from 80 years ago on in parse_datetime --------------
CREATE MACRO trino_years_from(t, low) AS t + to_years(CAST(low + ((year(t) - low) % 100 + 100) % 100 - year(t) AS INTEGER));
CREATE MACRO trino_years_of_mysql(t) AS trino_years_from(t, 1970);
CREATE MACRO trino_years_of_joda(t) AS trino_years_from(t, year(current_date) - 80);
-- The day of the week that a text names, in the week of the date.
CREATE MACRO trino_on_weekday(t, x) AS t + to_days(CAST(list_position(
    ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], lower(regexp_extract(x, '(?i)mon|tue|wed|thu|fri|sat|sun'))) - isodow(t) AS INTEGER));
