"""Macros of collections.sql, and calls with lambdas, against Trino's documentation."""

from collections.abc import Callable

import pytest

from athena_local.errors import QueryError

Ask = Callable[[str], list[list[str | None]]]

ANSWERS = {
    "ARRAY[4, 5][2]": "5",
    "MAP(ARRAY['k'], ARRAY[nullif(1, 1)])['k']": None,
    "MAP(ARRAY[7], ARRAY['x'])[7]": "x",
    "element_at(ARRAY[4, 5], 9)": None,
    "ARRAY[nan()] = ARRAY[nan()]": "false",
    "ARRAY[ROW(1, NULL)] = ARRAY[ROW(2, NULL)]": "false",
    "CAST(ROW(1, 'a') AS row(n integer, s varchar))[2]": "a",
    "contains(ARRAY[1, NULL], 1)": "true",
    "contains(ARRAY[1, NULL], 3)": None,
    "contains(ARRAY[1], 3)": "false",
    "arrays_overlap(ARRAY[1], ARRAY[NULL, 2])": None,
    "any_match(ARRAY[4, NULL], x -> x > 5)": None,
    "all_match(ARRAY[4, NULL], x -> x > 5)": "false",
    "none_match(ARRAY[4, NULL], x -> x > 3)": "false",
    "all_match(ARRAY[], x -> true)": "true",
    "array_except(ARRAY[1, NULL, 1], ARRAY[2])": "[1, null]",
    "array_intersect(ARRAY[1, NULL], ARRAY[NULL, 3])": "[null]",
    "array_remove(ARRAY[1, NULL, 2], 2)": "[1, null]",
    "array_max(ARRAY[nan(), 2e0])": "2.0",
    "ARRAY[1] || 2": "[1, 2]",
    "'a' || ARRAY['b']": "[a, b]",
    "reverse(ARRAY[1, 2])": "[2, 1]",
    "reverse('ab')": "ba",
    "trim_array(ARRAY[1, 2, 3], 2)": "[1]",
    "ngrams(ARRAY['a', 'b', 'c'], 2)": "[[a, b], [b, c]]",
    "contains_sequence(ARRAY[1, 2, 3], ARRAY[2, 3])": "true",
    "sequence(DATE '2023-12-31', DATE '2024-03-31', INTERVAL '1' MONTH)": (
        "[2023-12-31, 2024-01-31, 2024-02-29, 2024-03-31]"
    ),
    "sequence(DATE '2024-01-03', DATE '2024-01-01', INTERVAL '-1' DAY)": "[2024-01-03, 2024-01-02, 2024-01-01]",
    "sequence(8, 1, -3)": "[8, 5, 2]",
    "zip_with(ARRAY[1, 2], ARRAY[3, 4], (x, y) -> x * y)": "[3, 8]",
    "zip_with(ARRAY[1], ARRAY[2], (x, y) -> cardinality(filter(ARRAY[x, y], z -> z > x)))": "[1]",
    "map_filter(MAP(ARRAY['a', 'b'], ARRAY[1, 2]), (k, v) -> contains(ARRAY[2], v))": "{b=2}",
    "map_zip_with(MAP(ARRAY[1], ARRAY['a']), MAP(ARRAY[1], ARRAY['b']), (k, x, y) -> x || y)": "{1=ab}",
    "multimap_from_entries(ARRAY[(1, 'x'), (1, 'y')])": "{1=[x, y]}",
    "split_to_map('', ',', '=')": "{}",
    "split_to_map('a=1,', ',', '=')": "{a=1}",
    "map_entries(MAP(ARRAY[1], ARRAY['x']))": "[{field0=1, field1=x}]",
    "dot_product(ARRAY[1e0, 2e0], ARRAY[3e0, 4e0])": "11.0",
    "ARRAY[1, NULL] = ARRAY[1, NULL]": None,
    "ARRAY[1, NULL] = ARRAY[2, NULL]": "false",
    "ARRAY[1, 2] <> ARRAY[1, 2]": "false",
}
ERRORS = {
    "ARRAY[1, 2][0]": "INVALID_FUNCTION_ARGUMENT",
    "ARRAY[1, 2][5]": "INVALID_FUNCTION_ARGUMENT",
    "ARRAY[1, 2][-2]": "INVALID_FUNCTION_ARGUMENT",
    "MAP(ARRAY['a'], ARRAY[1])['z']": "INVALID_FUNCTION_ARGUMENT",
    "element_at(ARRAY[1], 0)": "INVALID_FUNCTION_ARGUMENT",
    "repeat('a', -1)": "INVALID_FUNCTION_ARGUMENT",
    "sequence(1, 4, 0)": "INVALID_FUNCTION_ARGUMENT",
    "sequence(1, 10002)": "INVALID_FUNCTION_ARGUMENT",
    "slice(ARRAY[1], 0, 1)": "INVALID_FUNCTION_ARGUMENT",
    "split_to_map('a', ',', '=')": "INVALID_FUNCTION_ARGUMENT",
    "array_join(ARRAY[1e0], ',')": "NOT_SUPPORTED",
    "array_join(ARRAY[ARRAY[1]], ',')": "OPERATOR_NOT_FOUND",
    "ARRAY[1] < ARRAY[NULL]": "NOT_SUPPORTED",
    "MAP(ARRAY[1], ARRAY[2]) < MAP(ARRAY[1], ARRAY[3])": "TYPE_MISMATCH",
    "MAP(ARRAY[1], ARRAY[2]) = MAP(ARRAY[1], ARRAY[2])": "NOT_SUPPORTED",
    "any_match(ARRAY[1], (a, b) -> true)": "FUNCTION_NOT_FOUND",
}


@pytest.mark.parametrize("expression", ANSWERS)
def test_expression(ask: Ask, expression: str) -> None:
    assert ask(f"SELECT {expression}") == [[ANSWERS[expression]]]


@pytest.mark.parametrize("expression", ERRORS)
def test_error(ask_or_name: Ask, expression: str) -> None:
    with pytest.raises(QueryError) as caught:
        ask_or_name(f"SELECT {expression}")
    assert caught.value.name == ERRORS[expression]


def test_elements_of_columns(ask: Ask) -> None:
    rows = "(VALUES (ARRAY[10, 20], 2), (ARRAY[30], 1), (NULL, 1)) AS t (a, i)"
    assert ask(f"SELECT a[i], a[CAST(i AS bigint)], element_at(a, -1) FROM {rows} ORDER BY i DESC, 1") == [
        ["20", "20", "20"],
        ["30", "30", "30"],
        [None, None, None],
    ]


def test_entries_are_unnested(ask: Ask) -> None:
    entries = "map_entries(MAP(ARRAY['a', 'b'], ARRAY[1, 2]))"
    assert ask(f"SELECT k, v FROM UNNEST({entries}) AS t (k, v) ORDER BY v") == [["a", "1"], ["b", "2"]]


def test_maps_are_united(ask: Ask) -> None:
    maps = "(VALUES MAP(ARRAY['a'], ARRAY[1]), MAP(ARRAY['a', 'b'], ARRAY[1, 2])) AS t (m)"
    assert ask(f"SELECT map_union(m) FROM {maps}") == [["{a=1, b=2}"]]
