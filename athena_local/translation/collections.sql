-- Trino's functions of arrays and maps as DuckDB macros, after those of functions.sql.

-- elements: x[k] is refused where there is none; an element that is NULL is told apart through JSON -------------------
CREATE MACRO trino_index(x, k, value) AS CASE
    WHEN TRY_CAST(k::VARCHAR AS BIGINT) = 0
    THEN trino_fail('INVALID_FUNCTION_ARGUMENT: SQL array indices start at 1', value)
    WHEN TRY_CAST(k::VARCHAR AS BIGINT) < 0
    THEN trino_fail('INVALID_FUNCTION_ARGUMENT: Array subscript is negative: ' || k::VARCHAR, value)
    WHEN TRY_CAST(k::VARCHAR AS BIGINT) > json_array_length(to_json(x))
    THEN trino_fail('INVALID_FUNCTION_ARGUMENT: Array subscript must be less than or equal to array length: '
        || k::VARCHAR || ' > ' || json_array_length(to_json(x)), value)
    ELSE value END;
CREATE MACRO trino_subscript(x, k) AS CASE
    WHEN x[k] IS NOT NULL OR x IS NULL OR k IS NULL OR typeof(x) LIKE 'STRUCT(%' THEN x[k]
    WHEN typeof(x) LIKE 'MAP(%' THEN CASE WHEN list_contains(json_keys(to_json(x)), k::VARCHAR) THEN x[k]
        ELSE trino_fail('INVALID_FUNCTION_ARGUMENT: Key not present in map: ' || k::VARCHAR, x[k]) END
    ELSE trino_index(x, k, x[k]) END;
-- The same for a key that may be negative, which DuckDB counts from the end.
CREATE MACRO trino_any_subscript(x, k) AS CASE
    WHEN typeof(x) LIKE '%[]' AND k::VARCHAR LIKE '-%' THEN trino_index(x, k, x[k]) ELSE trino_subscript(x, k) END;
CREATE MACRO trino_element_at(x, k) AS CASE
    WHEN typeof(x) NOT LIKE 'MAP(%' AND x IS NOT NULL AND k::VARCHAR = '0'
    THEN trino_fail('INVALID_FUNCTION_ARGUMENT: SQL array indices start at 1', x[k]) ELSE x[k] END;

-- predicates: NULL where a NULL could make the difference ------------------------------------------------------------
CREATE MACRO trino_has_null(a) AS len(a) <> list_count(a);
CREATE MACRO trino_contains(a, x) AS CASE WHEN a IS NULL OR x IS NULL THEN NULL
    WHEN list_contains(a, x) THEN true WHEN trino_has_null(a) THEN NULL ELSE false END;
CREATE MACRO trino_arrays_overlap(a, b) AS CASE WHEN a IS NULL OR b IS NULL THEN NULL
    WHEN list_has_any(a, b) THEN true WHEN len(a) = 0 OR len(b) = 0 THEN false
    WHEN trino_has_null(a) OR trino_has_null(b) THEN NULL ELSE false END;
CREATE MACRO trino_any(results) AS CASE WHEN results IS NULL THEN NULL
    WHEN list_contains(results, true) THEN true WHEN trino_has_null(results) THEN NULL ELSE false END;
CREATE MACRO trino_all(results) AS CASE WHEN results IS NULL THEN NULL
    WHEN list_contains(results, false) THEN false WHEN trino_has_null(results) THEN NULL ELSE true END;
CREATE MACRO trino_contains_sequence(a, b) AS CASE WHEN a IS NULL OR b IS NULL THEN NULL WHEN len(b) = 0 THEN true
    ELSE len(list_filter(generate_series(1, len(a) - len(b) + 1), lambda i: a[i:i + len(b) - 1] = b)) > 0 END;

-- a = b: NULL when only a NULL could make the difference.
CREATE MACRO trino_equal_arrays(a, b) AS CASE
    WHEN len(a) = len(b) AND list_contains(a::VARCHAR[], 'nan') THEN false
    WHEN NOT trino_has_null(a) AND NOT trino_has_null(b) THEN a = b
    WHEN len(a) <> len(b) THEN false
    WHEN len(list_filter(list_zip(a, b), lambda e: struct_extract_at(e, 1) <> struct_extract_at(e, 2))) > 0 THEN false END;
-- The first elements that differ, or are NULL, decide.
CREATE MACRO trino_without_null(a, b) AS CASE WHEN (trino_has_null(a) OR trino_has_null(b)) AND len(list_filter(
        list_filter(list_zip(a, b, true), lambda e: struct_extract_at(e, 1) IS NULL OR struct_extract_at(e, 1) IS DISTINCT FROM struct_extract_at(e, 2))[1:1],
        lambda e: struct_extract_at(e, 1) IS NULL OR struct_extract_at(e, 2) IS NULL)) > 0
    THEN trino_fail('NOT_SUPPORTED: ARRAY comparison not supported for arrays with null elements', true)
    WHEN a IS NOT NULL AND b IS NOT NULL THEN true END;

