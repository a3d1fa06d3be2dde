-- Trino's functions of text, JSON, URLs and varbinary as DuckDB macros, one statement each, in the manner of functions.sql.
-- A function java_… is one of Python (python_functions.py): it gives what DuckDB cannot. A macro own_… is no function of Trino.

-- arguments of another type than Trino has are refused ---------------------------------------------------------------
CREATE MACRO own_text(name, x) AS
    CASE WHEN typeof(x) IN ('VARCHAR', '"NULL"') THEN x::VARCHAR ELSE java_refuse(name, typeof(x)) END;
CREATE MACRO own_json_or_text(name, x) AS
    CASE WHEN typeof(x) IN ('VARCHAR', 'JSON', '"NULL"') THEN x::VARCHAR ELSE java_refuse(name, typeof(x)) END;
CREATE MACRO own_blob(name, x) AS
    CASE WHEN typeof(x) IN ('BLOB', '"NULL"') THEN TRY_CAST(x AS BLOB) ELSE java_refuse(name, typeof(x))::BLOB END;

-- JSON ---------------------------------------------------------------------------------------------------------------
CREATE MACRO trino_json_parse(x) AS java_json_parse(own_json_or_text('json_parse', x))::JSON;
-- A value of type JSON is canonical already, where it was read; what was cast from a row keeps its order.
CREATE MACRO trino_json_format(x) AS CASE WHEN typeof(x) = 'JSON' THEN x::VARCHAR ELSE java_json_parse(own_json_or_text('json_format', x)) END;
CREATE MACRO own_json_cast(x) AS CASE typeof(x)
    WHEN 'JSON' THEN x::VARCHAR
    WHEN 'VARCHAR' THEN java_json_quoted(x::VARCHAR)
    WHEN 'DOUBLE' THEN to_json(x)::VARCHAR
    WHEN 'TIMESTAMP' THEN '"' || trino_varchar(x) || '"'
    ELSE CASE WHEN typeof(x) LIKE 'DECIMAL%)' THEN cast_decimal_text(x) ELSE to_json(x)::VARCHAR END END;
CREATE MACRO own_to_json(x) AS
    (CASE WHEN typeof(x) IN ('JSON', 'TIMESTAMP', 'VARCHAR', 'DATE', 'BOOLEAN', 'INTEGER', 'BIGINT') OR typeof(x) LIKE 'DECIMAL%)'
        THEN own_json_cast(x) ELSE java_json_cast(to_json(x)::VARCHAR, typeof(x)) END)::JSON;
CREATE MACRO trino_json_extract(x, path) AS java_json_extract(own_json_or_text('json_extract', x), path)::JSON;
CREATE MACRO own_json_extract_scalar(x, path) AS CASE
    WHEN NOT json_valid(own_json_or_text('json_extract_scalar', x)) THEN NULL
    WHEN json_type(x::VARCHAR, path) IN ('DOUBLE', 'HUGEINT', 'UHUGEINT') THEN java_json_extract_scalar(x::VARCHAR, path)
    WHEN json_type(x::VARCHAR, path) NOT IN ('OBJECT', 'ARRAY') THEN json_extract_string(x::VARCHAR, path) END;
CREATE MACRO trino_json_size(x, path) AS java_json_size(own_json_or_text('json_size', x), path);
CREATE MACRO trino_json_array_length(x) AS
    CASE WHEN json_valid(x::VARCHAR) AND json_type(x::VARCHAR) = 'ARRAY' THEN json_array_length(x::VARCHAR)::BIGINT END;
CREATE MACRO trino_json_array_get(x, i) AS CAST({'j': java_json_array_get(own_json_or_text('json_array_get', x), i)} AS STRUCT(j JSON)).j;
CREATE MACRO trino_json_array_contains(x, v) AS
    java_json_array_contains(own_json_or_text('json_array_contains', x), v::VARCHAR, typeof(v));
CREATE MACRO trino_is_json_scalar(x) AS java_json_is_scalar(own_json_or_text('is_json_scalar', x));

-- A result of a path is a letter and a text (sql_json_functions.py).
CREATE MACRO sql_json_checked(r) AS CASE WHEN r LIKE 'Xpath%' THEN java_raise('PATH_EVALUATION_ERROR', r[2:])
    WHEN r LIKE 'Xconversion%' THEN java_raise('JSON_INPUT_CONVERSION_ERROR', r[2:])
    WHEN r LIKE 'Xcannot extract JSON:%' THEN java_raise('JSON_OUTPUT_CONVERSION_ERROR', r[2:]) ELSE r END;
CREATE MACRO sql_json_value(r, e, x) AS CASE left(r, 1)
    WHEN 'V' THEN coalesce(TRY_CAST(r[2:] AS VARCHAR), x::VARCHAR) WHEN 'E' THEN e::VARCHAR WHEN 'X' THEN x::VARCHAR END;
