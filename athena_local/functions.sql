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
CREATE MACRO trino_varchar(x) AS CASE typeof(x)
    WHEN 'TIMESTAMP' THEN trino_milliseconds_text(x::VARCHAR)
    WHEN 'TIMESTAMP WITH TIME ZONE' THEN trino_milliseconds_text(regexp_replace(x::VARCHAR, '\+00$', '')) || ' UTC'
    WHEN 'DOUBLE' THEN trino_double_text(TRY_CAST(x::VARCHAR AS DOUBLE))
    WHEN 'FLOAT' THEN trino_double_text(TRY_CAST(x::VARCHAR AS DOUBLE))
    WHEN 'BLOB' THEN x::VARCHAR
    WHEN 'JSON' THEN CASE WHEN left(x::VARCHAR, 1) = '"' THEN json_extract_string(x::VARCHAR, '$')
                          ELSE nullif(x::VARCHAR, 'null') END
    ELSE x::VARCHAR END;
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

-- JSON ---------------------------------------------------------------------------------------------------------------
CREATE MACRO trino_json_parse(x) AS json(x);
CREATE MACRO trino_json_format(x) AS json(x)::VARCHAR;
CREATE MACRO trino_json_extract(x, path) AS CASE WHEN json_valid(x::VARCHAR) THEN json_extract(x::VARCHAR, path) END;
CREATE MACRO trino_json_extract_scalar(x, path) AS CASE
    WHEN json_valid(x::VARCHAR) AND json_type(x::VARCHAR, path) NOT IN ('OBJECT', 'ARRAY')
    THEN json_extract_string(x::VARCHAR, path) END;
CREATE MACRO trino_json_value(x, path) AS trino_json_extract_scalar(x, path);
CREATE MACRO trino_json_query(x, path) AS CASE WHEN json_valid(x::VARCHAR) THEN json_extract(x::VARCHAR, path)::VARCHAR END;
CREATE MACRO trino_json_exists(x, path) AS CASE WHEN json_valid(x::VARCHAR) THEN json_exists(x::VARCHAR, path) ELSE false END;
CREATE MACRO trino_json_array_length(x) AS
    CASE WHEN json_valid(x::VARCHAR) AND json_type(x::VARCHAR) = 'ARRAY' THEN json_array_length(x::VARCHAR)::BIGINT END;
CREATE MACRO trino_json_array_get(x, i) AS
    CASE WHEN json_valid(x::VARCHAR) THEN json_extract(x::VARCHAR, '$[' || CASE WHEN i < 0 THEN '#' ELSE '' END || i || ']') END;
CREATE MACRO trino_json_array_contains(x, v) AS
    CASE WHEN json_valid(x::VARCHAR) THEN list_contains(CAST(x::VARCHAR::JSON AS JSON[]), to_json(v)) END;
CREATE MACRO trino_json_size(x, path) AS CASE WHEN json_valid(x::VARCHAR) THEN CASE json_type(x::VARCHAR, path)
    WHEN 'ARRAY' THEN json_array_length(x::VARCHAR, path)::BIGINT
    WHEN 'OBJECT' THEN len(json_keys(x::VARCHAR, path)) WHEN NULL THEN NULL ELSE 0 END END;
CREATE MACRO trino_is_json_scalar(x) AS json_type(x::VARCHAR) NOT IN ('OBJECT', 'ARRAY');

-- strings ------------------------------------------------------------------------------------------------------------
CREATE MACRO trino_replace(s, a) AS replace(s, a, ''), (s, a, b) AS replace(s, a, b);
CREATE MACRO trino_split(s, d) AS string_split(s, d),
    (s, d, n) AS CASE WHEN len(string_split(s, d)) <= n THEN string_split(s, d)
        ELSE list_append(string_split(s, d)[1:n - 1], array_to_string(string_split(s, d)[n:], d)) END;