CREATE MACRO trino_present(a) AS CASE WHEN list_count(a) > 0 THEN list_filter(a, lambda x: x IS NOT NULL) END;

-- arrays from arrays -------------------------------------------------------------------------------------------------
CREATE MACRO trino_among(a, x) AS coalesce(list_position(a, x), 0) > 0;
CREATE MACRO trino_array_remove(a, v) AS CASE WHEN v IS NOT NULL THEN list_filter(a, lambda x: x IS NULL OR x <> v) END;
-- Those of doubles: NaN equals nothing.
CREATE MACRO contains_number(a, x) AS trino_contains(a, x) AND (NOT isnan(x::DOUBLE) OR CASE WHEN NOT trino_has_null(a) THEN false END);
CREATE MACRO position_of_number(a, x) AS CASE WHEN isnan(x::DOUBLE) AND a IS NOT NULL THEN 0::BIGINT ELSE trino_array_position(a, x) END;
CREATE MACRO without_number(a, x) AS CASE WHEN isnan(x::DOUBLE) THEN a ELSE trino_array_remove(a, x) END;
CREATE MACRO numbers_overlap(a, b) AS trino_arrays_overlap(list_filter(a, lambda x: x IS NULL OR NOT isnan(x::DOUBLE)), b);
-- Among arrays or rows, one with a NULL inside is refused as soon as there is one.
CREATE MACRO contains_nested(a, x) AS CASE WHEN contains(to_json(a)::VARCHAR || to_json(x)::VARCHAR, 'null') AND a IS NOT NULL AND x IS NOT NULL
    THEN trino_fail('NOT_SUPPORTED: contains does not support arrays with elements that are null or contain null', true)
    WHEN regexp_matches(typeof(a), 'DOUBLE|FLOAT') AND contains(a::VARCHAR || x::VARCHAR, 'nan')
    THEN trino_fail('NOT_SUPPORTED: contains of values with NaN inside is not implemented offline', true)
    ELSE trino_contains(a, x) END;
CREATE MACRO trino_array_except(a, b) AS CASE WHEN b IS NOT NULL THEN
    trino_array_distinct(list_filter(a, lambda x: NOT trino_among(b, x))) END;
CREATE MACRO trino_array_intersect(a, b) AS CASE WHEN b IS NOT NULL THEN
    trino_array_distinct(list_filter(a, lambda x: trino_among(b, x))) END;
CREATE MACRO trino_array_union(a, b) AS CASE WHEN a IS NOT NULL AND b IS NOT NULL THEN
    trino_array_distinct(list_concat(a, b)) END;
CREATE MACRO trino_joinable(a, text) AS CASE WHEN typeof(a) LIKE '%[][]' OR typeof(a) LIKE 'MAP(%' OR typeof(a) LIKE 'STRUCT(%'
    THEN trino_fail('OPERATOR_NOT_FOUND: Cannot cast ' || typeof(a) || ' to varchar', text)
    WHEN typeof(a) IN ('DOUBLE[]', 'FLOAT[]') THEN trino_fail('NOT_SUPPORTED: array_join of doubles is not implemented offline', text)
    ELSE text END;
CREATE MACRO trino_array_join
    (a, d) AS trino_joinable(a, array_to_string(list_transform(a, lambda x: trino_varchar(x)), d)),
    (a, d, n) AS trino_joinable(a, array_to_string(list_transform(a, lambda x: coalesce(trino_varchar(x), n)), d));
-- An element beside ||: an array of it, and NULL for NULL.
CREATE MACRO trino_one(x) AS CASE WHEN x IS NOT NULL THEN [x] END;
CREATE MACRO joined_numbers
    (a, d) AS array_to_string(list_transform(a, lambda x: cast_number_text(x, cast_digits(x))), d),
    (a, d, n) AS array_to_string(list_transform(a, lambda x: coalesce(cast_number_text(x, cast_digits(x)), n)), d);
CREATE MACRO trino_combinations(a, n) AS
    list_transform(java_combinations(len(a), n), lambda c: list_transform(c, lambda i: a[i]));
-- What a comparator says of x and y, and of y and x.
CREATE MACRO trino_comparison(n, back, x, y) AS CASE
    WHEN n IS NULL OR n NOT IN (-1, 0, 1)
    THEN trino_fail('INVALID_FUNCTION_ARGUMENT: Lambda comparator must return either -1, 0, or 1', n)
    WHEN n <> -back AND x IS DISTINCT FROM y
    THEN trino_fail('NOT_SUPPORTED: array_sort by a comparator that contradicts itself is not implemented offline', n)
    ELSE n END;