CREATE MACRO sql_json_int(r, e, x) AS CASE left(r, 1)
    WHEN 'V' THEN coalesce(TRY_CAST(r[2:] AS INTEGER), x::INTEGER) WHEN 'E' THEN e::INTEGER WHEN 'X' THEN x::INTEGER END;
CREATE MACRO sql_json_bigint(r, e, x) AS CASE left(r, 1)
    WHEN 'V' THEN coalesce(TRY_CAST(r[2:] AS BIGINT), x::BIGINT) WHEN 'E' THEN e::BIGINT WHEN 'X' THEN x::BIGINT END;
CREATE MACRO sql_json_double(r, e, x) AS CASE left(r, 1)
    WHEN 'V' THEN coalesce(TRY_CAST(r[2:] AS DOUBLE), x::DOUBLE) WHEN 'E' THEN e::DOUBLE WHEN 'X' THEN x::DOUBLE END;
CREATE MACRO sql_json_boolean(r, e, x) AS CASE left(r, 1)
    WHEN 'V' THEN coalesce(TRY_CAST(r[2:] AS BOOLEAN), x::BOOLEAN) WHEN 'E' THEN e::BOOLEAN WHEN 'X' THEN x::BOOLEAN END;
CREATE MACRO sql_json_query(r, e, x) AS CASE left(r, 1)
    WHEN 'V' THEN coalesce(TRY_CAST(r[2:] AS VARCHAR), x::VARCHAR) WHEN 'E' THEN e::VARCHAR WHEN 'X' THEN x::VARCHAR END;
CREATE MACRO sql_json_exists(r, x) AS CASE left(r, 1) WHEN 'V' THEN r = 'Vtrue' WHEN 'X' THEN x::BOOLEAN END;
CREATE MACRO own_json_member(x) AS CASE
    WHEN typeof(x) = 'VARCHAR' THEN java_json_quoted(x::VARCHAR)
    WHEN typeof(x) IN ('DOUBLE', 'BOOLEAN', 'TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', '"NULL"') OR typeof(x) LIKE 'DECIMAL%)'
        THEN trino_varchar(x)
    WHEN typeof(x) = 'DATE' THEN java_json_quoted(x::VARCHAR)
    ELSE java_raise('NOT_SUPPORTED', 'a value of this type in a JSON function is not implemented offline') END;

-- strings ------------------------------------------------------------------------------------------------------------
CREATE MACRO trino_length(s) AS CASE typeof(s)
    WHEN 'BLOB' THEN length(hex(s)) // 2 ELSE length(own_text('length', s)) END::BIGINT;
CREATE MACRO reversed_bytes(b) AS CAST(java_blob_reverse(hex(b)) AS BLOB);
-- Whole characters, and not what they look like together.
CREATE MACRO reversed_text(s) AS CASE WHEN strlen(s) = length(s) THEN reverse(s) ELSE array_to_string(list_reverse(regexp_extract_all(s, '(?s).')), '') END;
CREATE MACRO trino_reverse(s) AS cast_to_type(CASE typeof(s)
    WHEN 'BLOB' THEN java_blob_reverse(hex(s)) WHEN 'VARCHAR' THEN reversed_text(s::VARCHAR)
    ELSE java_raise('NOT_SUPPORTED', 'reverse of this type is not implemented offline') END, s);
CREATE MACRO own_text_substr(s, i, n) AS
    CASE WHEN i = 0 OR i < -length(s) OR n <= 0 THEN CASE WHEN s IS NOT NULL AND n IS NOT NULL THEN '' END ELSE substring(s, i, n) END;
CREATE MACRO trino_substr
    (s, i) AS cast_to_type(CASE typeof(s) WHEN 'BLOB' THEN java_blob_substr(hex(s), i, 2147483647)
        ELSE own_text_substr(own_text('substr', s), i, 2147483647) END, s),
    (s, i, n) AS cast_to_type(CASE typeof(s) WHEN 'BLOB' THEN java_blob_substr(hex(s), i, n)
        ELSE own_text_substr(own_text('substr', s), i, n) END, s);
CREATE MACRO trino_substring(s, i) AS trino_substr(s, i), (s, i, n) AS trino_substr(s, i, n);
CREATE MACRO own_pad_length(n) AS
    CASE WHEN n < 0 THEN java_fail('Target length must be in the range [0..2147483647]')::INTEGER ELSE n::INTEGER END;
CREATE MACRO own_pad_text(p) AS CASE WHEN p = '' THEN java_fail('Padding string must not be empty') ELSE p END;
CREATE MACRO trino_lpad(s, n, p) AS cast_to_type(CASE typeof(s) WHEN 'BLOB' THEN java_blob_pad(hex(s), n, hex(p), 'l')
    ELSE lpad(own_text('lpad', s), own_pad_length(n), own_pad_text(p::VARCHAR)) END, s);