CREATE MACRO trino_split_part(s, d, i) AS CASE WHEN i <= len(string_split(s, d)) THEN split_part(s, d, i) END;
CREATE MACRO trino_strpos(s, t) AS strpos(s, t), (s, t, n) AS CASE WHEN len(string_split(s, t)) <= n THEN 0
    ELSE length(array_to_string(string_split(s, t)[1:n], t)) + 1 END;
CREATE MACRO trino_regexp_extract
    (s, p) AS CASE WHEN regexp_matches(s, p) THEN regexp_extract(s, p) END,
    (s, p, g) AS CASE WHEN regexp_matches(s, p) THEN regexp_extract(s, p, g) END;
CREATE MACRO trino_regexp_replace(s, p) AS regexp_replace(s, p, '', 'g'), (s, p, r) AS regexp_replace(s, p, r, 'g');
CREATE MACRO trino_regexp_count(s, p) AS len(regexp_extract_all(s, p));
CREATE MACRO trino_codepoint(s) AS unicode(s);
CREATE MACRO trino_normalize(s) AS nfc_normalize(s);
CREATE MACRO trino_md5(x) AS unhex(md5(x::BLOB));
CREATE MACRO trino_sha1(x) AS unhex(sha1(x::BLOB));
CREATE MACRO trino_sha256(x) AS unhex(sha256(x::BLOB));

-- URLs: NULL for what is no URL, '' for a part that is not there ----------------------------------------------------
CREATE MACRO trino_is_url(u) AS NOT regexp_matches(u, '[\s<>"{}|\\^`]') AND regexp_matches(u, '^([A-Za-z][A-Za-z0-9+.-]*:|[^:]*$|[^:/?#]*[/?#])');
CREATE MACRO trino_url_extract_protocol(u) AS CASE WHEN trino_is_url(u) THEN regexp_extract(u, '^([A-Za-z][A-Za-z0-9+.-]*):', 1) END;
CREATE MACRO trino_url_extract_host(u) AS
    CASE WHEN trino_is_url(u) THEN regexp_extract(u, '^(?:[A-Za-z][A-Za-z0-9+.-]*:)?//(?:[^@/?#]*@)?(\[[^\]]*\]|[^:/?#]*)', 1) END;
CREATE MACRO trino_url_extract_port(u) AS CASE WHEN trino_is_url(u)
    THEN TRY_CAST(regexp_extract(u, '^(?:[A-Za-z][A-Za-z0-9+.-]*:)?//(?:[^@/?#]*@)?(?:\[[^\]]*\]|[^:/?#]*):([0-9]+)', 1) AS BIGINT) END;
CREATE MACRO trino_url_extract_path(u) AS CASE WHEN trino_is_url(u)
    THEN url_decode(regexp_extract(u, '^(?:[A-Za-z][A-Za-z0-9+.-]*:)?(?://[^/?#]*)?([^?#]*)', 1)) END;
CREATE MACRO trino_raw_query(u) AS regexp_extract(u, '^[^?#]*\?([^#]*)', 1);
CREATE MACRO trino_url_extract_query(u) AS CASE WHEN trino_is_url(u) THEN url_decode(trino_raw_query(u)) END;
CREATE MACRO trino_url_extract_fragment(u) AS CASE WHEN trino_is_url(u) THEN url_decode(regexp_extract(u, '#(.*)$', 1)) END;
CREATE MACRO trino_url_decode(s) AS url_decode(replace(s, '+', ' '));
CREATE MACRO trino_url_encode(s) AS replace(replace(url_encode(s), '%20', '+'), '%2A', '*');
CREATE MACRO trino_url_extract_parameter(u, name) AS CASE WHEN trino_is_url(u) THEN trino_url_decode(list_extract(
    list_transform(
        list_filter(string_split(trino_raw_query(u), '&'), lambda q: split_part(q, '=', 1) = name),
        lambda q: split_part(q, '=', 2)), 1)) END;

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
