-- Trino's mathematical and bitwise functions as DuckDB macros, after those of functions.sql.

-- functions with a value where DuckDB refuses: NaN and infinities, as Java has them -----------------------------------
CREATE MACRO trino_ln(x) AS CASE
    WHEN x::DOUBLE = 0 THEN '-infinity'::DOUBLE WHEN x::DOUBLE < 0 THEN 'nan'::DOUBLE ELSE ln(x::DOUBLE) END;
CREATE MACRO trino_log10(x) AS CASE
    WHEN x::DOUBLE = 0 THEN '-infinity'::DOUBLE WHEN x::DOUBLE < 0 THEN 'nan'::DOUBLE ELSE log10(x::DOUBLE) END;
CREATE MACRO trino_log2(x) AS CASE
    WHEN x::DOUBLE = 0 THEN '-infinity'::DOUBLE WHEN x::DOUBLE < 0 THEN 'nan'::DOUBLE ELSE log2(x::DOUBLE) END;
CREATE MACRO trino_log(b, x) AS trino_ln(x) / trino_ln(b);
CREATE MACRO trino_sqrt(x) AS CASE WHEN x::DOUBLE < 0 THEN 'nan'::DOUBLE ELSE sqrt(x::DOUBLE) END;
CREATE MACRO trino_acos(x) AS CASE WHEN abs(x::DOUBLE) > 1 THEN 'nan'::DOUBLE ELSE acos(x::DOUBLE) END;
CREATE MACRO trino_asin(x) AS CASE WHEN abs(x::DOUBLE) > 1 THEN 'nan'::DOUBLE ELSE asin(x::DOUBLE) END;
CREATE MACRO trino_sinh(x) AS sinh(x::DOUBLE);
-- What an aggregate of two columns says of a single row, or of a column without variance: NULL.
CREATE MACRO trino_not_nan(x) AS CASE WHEN NOT isnan(x) THEN x END;
CREATE MACRO trino_number(x) AS CASE WHEN typeof(x) IN ('DOUBLE', 'FLOAT') AND x::VARCHAR = 'nan' THEN NULL ELSE x END;
CREATE MACRO trino_no_nan(x) AS CASE WHEN typeof(x) IN ('DOUBLE', 'FLOAT') AND x::VARCHAR = 'nan'
    THEN trino_fail('NOT_SUPPORTED: an order of values with NaN is not implemented offline', x) ELSE x END;
CREATE MACRO trino_real(x) AS x::FLOAT;

CREATE MACRO own_real_exp(x) AS CAST(exp(x) AS FLOAT);
CREATE MACRO own_real_or_null(x) AS CASE WHEN NOT isnan(x) THEN CAST(x AS FLOAT) END;

-- A sum of integers is a BIGINT, or an error.
CREATE MACRO trino_sum(x BIGINT) AS sum(x)::BIGINT, (x HUGEINT) AS sum(x)::BIGINT,
    (x BOOLEAN) AS trino_fail('FUNCTION_NOT_FOUND: Unexpected parameters (boolean) for function sum', sum(x)), (x) AS sum(x);
CREATE MACRO trino_percentile_of(x HUGEINT) AS x::BIGINT, (x FLOAT) AS x,
    (x DOUBLE) AS CASE WHEN isnan(x) THEN trino_fail('INVALID_FUNCTION_ARGUMENT: value must be finite; was NaN', x) ELSE x END;
CREATE MACRO trino_skewness(adjusted, n) AS adjusted * (n - 2) / sqrt(n * (n - 1));

-- recursion ----------------------------------------------------------------------------------------------------------
CREATE MACRO own_next_step(earlier, most) AS CASE WHEN earlier >= most THEN CAST(trino_fail(
    'NOT_SUPPORTED: Recursion depth limit exceeded (10). Use ''max_recursion_depth'' session property to modify the limit.',
    '') AS INTEGER) ELSE earlier + 1 END;