CREATE MACRO trino_rpad(s, n, p) AS cast_to_type(CASE typeof(s) WHEN 'BLOB' THEN java_blob_pad(hex(s), n, hex(p), 'r')
    ELSE rpad(own_text('rpad', s), own_pad_length(n), own_pad_text(p::VARCHAR)) END, s);
CREATE MACRO own_spaces() AS
    chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(28) || chr(29) || chr(30) || chr(31) || chr(32) ||
    chr(5760) || chr(8192) || chr(8193) || chr(8194) || chr(8195) || chr(8196) || chr(8197) || chr(8198) ||
    chr(8200) || chr(8201) || chr(8202) || chr(8232) || chr(8233) || chr(8287) || chr(12288);
CREATE MACRO trino_trim(s) AS trim(own_text('trim', s), own_spaces()), (s, c) AS trim(own_text('trim', s), c);
CREATE MACRO trino_ltrim(s) AS ltrim(own_text('ltrim', s), own_spaces()), (s, c) AS ltrim(own_text('ltrim', s), c);
CREATE MACRO trino_rtrim(s) AS rtrim(own_text('rtrim', s), own_spaces()), (s, c) AS rtrim(own_text('rtrim', s), c);
CREATE MACRO trino_upper(s) AS
    CASE WHEN strlen(own_text('upper', s)) = length(own_text('upper', s)) THEN upper(own_text('upper', s))
        ELSE java_upper(own_text('upper', s)) END;
CREATE MACRO trino_replace(s, a) AS replace(s, a, ''), (s, a, b) AS CASE WHEN a = '' THEN regexp_replace(s, '', b, 'gs') ELSE replace(s, a, b) END;
CREATE MACRO trino_split(s, d) AS CASE WHEN d <> '' THEN string_split(s, d) ELSE java_split(s, d, 2147483647) END,
    (s, d, n) AS java_split(s, d, n);
CREATE MACRO trino_split_part(s, d, i) AS CASE
    WHEN i > 0 AND d <> '' THEN CASE WHEN i <= len(string_split(s, d)) THEN split_part(s, d, i::BIGINT) END
    ELSE java_split_part(s, d, i) END;
CREATE MACRO trino_strpos(s, t) AS strpos(s, t), (s, t, n) AS java_strpos(s, t, n);
CREATE MACRO own_concat_ws(d, x) AS CASE WHEN typeof(x) LIKE '%[]' THEN CASE WHEN d IS NULL OR x IS NULL THEN NULL
    ELSE coalesce(array_to_string(cast_to_type(x, ['']), d), '') END ELSE concat_ws(d, x::VARCHAR) END;