CREATE MACRO trino_not_nans(a) AS CASE WHEN typeof(a) IN ('DOUBLE[]', 'FLOAT[]')
    THEN list_filter(a, lambda x: x::VARCHAR <> 'nan') ELSE a END;
CREATE MACRO trino_array_max(a) AS CASE WHEN NOT trino_has_null(a) THEN coalesce(list_max(trino_not_nans(a)), list_max(a)) END;
CREATE MACRO trino_array_min(a) AS CASE WHEN NOT trino_has_null(a) THEN coalesce(list_min(trino_not_nans(a)), list_min(a)) END;
CREATE MACRO trino_slice(a, start, n) AS CASE
    WHEN start = 0 THEN trino_fail('INVALID_FUNCTION_ARGUMENT: SQL array indices start at 1', a)
    WHEN n < 0 THEN trino_fail('INVALID_FUNCTION_ARGUMENT: length must be greater than or equal to 0', a)
    WHEN start > 0 THEN a[start:start + n - 1]
    WHEN -start > len(a) THEN a[1:0]
    ELSE a[len(a) + start + 1:len(a) + start + n] END;
CREATE MACRO trino_trim_array(a, n) AS CASE
    WHEN n < 0 THEN trino_fail('INVALID_FUNCTION_ARGUMENT: size must not be negative: ' || n, a)
    WHEN n > len(a) THEN trino_fail('INVALID_FUNCTION_ARGUMENT: size must not exceed array cardinality ' || len(a) || ': ' || n, a)
    WHEN n IS NOT NULL THEN a[1:len(a) - n] END;
CREATE MACRO trino_repeat(x, n) AS list_transform(range(CASE
    WHEN n < 0 THEN trino_fail('INVALID_FUNCTION_ARGUMENT: count argument of repeat function must be greater than or equal to 0', n)
    WHEN n > 10000 THEN trino_fail('INVALID_FUNCTION_ARGUMENT: count argument of repeat function must be less than or equal to 10000', n)
    ELSE n END), lambda i: x);
CREATE MACRO trino_ngrams(a, n) AS CASE
    WHEN n <= 0 THEN trino_fail('INVALID_FUNCTION_ARGUMENT: N must be positive', [a])
    WHEN n >= len(a) THEN [a]
    ELSE list_transform(generate_series(1, len(a) - n + 1), lambda i: a[i:i + n - 1]) END;
CREATE MACRO trino_shuffle(a) AS list_transform(
    list_sort(list_transform(a, lambda x, i: {'order': random(), 'value': x})), lambda e: e.value);

-- sequences ----------------------------------------------------------------------------------------------------------
CREATE MACRO trino_short(series) AS CASE WHEN len(series) > 10000
    THEN trino_fail('INVALID_FUNCTION_ARGUMENT: result of sequence function must not have more than 10000 entries', series)
    ELSE series END;
-- Where to stop, so that a sequence that is far too long is not made before it is refused.
CREATE MACRO trino_last(a HUGEINT, b HUGEINT, step) AS CASE WHEN abs(b - a) > 10000 * abs(step) THEN a + 10000 * step ELSE b END::BIGINT,
    (a, b, step) AS b;
CREATE MACRO trino_sequence(a, b) AS trino_short(
        generate_series(a, trino_last(a, b, CASE WHEN a <= b THEN 1 ELSE -1 END), CASE WHEN a <= b THEN 1 ELSE -1 END)),
    (a, b, step) AS trino_short(generate_series(a, trino_last(a, b, step), CASE
        WHEN step = 0 THEN trino_fail('INVALID_FUNCTION_ARGUMENT: step must not be zero', step)
        WHEN step > 0 AND a > b OR step < 0 AND a < b THEN trino_fail('INVALID_FUNCTION_ARGUMENT: sequence stop value should be '
            || 'greater than or equal to start value if step is greater than zero otherwise stop should be less than or equal to start', step)
        ELSE step END));
-- By an interval: n steps from the start, so that months do not lose their days.
CREATE MACRO trino_steps(a, b, step) AS trino_short(list_filter(
    list_transform(generate_series(0, CAST(least(floor((epoch(b) - epoch(a)) / (epoch(step) * 0.9)) + 1, 11200) AS BIGINT)),
        lambda n: cast_to_type(a + step * n, a)),
    lambda x: CASE WHEN epoch(step) > 0 THEN x <= b ELSE x >= b END));