-- decimals: `n` and `d` are whole numbers, and the quotient is one of `unit`s, rounded half up -------------------------
CREATE MACRO own_without_point(x) AS CAST(replace(CAST(x AS VARCHAR), '.', '') AS HUGEINT);
CREATE MACRO own_quotient(n, d, unit) AS CASE
    WHEN n IS NULL OR d IS NULL THEN NULL
    WHEN d = 0 THEN CAST(trino_fail('DIVISION_BY_ZERO: Division by zero', '') AS DECIMAL(38, 0)) * unit
    ELSE CAST(sign(n) * sign(d) * (abs(n) // abs(d) + CASE WHEN 2 * (abs(n) % abs(d)) >= abs(d) THEN 1 ELSE 0 END)
        AS DECIMAL(38, 0)) * unit END;

-- rounding -----------------------------------------------------------------------------------------------------------
CREATE MACRO trino_round(x) AS round(x), (x, n) AS cast_to_type(round(x, n), x + x);
CREATE MACRO trino_truncate(x) AS trunc(x), (x, n) AS cast_to_type(CASE
    WHEN typeof(x) IN ('DOUBLE', 'FLOAT') THEN CAST('trino:FUNCTION_NOT_FOUND: Unexpected parameters (' || lower(typeof(x))
        || ', integer) for function truncate' AS INTEGER)
    ELSE trunc(x, n) END, x);
CREATE MACRO trino_sign(x) AS cast_to_type(
    CASE WHEN trino_is_float(x) AND x::VARCHAR = 'nan' THEN 'nan'::DOUBLE ELSE sign(x) END, trunc(x));

CREATE MACRO trino_mod(a, b) AS CASE WHEN trino_is_integer(a + b) AND b = 0
    THEN trino_fail('GENERIC_INTERNAL_ERROR: / by zero', a % b) ELSE trino_modulus(a, b) END;

-- random numbers -----------------------------------------------------------------------------------------------------
CREATE MACRO trino_random() AS random(),
    (n) AS cast_to_type(CASE WHEN n <= 0 THEN trino_fail('INVALID_FUNCTION_ARGUMENT: bound must be positive', n)
        ELSE floor(random() * n) END, n),
    (m, n) AS cast_to_type(CASE
        WHEN m >= n THEN trino_fail('INVALID_FUNCTION_ARGUMENT: start value must be less than stop value', n)
        ELSE m + floor(random() * (n - m)) END, m + n);
CREATE MACRO trino_rand() AS random(), (n) AS trino_random(n), (m, n) AS trino_random(m, n);

-- numbers in another base --------------------------------------------------------------------------------------------
CREATE MACRO trino_radix(r) AS CASE
    WHEN r < 2 OR r > 36 THEN trino_fail('INVALID_FUNCTION_ARGUMENT: Radix must be between 2 and 36', r) ELSE r END;
CREATE MACRO trino_to_base(x, r) AS CASE WHEN x < 0 THEN '-' ELSE '' END || lower(to_base(abs(x), trino_radix(r)));
CREATE MACRO trino_digits(s) AS
    list_transform(string_split(lower(ltrim(s, '+-')), ''), lambda d: strpos('0123456789abcdefghijklmnopqrstuvwxyz', d) - 1);
CREATE MACRO trino_from_base(s, r) AS CASE
    WHEN NOT regexp_full_match(s, '[+-]?[0-9A-Za-z]{1,64}') OR list_max(trino_digits(s)) >= trino_radix(r)
    THEN trino_fail('INVALID_FUNCTION_ARGUMENT: Not a valid base-' || r || ' number: ' || s, 0::BIGINT)
    ELSE CAST(list_reduce(trino_digits(s), lambda a, d: a * r + d, 0::HUGEINT)
        * CASE WHEN s[1] = '-' THEN -1 ELSE 1 END AS BIGINT) END;

-- buckets ------------------------------------------------------------------------------------------------------------
CREATE MACRO trino_bucket(x, low, high, n) AS CASE
    WHEN x < low THEN 0 WHEN x >= high THEN n + 1 ELSE floor(n * (x::DOUBLE - low) / (high::DOUBLE - low)) + 1 END;
CREATE MACRO trino_width_bucket
    (x, low, high, n) AS CAST(CASE
        WHEN n <= 0 THEN trino_fail('INVALID_FUNCTION_ARGUMENT: bucketCount must be greater than 0', 0::BIGINT)
        WHEN low = high THEN trino_fail('INVALID_FUNCTION_ARGUMENT: bounds cannot equal each other', 0::BIGINT)
        WHEN isnan(x::DOUBLE) THEN trino_fail('INVALID_FUNCTION_ARGUMENT: operand must not be NaN', 0::BIGINT)
        WHEN low < high THEN trino_bucket(x, low, high, n)
        ELSE n - trino_bucket(x, high, low, n) + 1 END AS BIGINT),
    (x, bins) AS CASE
        WHEN len(bins) = 0 THEN trino_fail('INVALID_FUNCTION_ARGUMENT: Bins cannot be an empty array', 0::BIGINT)
        WHEN bins IS NOT NULL AND x IS NOT NULL
        THEN len(list_filter(CAST(bins AS DOUBLE[]), lambda each: each <= x)) END;
CREATE MACRO trino_wilson_centre(n, z) AS 1 + z * z / n;
CREATE MACRO trino_wilson_spread(p, n, z) AS z * sqrt(p * (1 - p) / n + z * z / (4 * n * n));
CREATE MACRO trino_wilson(k, n, z, side) AS CASE
    WHEN k < 0 THEN trino_fail('INVALID_FUNCTION_ARGUMENT: number of successes must not be negative', 0e0)
    WHEN n <= 0 THEN trino_fail('INVALID_FUNCTION_ARGUMENT: number of trials must be positive', 0e0)
    WHEN k > n THEN trino_fail('INVALID_FUNCTION_ARGUMENT: number of successes must not be larger than number of trials', 0e0)
    WHEN z < 0 THEN trino_fail('INVALID_FUNCTION_ARGUMENT: z-score must not be negative', 0e0)
    ELSE (k::DOUBLE / n + z * z / (2 * n) + side * trino_wilson_spread(k::DOUBLE / n, n::DOUBLE, z::DOUBLE))
        / trino_wilson_centre(n::DOUBLE, z::DOUBLE) END;
CREATE MACRO trino_wilson_interval_lower(k, n, z) AS trino_wilson(k, n, z, -1);
CREATE MACRO trino_wilson_interval_upper(k, n, z) AS trino_wilson(k, n, z, 1);

-- bits: results are BIGINT, but for shifts, which have the type of what is shifted -----------------------------------
CREATE MACRO trino_bitwise_and(a, b) AS a::BIGINT & b::BIGINT;
CREATE MACRO trino_bitwise_or(a, b) AS a::BIGINT | b::BIGINT;
CREATE MACRO trino_bitwise_xor(a, b) AS xor(a::BIGINT, b::BIGINT);
CREATE MACRO trino_bitwise_not(a) AS ~(a::BIGINT);
CREATE MACRO trino_bits(a) AS CASE typeof(a) WHEN 'TINYINT' THEN 8 WHEN 'SMALLINT' THEN 16 WHEN 'INTEGER' THEN 32 ELSE 64 END;
CREATE MACRO trino_two_to(n) AS 1::HUGEINT << n::INTEGER;
CREATE MACRO trino_unsigned(a) AS CASE WHEN a < 0 THEN a::HUGEINT + trino_two_to(trino_bits(a)) ELSE a::HUGEINT END;
CREATE MACRO trino_signed(u, bits) AS CASE WHEN u >= trino_two_to(bits - 1) THEN u - trino_two_to(bits) ELSE u END;
CREATE MACRO trino_bitwise_left_shift(a, n) AS cast_to_type(CASE WHEN n < 0 OR n >= trino_bits(a) THEN 0
    ELSE trino_signed(trino_unsigned(a) % trino_two_to(trino_bits(a) - n) * trino_two_to(n), trino_bits(a)) END, a);
CREATE MACRO trino_bitwise_right_shift(a, n) AS cast_to_type(CASE WHEN n < 0 OR n >= trino_bits(a) THEN 0
    ELSE trino_signed(trino_unsigned(a) // trino_two_to(n), trino_bits(a)) END, a);
CREATE MACRO trino_bitwise_right_shift_arithmetic(a, n) AS cast_to_type(CASE
    WHEN n < 0 OR n >= trino_bits(a) THEN CASE WHEN a < 0 THEN -1 ELSE 0 END ELSE a >> n END, a);
CREATE MACRO trino_bit_count(x, bits) AS CASE
    WHEN bits < 2 OR bits > 64
    THEN trino_fail('INVALID_FUNCTION_ARGUMENT: Bits specified in bit_count must be between 2 and 64, got ' || bits, 0::BIGINT)
    WHEN x < -trino_two_to(bits - 1) OR x >= trino_two_to(bits - 1)
    THEN trino_fail('INVALID_FUNCTION_ARGUMENT: Number must be representable with the bits specified. ' || x
        || ' cannot be represented with ' || bits || ' bits', 0::BIGINT)
    WHEN x < 0 AND bits < 64 THEN bit_count(CAST(x + trino_two_to(bits) AS BIGINT))::BIGINT
    ELSE bit_count(x::BIGINT)::BIGINT END;

-- distance on a sphere, in kilometres --------------------------------------------------------------------------------
CREATE MACRO trino_arc(lat1, lon, lat2) AS atan2(
    sqrt(power(cos(lat2) * sin(lon), 2) + power(cos(lat1) * sin(lat2) - sin(lat1) * cos(lat2) * cos(lon), 2)),
    sin(lat1) * sin(lat2) + cos(lat1) * cos(lat2) * cos(lon));
CREATE MACRO trino_great_circle_distance(lat1, lon1, lat2, lon2) AS CASE
    WHEN abs(lat1) > 90 OR abs(lat2) > 90 THEN trino_fail('INVALID_FUNCTION_ARGUMENT: Latitude must be between -90 and 90', 0e0)
    WHEN abs(lon1) > 180 OR abs(lon2) > 180
    THEN trino_fail('INVALID_FUNCTION_ARGUMENT: Longitude must be between -180 and 180', 0e0)
    ELSE trino_arc(radians(lat1::DOUBLE), radians(lon1::DOUBLE) - radians(lon2::DOUBLE), radians(lat2::DOUBLE)) * 6371.01e0 END;

-- sizes of data ------------------------------------------------------------------------------------------------------
CREATE MACRO trino_parse_data_size(s) AS CASE
    WHEN s IS NULL THEN NULL
    WHEN regexp_full_match(s, '\d{1,12}(\.\d{1,6})?[ZY]B')
    THEN trino_fail('NOT_SUPPORTED: sizes beyond EB are not implemented offline', 0::DECIMAL(38,0))
    WHEN NOT regexp_full_match(s, '\d{1,12}(\.\d{1,6})?(B|kB|MB|GB|TB|PB|EB)')
    THEN trino_fail('INVALID_FUNCTION_ARGUMENT: Invalid data size: ''' || s || '''', 0::DECIMAL(38,0))
    ELSE CAST(trunc(CAST(regexp_extract(s, '[0-9.]+') AS DECIMAL(18,6))
        * CAST(trino_two_to(10 * (strpos('BkMGTPE', right(s, 2)[1]) - 1)) AS DECIMAL(19,0))) AS DECIMAL(38,0)) END;
CREATE MACRO trino_parse_presto_data_size(s) AS trino_parse_data_size(s);

-- distributions ------------------------------------------------------------------------------------------------------
CREATE MACRO trino_beta_cdf(a, b, x) AS java_beta_cdf(a, b, x);
CREATE MACRO trino_inverse_beta_cdf(a, b, p) AS java_inverse_beta_cdf(a, b, p);
CREATE MACRO trino_t_cdf(x, freedom) AS java_t_cdf(x, freedom);
CREATE MACRO trino_t_pdf(x, freedom) AS java_t_pdf(x, freedom);