CREATE MACRO trino_codepoint(s) AS java_codepoint(own_text('codepoint', s));
CREATE MACRO trino_levenshtein_distance(a, b) AS java_levenshtein(own_text('levenshtein_distance', a), own_text('levenshtein_distance', b));
CREATE MACRO trino_hamming_distance(a, b) AS java_hamming(own_text('hamming_distance', a), own_text('hamming_distance', b));
CREATE MACRO trino_luhn_check(s) AS java_luhn(own_text('luhn_check', s));
CREATE MACRO trino_soundex(s) AS java_soundex(own_text('soundex', s));
CREATE MACRO trino_format_number(x) AS java_format_number(x::VARCHAR);
CREATE MACRO own_format_argument(x) AS CASE
    WHEN x IS NULL THEN ':'
    WHEN typeof(x) IN ('VARCHAR', 'TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'HUGEINT', 'DOUBLE', 'FLOAT', 'BOOLEAN', 'DATE', 'TIMESTAMP')
        OR typeof(x) LIKE 'DECIMAL%)' THEN typeof(x) || ':' || x::VARCHAR
    WHEN typeof(x) IN ('JSON', 'UUID') THEN 'VARCHAR:' || x::VARCHAR
    ELSE java_unformattable(typeof(x)) END;

-- regular expressions: RE2 where it means the same, and Java's otherwise ---------------------------------------------
CREATE MACRO own_is_simple(s) AS strlen(s) = length(s) AND NOT contains(s, chr(10));
CREATE MACRO own_plain_regexp_like(s, p) AS CASE WHEN own_is_simple(s) THEN regexp_matches(s, p) ELSE java_regexp_like(s, p) END;
CREATE MACRO own_plain_regexp_extract(s, p, g) AS CASE
    WHEN own_is_simple(s) THEN CASE WHEN regexp_matches(s, p) THEN regexp_extract(s, p, g) END
    ELSE java_regexp_extract(s, p, g) END;
CREATE MACRO own_plain_regexp_extract_all(s, p, g) AS
    CASE WHEN own_is_simple(s) THEN regexp_extract_all(s, p, g) ELSE java_regexp_extract_all(s, p, g) END;
CREATE MACRO own_plain_regexp_replace(s, p, r, java) AS
    CASE WHEN own_is_simple(s) THEN regexp_replace(s, p, r, 'g') ELSE java_regexp_replace(s, p, java) END;

-- varbinary ----------------------------------------------------------------------------------------------------------
CREATE MACRO own_varbinary(x) AS CASE WHEN typeof(x) = 'VARCHAR' THEN encode(x::VARCHAR) ELSE own_blob('cast to varbinary', x) END;
CREATE MACRO trino_md5(x) AS unhex(md5(own_blob('md5', x)));
CREATE MACRO trino_sha1(x) AS unhex(sha1(own_blob('sha1', x)));
CREATE MACRO trino_sha256(x) AS unhex(sha256(own_blob('sha256', x)));
CREATE MACRO trino_sha512(x) AS java_sha512(own_blob('sha512', x));
CREATE MACRO trino_crc32(x) AS java_crc32(own_blob('crc32', x));
CREATE MACRO trino_murmur3(b) AS java_murmur3(own_blob('murmur3', b));
CREATE MACRO trino_xxhash64(x) AS java_xxhash64(own_blob('xxhash64', x));
CREATE MACRO trino_hmac_md5(x, key) AS java_hmac_md5(own_blob('hmac_md5', x), own_blob('hmac_md5', key));
CREATE MACRO trino_hmac_sha1(x, key) AS java_hmac_sha1(own_blob('hmac_sha1', x), own_blob('hmac_sha1', key));
CREATE MACRO trino_hmac_sha256(x, key) AS java_hmac_sha256(own_blob('hmac_sha256', x), own_blob('hmac_sha256', key));
CREATE MACRO trino_hmac_sha512(x, key) AS java_hmac_sha512(own_blob('hmac_sha512', x), own_blob('hmac_sha512', key));
CREATE MACRO trino_to_hex(x) AS hex(own_blob('to_hex', x));
CREATE MACRO trino_from_hex(x) AS java_from_hex(x::VARCHAR);
CREATE MACRO trino_to_base64(x) AS to_base64(own_blob('to_base64', x));
CREATE MACRO trino_from_base64(x) AS java_from_base64(x::VARCHAR);
CREATE MACRO trino_to_base64url(x) AS java_to_base64url(own_blob('to_base64url', x));
CREATE MACRO trino_from_base64url(x) AS java_from_base64url(x::VARCHAR);
CREATE MACRO trino_to_base32(x) AS java_to_base32(own_blob('to_base32', x));
CREATE MACRO trino_from_base32(x) AS java_from_base32(x::VARCHAR);
CREATE MACRO trino_to_utf8(x) AS encode(own_text('to_utf8', x));
CREATE MACRO trino_from_utf8(x) AS java_from_utf8(own_blob('from_utf8', x), chr(65533)),
    (x, r) AS java_from_utf8(own_blob('from_utf8', x), CASE WHEN typeof(r) = 'VARCHAR' THEN r::VARCHAR ELSE chr(r) END);
CREATE MACRO trino_to_big_endian_32(x) AS java_to_big_endian_32(x);
CREATE MACRO trino_to_big_endian_64(x) AS java_to_big_endian_64(x);
CREATE MACRO trino_to_ieee754_32(x) AS java_to_ieee754_32(x);
CREATE MACRO trino_to_ieee754_64(x) AS java_to_ieee754_64(x);
CREATE MACRO trino_from_big_endian_32(x) AS java_from_big_endian_32(own_blob('from_big_endian_32', x));
CREATE MACRO trino_from_big_endian_64(x) AS java_from_big_endian_64(own_blob('from_big_endian_64', x));
CREATE MACRO trino_from_ieee754_32(x) AS java_from_ieee754_32(own_blob('from_ieee754_32', x));
CREATE MACRO trino_from_ieee754_64(x) AS java_from_ieee754_64(own_blob('from_ieee754_64', x));

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
CREATE MACRO trino_url_decode(s) AS CASE WHEN contains(s, '%') THEN java_url_decode(s) ELSE replace(s, '+', ' ') END;
CREATE MACRO trino_url_encode(s) AS replace(replace(replace(url_encode(s), '%20', '+'), '%2A', '*'), '~', '%7E');
CREATE MACRO trino_url_extract_parameter(u, name) AS CASE WHEN trino_is_url(u) THEN trino_url_decode(list_extract(
    list_transform(
        list_filter(string_split(trino_raw_query(u), '&'), lambda q: split_part(q, '=', 1) = name),
        lambda q: split_part(q, '=', 2)), 1)) END;
