import duckdb
import pytest
import sqlglot

from athena_local.analyzer.trino_types import parsed
from athena_local.errors import QueryError
from athena_local.translation.deep_equality import equal
from athena_local.translation.functions import MACROS


def _answer(left: str, right: str, type_: str) -> bool | None:
    sides = [sqlglot.parse_one(text, dialect="duckdb") for text in (left, right)]
    sql = equal(*sides, parsed(type_)).sql("duckdb")
    connection = duckdb.connect()
    every = next(each for each in MACROS.split(";") if "MACRO trino_all(" in each)
    has_null = next(each for each in MACROS.split(";") if "MACRO trino_has_null(" in each)
    connection.execute(f"{has_null};{every}")
    answer: tuple[bool | None] = connection.execute(f"SELECT {sql}").fetchall()[0]
    return answer[0]


@pytest.mark.parametrize(
    ("left", "right", "type_", "expected"),
    [
        ("[[1, NULL]]", "[[1, 2]]", "array(array(integer))", None),
        ("[[1, NULL]]", "[[3, 2]]", "array(array(integer))", False),
        ("[[1], [2]]", "[[1]]", "array(array(integer))", False),
        ("[row(1, NULL)]", "[row(1, 2)]", "array(row(integer, integer))", None),
        ("[row(1, NULL)]", "[row(2, NULL)]", "array(row(integer, integer))", False),
        ("['nan'::DOUBLE]", "['nan'::DOUBLE]", "array(double)", False),
        ("[1.5::DOUBLE]", "[1.5::DOUBLE]", "array(double)", True),
        ("NULL::INTEGER[]", "[1]", "array(integer)", None),
    ],
)
def test_values_are_compared_one_by_one(left: str, right: str, type_: str, expected: bool | None) -> None:
    assert _answer(left, right, type_) is expected


def test_maps_inside_are_refused() -> None:
    with pytest.raises(QueryError, match="NOT_SUPPORTED"):
        _answer("[MAP {1: 2}]", "[MAP {1: 2}]", "array(map(integer, integer))")
