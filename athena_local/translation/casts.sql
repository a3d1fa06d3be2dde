-- What Trino's CAST does otherwise than DuckDB's. These macros have no prefix, so that no query can call them.
CREATE MACRO cast_scientific_digits(digits, exponent) AS
    digits[1] || '.' || coalesce(nullif(rtrim(digits[2:], '0'), ''), '0') || 'E' || exponent;
-- The text of a double or a real: 1.0E0, and 0E0 for zero. `t` is DuckDB's shortest text of it.
CREATE MACRO cast_number_text(x, t) AS CASE
    WHEN isnan(x) THEN 'NaN'
    WHEN isinf(x) THEN CASE WHEN x > 0 THEN 'Infinity' ELSE '-Infinity' END
    WHEN x = 0 THEN CASE WHEN t LIKE '-%' THEN '-0E0' ELSE '0E0' END
    ELSE CASE WHEN x < 0 THEN '-' ELSE '' END || cast_scientific_digits(
        ltrim(replace(split_part(ltrim(t, '-'), 'e', 1), '.', ''), '0'),
        CASE WHEN t LIKE '%e%' THEN split_part(t, 'e', 2)::BIGINT ELSE 0 END + CASE
            WHEN ltrim(split_part(ltrim(t, '-'), '.', 1), '0') <> '' THEN length(split_part(split_part(ltrim(t, '-'), 'e', 1), '.', 1)) - 1
            ELSE -1 - length(regexp_extract(split_part(split_part(t, 'e', 1), '.', 2), '^0*')) END) END;
CREATE MACRO cast_timestamp_text(x, digits) AS
    strftime(x::TIMESTAMP, '%Y-%m-%d %H:%M:%S') || CASE WHEN digits = 0 THEN '' ELSE '.' || left(strftime(x::TIMESTAMP, '%f'), digits) END;
CREATE MACRO cast_timestamp_json(x, digits) AS ('"' || cast_timestamp_text(x, digits) || '"')::JSON;
CREATE MACRO cast_trimmed(x) AS trim(x, ' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13));
-- Digits of other scripts are read, too.
CREATE MACRO cast_ascii_digits(x) AS translate(x, '٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९０１２３４５６７８９', '0123456789012345678901234567890123456789');
CREATE MACRO cast_decimal(x) AS CASE WHEN regexp_matches(x, '\s') THEN 'not a number: ' || x ELSE cast_ascii_digits(x) END;
CREATE MACRO cast_fitting(t, n) AS CASE WHEN length(t) > n
    THEN CAST(CAST('Value ' || t || ' cannot be represented as varchar(' || n || ')' AS INTEGER) AS VARCHAR) ELSE t END;
CREATE MACRO cast_fitting_or_null(t, n) AS CASE WHEN length(t) <= n THEN t END;
CREATE MACRO cast_boolean(x) AS CASE WHEN x IS NULL OR lower(x) IN ('t', 'true', '1', 'f', 'false', '0') THEN x ELSE 'not a boolean: ' || x END;
CREATE MACRO cast_floating(x) AS CASE
    WHEN x IS NULL OR regexp_full_match(cast_trimmed(x), '[+-]?(Infinity|NaN|([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?[fFdD]?)')
    THEN CASE WHEN contains(x, 'Inf') THEN cast_trimmed(x) ELSE rtrim(cast_trimmed(x), 'fFdD') END
    WHEN regexp_full_match(cast_trimmed(x), '[+-]?0[xX][0-9a-fA-F]*\.?[0-9a-fA-F]*[pP][+-]?[0-9]+[fFdD]?')
    THEN CAST(CAST('trino-error NOT_SUPPORTED: a hexadecimal floating point number is not read offline: ' || x || ';;' AS INTEGER) AS VARCHAR)
    ELSE 'not a number: ' || x END;
CREATE MACRO cast_to_real(x) AS CASE WHEN abs(x) >= 3.4028235677973366e38::DOUBLE AND NOT isnan(x)
    THEN CASE WHEN x > 0 THEN 'Infinity'::FLOAT ELSE '-Infinity'::FLOAT END ELSE TRY_CAST(x AS FLOAT) END;
-- Texts of char(n) have n characters here.
CREATE MACRO char_padded(x, n) AS rpad(x, n::INTEGER, ' ');
CREATE MACRO char_trimmed(x) AS rtrim(x, ' ');
CREATE MACRO cast_numbers_texts(a) AS list_transform(a, lambda x: cast_number_text(x, cast_digits(x)));
CREATE MACRO cast_decimals_texts(a) AS list_transform(a, lambda x: cast_decimal_text(x));