-- vectors ------------------------------------------------------------------------------------------------------------
CREATE MACRO trino_dot_product(a, b) AS list_dot_product(CAST(a AS DOUBLE[]), CAST(b AS DOUBLE[]));
CREATE MACRO trino_euclidean_distance(a, b) AS list_distance(CAST(a AS DOUBLE[]), CAST(b AS DOUBLE[]));
CREATE MACRO trino_cosine_similarity(a, b) AS list_cosine_similarity(CAST(a AS DOUBLE[]), CAST(b AS DOUBLE[]));
CREATE MACRO trino_cosine_distance(a, b) AS 1 - trino_cosine_similarity(a, b);
CREATE MACRO similar_maps(a, b) AS list_sum(list_transform(map_keys(a), lambda k: coalesce(a[k] * b[k], 0)))
    / (sqrt(list_sum(list_transform(map_values(a), lambda x: x * x))) * sqrt(list_sum(list_transform(map_values(b), lambda x: x * x))));
CREATE MACRO distant_maps(a, b) AS 1 - similar_maps(a, b);

-- maps ---------------------------------------------------------------------------------------------------------------
CREATE MACRO trino_map_entries(m) AS list_transform(map_entries(m), lambda e: row(e.key, e.value));
-- a = b: NULL when only a NULL could make the difference.
CREATE MACRO trino_equal_maps(a, b) AS CASE
    WHEN a IS NULL OR b IS NULL THEN NULL
    WHEN len(map_keys(a)) <> len(map_keys(b)) THEN false
    WHEN len(list_filter(map_keys(a), lambda k: NOT list_contains(map_keys(b), k))) > 0 THEN false
    WHEN len(list_filter(map_keys(a), lambda k: map_extract_value(a, k) <> map_extract_value(b, k))) > 0 THEN false
    WHEN trino_has_null(map_values(a)) OR trino_has_null(map_values(b)) THEN NULL ELSE true END;
CREATE MACRO trino_same_maps(a, b) AS CASE
    WHEN a IS NULL OR b IS NULL THEN a IS NULL AND b IS NULL
    WHEN len(map_keys(a)) <> len(map_keys(b)) THEN false
    ELSE len(list_filter(map_keys(a), lambda k: NOT list_contains(map_keys(b), k)
        OR map_extract_value(a, k) IS DISTINCT FROM map_extract_value(b, k))) = 0 END;
CREATE MACRO trino_ordered_map(m) AS map_from_entries(list_sort(map_entries(m)));
CREATE MACRO trino_pairs_of(m) AS map_entries(m);
CREATE MACRO trino_pairs(a) AS list_transform(a, lambda e: {'k': struct_extract_at(e, 1), 'v': struct_extract_at(e, 2)});
CREATE MACRO trino_multimap_from_entries(a) AS trino_grouped_entries(trino_pairs(a));
CREATE MACRO trino_array_histogram(a) AS map_from_entries(list_transform(list_distinct(a),
    lambda x: {'k': x, 'v': len(list_filter(a, lambda y: y = x))}));
-- What map_union makes of all maps: the first value of a key stays.
CREATE MACRO trino_union_maps(maps) AS trino_first_entries(trino_pairs(flatten(list_transform(maps, lambda m: map_entries(m)))));
CREATE MACRO trino_split_pairs(s, d, kv) AS list_transform(
    list_filter(string_split(s, d), lambda e, i: e <> '' OR i < len(string_split(s, d))),
    lambda e: CASE WHEN len(string_split(e, kv)) <> 2
        THEN trino_fail('INVALID_FUNCTION_ARGUMENT: Key-value delimiter must appear exactly once in each entry. Bad input: ''' || e || '''',
            {'k': '', 'v': ''})
        ELSE {'k': split_part(e, kv, 1), 'v': split_part(e, kv, 2)} END);
CREATE MACRO trino_split_to_map(s, d, kv) AS map_from_entries(trino_split_pairs(s, d, kv));
CREATE MACRO trino_split_to_multimap(s, d, kv) AS trino_grouped_entries(trino_split_pairs(s, d, kv));

-- sketches that count distinct values: the values themselves, so that every estimate is right ------------------------
CREATE MACRO trino_set_of(items) AS CASE WHEN list_count(items) > 0 THEN list_distinct(items) END;
CREATE MACRO trino_merged_sets(sets) AS list_distinct(flatten(sets));
CREATE MACRO trino_empty_approx_set() AS []::BIGINT[];
CREATE MACRO trino_set_size(items) AS len(items)::BIGINT;
CREATE MACRO trino_most_frequent(items, n) AS map_from_entries(list_transform(
    list_reverse_sort(list_transform(map_entries(trino_array_histogram(trino_present(items))),
        lambda e: {'n': e.value, 'first': -list_position(items, e.key), 'k': e.key}))[1:n],
    lambda e: {'key': e.k, 'value': e.n}));
CREATE MACRO trino_intersection_cardinality(a, b) AS len(list_intersect(a, b))::BIGINT;
