"""CAST of values to JSON, as Trino 476 answers."""

import json
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from athena_local.errors import QueryError
from athena_local.udf.json_values import json_of


def of(value: str) -> str:
    """Return the JSON of a value that DuckDB's SQL makes."""
    row = duckdb.execute(f"SELECT to_json(v)::VARCHAR, typeof(v) FROM (SELECT {value} AS v)").fetchone()
    assert row is not None
    return json_of(*row)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("row([1, 2, 3], map(['b', 'a'], [1, 2]))", '{"":[1,2,3],"":{"a":2,"b":1}}'),
        ("map(['person2', 'person1'], [row('Bob', 30), row('Alice', 25)])",
         '{"person1":{"":"Alice","":25},"person2":{"":"Bob","":30}}'),
        ("{'b': map([10, 9], [1, 2]), 'a': NULL}", '{"b":{"10":1,"9":2},"a":null}'),
        ("""{'a, (b "c")': 1.50::DECIMAL(5, 2), 'd': 5::DECIMAL(9, 0), 'e': 1e10::DOUBLE}""",
         r'{"a, (b \"c\")":1.50,"d":5,"e":1.0E10}'),
        ("map([1e10::DOUBLE], [[1.5::DOUBLE, NULL]])", '{"1.0E10":[1.5,null]}'),
        ("map(['a'], ['{\"z\": 1, \"b\": [{}]}'::JSON])", '{"a":{"b":[{}],"z":1}}'),
        ("[map(['x'], [DATE '2026-01-02'])]", '[{"x":"2026-01-02"}]'),
    ],
)  # fmt: skip
def test_values(value: str, text: str) -> None:
    assert of(value) == text


@pytest.mark.parametrize("value", ["[now()]", "map([1], ['a'::BLOB])", "[1.5::FLOAT]", "[1::DECIMAL(16, 2)]"])
def test_what_is_not_known(value: str) -> None:
    with pytest.raises(QueryError, match="to JSON is not implemented offline"):
        of(value)


@given(st.dictionaries(st.text(), st.lists(st.integers(-(2**63), 2**63 - 1))))
def test_a_map_keeps_its_values(value: dict[str, Any]) -> None:
    text = json_of(json.dumps(value), "MAP(VARCHAR, BIGINT[])")
    assert json.loads(text) == value
    assert list(json.loads(text)) == sorted(value, key=lambda key: key.encode("utf-16-be", "replace"))
