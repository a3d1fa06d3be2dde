-- Trino's scalar functions as DuckDB macros, one statement each. `functions.py` turns a call of `name` into `trino_name`.
-- A macro is needed where DuckDB has no such function, or has it with another meaning.
-- Macros are overloaded by number of arguments only: by type, DuckDB picks the wrong one when an argument is an aggregate,
-- whose type it does not know yet. typeof() and cast_to_type() dispatch instead, and are folded away.
-- Errors are failing casts, not error(): a failing cast can be caught by TRY and does not make an expression volatile.

-- An error under Trino's name, `NAME: message`, in place of a value of x's type.
CREATE MACRO trino_fail(text, x) AS cast_to_type(CAST('trino:' || text AS INTEGER)::VARCHAR, x);

-- arithmetic: the result has the operands' common type, as in Trino ---------------------------------------------------
CREATE MACRO trino_is_float(x) AS typeof(x) IN ('DOUBLE', 'FLOAT');
CREATE MACRO trino_divide(a, b) AS CASE
    WHEN trino_is_float(a + b) THEN cast_to_type(a / b, a + b)
    WHEN b = 0 THEN cast_to_type('Division by zero' || b, a + b)
    WHEN typeof(a + b) LIKE 'DECIMAL%' THEN cast_to_type(a / b, a + b)
    ELSE cast_to_type(a // b, a + b) END;
CREATE MACRO trino_modulus(a, b) AS CASE
    WHEN b = 0 AND NOT trino_is_float(a + b) THEN cast_to_type('Division by zero' || b, a % b) ELSE a % b END;
CREATE MACRO trino_is_integer(x) AS typeof(x) IN ('TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'HUGEINT');
CREATE MACRO trino_ceiling(x) AS CASE WHEN trino_is_integer(x) THEN cast_to_type(x, round(x)) ELSE cast_to_type(ceil(x), round(x)) END;
CREATE MACRO trino_ceil(x) AS trino_ceiling(x);
CREATE MACRO trino_floor(x) AS CASE WHEN trino_is_integer(x) THEN cast_to_type(x, round(x)) ELSE cast_to_type(floor(x), round(x)) END;
-- The one overload by type: an average of integers is a DOUBLE, of decimals a decimal. An aggregate inside an aggregate
-- takes the first, whose body does not use it.
CREATE MACRO trino_average_type(x HUGEINT) AS NULL::DOUBLE, (x) AS x;
CREATE MACRO trino_power(x, y) AS power(x::DOUBLE, y::DOUBLE);
CREATE MACRO trino_pow(x, y) AS power(x::DOUBLE, y::DOUBLE);
CREATE MACRO trino_e() AS exp(1.0::DOUBLE);
CREATE MACRO trino_nan() AS 'nan'::DOUBLE;
CREATE MACRO trino_infinity() AS 'infinity'::DOUBLE;

-- casts --------------------------------------------------------------------------------------------------------------
CREATE MACRO trino_scientific_text(digits, exponent) AS
    digits[1] || '.' || coalesce(nullif(rtrim(digits[2:], '0'), ''), '0') || 'E' || exponent;
CREATE MACRO trino_double_text(x) AS CASE
    WHEN isnan(x) THEN 'NaN'
    WHEN isinf(x) THEN CASE WHEN x > 0 THEN 'Infinity' ELSE '-Infinity' END
    WHEN x = 0 OR (abs(x) >= 1e-3 AND abs(x) < 1e7) THEN x::VARCHAR
    ELSE CASE WHEN x < 0 THEN '-' ELSE '' END || trino_scientific_text(
        ltrim(replace(split_part(abs(x)::VARCHAR, 'e', 1), '.', ''), '0'),
        floor(log10(abs(x)))::BIGINT) END;
CREATE MACRO trino_milliseconds_text(text) AS
    split_part(text, '.', 1) || '.' || rpad(left(split_part(text, '.', 2), 3), 3, '0');
-- A real has seven digits, and a double as many as tell it from its neighbours.
CREATE MACRO cast_digits(x) AS CASE WHEN typeof(x) = 'FLOAT' THEN format('{:.6e}', x::DOUBLE) ELSE x::VARCHAR END;
-- DuckDB writes a decimal that has no digit before its point without a 0.
CREATE MACRO cast_decimal_text(x) AS regexp_replace(x::VARCHAR, '^(-?)\.', '\10.');
CREATE MACRO trino_varchar(x) AS CASE typeof(x)
    WHEN 'TIMESTAMP' THEN trino_milliseconds_text(x::VARCHAR)
    WHEN 'TIMESTAMP WITH TIME ZONE' THEN trino_milliseconds_text(regexp_replace(x::VARCHAR, '\+00$', '')) || ' UTC'
    WHEN 'DOUBLE' THEN trino_double_text(TRY_CAST(x::VARCHAR AS DOUBLE))
    WHEN 'FLOAT' THEN trino_double_text(TRY_CAST(x::VARCHAR AS DOUBLE))
    WHEN 'BLOB' THEN x::VARCHAR
    WHEN 'JSON' THEN java_json_varchar(x::VARCHAR)
    ELSE CASE WHEN typeof(x) LIKE 'DECIMAL%' THEN cast_decimal_text(x) ELSE x::VARCHAR END END;
-- What is cast to an integer: Trino rounds half up and refuses '1.5'; DuckDB rounds half to even, text too.
CREATE MACRO trino_integral(x) AS CASE
    WHEN trino_is_float(x) THEN cast_to_type(sign(TRY_CAST(x::VARCHAR AS DOUBLE)) * floor(abs(TRY_CAST(x::VARCHAR AS DOUBLE)) + 0.5), x)
    WHEN typeof(x) = 'VARCHAR' AND NOT regexp_full_match(x::VARCHAR, '[+-]?[0-9]+') THEN cast_to_type('not an integer: ' || x::VARCHAR, x)
    ELSE x END;
CREATE MACRO trino_typeof(x) AS CASE
    WHEN typeof(x) = 'FLOAT' THEN 'real' WHEN typeof(x) = 'BLOB' THEN 'varbinary' WHEN typeof(x) = 'HUGEINT' THEN 'bigint'
    WHEN typeof(x) = 'TIMESTAMP' THEN 'timestamp(3)' WHEN typeof(x) = 'TIMESTAMP WITH TIME ZONE' THEN 'timestamp(3) with time zone'
    WHEN typeof(x) = 'GEOMETRY' THEN 'Geometry'
    WHEN typeof(x) LIKE '%[]' THEN 'array(' || lower(left(typeof(x), -2)) || ')'
    ELSE lower(typeof(x)) END;

-- date and time ------------------------------------------------------------------------------------------------------
CREATE MACRO trino_plus_interval(x, i) AS cast_to_type(x + i, x);
CREATE MACRO trino_minus_interval(x, i) AS cast_to_type(x - i, x);
CREATE MACRO trino_interval(unit, n) AS CASE lower(unit)
    WHEN 'millisecond' THEN to_milliseconds(n::BIGINT) WHEN 'second' THEN to_seconds(n::BIGINT)
    WHEN 'minute' THEN to_minutes(n::BIGINT) WHEN 'hour' THEN to_hours(n::BIGINT) WHEN 'day' THEN to_days(n::INTEGER)
    WHEN 'week' THEN to_weeks(n::INTEGER) WHEN 'month' THEN to_months(n::INTEGER)
    WHEN 'quarter' THEN to_months(3 * n::INTEGER) WHEN 'year' THEN to_years(n::INTEGER)
    ELSE CAST('not a valid date field: ' || unit AS INTERVAL) END;
CREATE MACRO trino_date_add(unit, n, x) AS trino_plus_interval(x, trino_interval(unit, n));
-- Trino counts whole units that have passed; DuckDB's date_diff counts boundaries, its date_sub whole units.
CREATE MACRO trino_date_diff(unit, a, b) AS date_sub(unit, a, b);
CREATE MACRO trino_date_trunc(unit, x) AS cast_to_type(date_trunc(unit, x), x);
CREATE MACRO trino_date(x) AS CAST(x AS DATE);
CREATE MACRO trino_now() AS now();
CREATE MACRO trino_current_timezone() AS 'UTC';
CREATE MACRO trino_millisecond(x) AS millisecond(x) % 1000;
CREATE MACRO trino_at_timezone(x, zone) AS CAST(x AS TIMESTAMPTZ) AT TIME ZONE zone;
CREATE MACRO trino_with_timezone(x, zone) AS CAST(x AS TIMESTAMP) AT TIME ZONE zone;
CREATE MACRO trino_to_unixtime(x) AS epoch(x);
CREATE MACRO trino_from_unixtime(x) AS to_timestamp(x::DOUBLE), (x, zone) AS to_timestamp(x::DOUBLE) AT TIME ZONE zone;
CREATE MACRO trino_from_unixtime_nanos(x) AS to_timestamp(x / 1e9);
CREATE MACRO trino_from_iso8601_timestamp(x) AS CAST(x AS TIMESTAMPTZ);
CREATE MACRO trino_from_iso8601_date(x) AS CAST(x AS DATE);
CREATE MACRO trino_to_iso8601(x) AS CASE typeof(x)
    WHEN 'DATE' THEN strftime(x, '%Y-%m-%d') WHEN 'TIMESTAMP' THEN strftime(x, '%Y-%m-%dT%H:%M:%S.%g')
    ELSE strftime(x, '%Y-%m-%dT%H:%M:%S.%gZ') END;
CREATE MACRO trino_days(a, b) AS CAST(generate_series(a, b, to_days(CASE WHEN a <= b THEN 1 ELSE -1 END)) AS DATE[]);

-- arrays and maps ----------------------------------------------------------------------------------------------------
CREATE MACRO trino_cardinality(x) AS CASE
    WHEN typeof(x) LIKE 'MAP(%' THEN len(json_keys(to_json(x))) ELSE json_array_length(to_json(x))::BIGINT END;
CREATE MACRO trino_array_position(a, x) AS CASE WHEN a IS NOT NULL AND x IS NOT NULL THEN coalesce(list_position(a, x), 0)::BIGINT END;
CREATE MACRO trino_array_distinct(a) AS list_filter(a, lambda x, i: coalesce(list_position(a, x), i) = i);
CREATE MACRO trino_array_sort(a) AS list_sort(a, 'ASC', 'NULLS LAST');
CREATE MACRO trino_zip(a, b) AS list_zip(a, b), (a, b, c) AS list_zip(a, b, c);
CREATE MACRO trino_map() AS MAP {}, (k, v) AS map(k, v);
-- The first value of a key stays, as in Trino's map_agg.
CREATE MACRO trino_first_entries(entries) AS
    map_from_entries(list_filter(entries, lambda e, i: e.k IS NOT NULL AND list_position(list_transform(entries, lambda y: y.k), e.k) = i));
CREATE MACRO trino_grouped_entries(entries) AS map_from_entries(list_transform(
    list_distinct(list_transform(entries, lambda e: e.k)),
    lambda q: {'k': q, 'v': list_transform(list_filter(entries, lambda e: e.k = q), lambda e: e.v)}));
CREATE MACRO trino_map_from_entries(a) AS map_from_entries(a);

-- UNNEST of rows or of a map has a column for each field, which only an alias tells in time.
CREATE MACRO trino_elements(a) AS CASE
    WHEN typeof(a) LIKE 'STRUCT(%)[]' OR typeof(a) LIKE 'MAP(%)'
    THEN error('UNNEST of rows or maps without a name for each field is not supported offline') ELSE a END;
