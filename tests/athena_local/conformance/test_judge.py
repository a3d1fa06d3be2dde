"""What the judge takes for equal, and what not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.athena_local.conformance.entries import Answer, Entry
from tests.athena_local.conformance.judge import Verdict, athena_type, verdict

SOME = Entry(id="some-001", sql="SELECT x FROM t")
ORDERED = Entry(id="some-002", sql="SELECT x FROM t ORDER BY x")


def answer(*rows: str | None, type_: str = "varchar", name: str = "x", types: tuple[str, ...] = ()) -> Answer:
    return Answer(columns=((name, type_),), rows=tuple((row,) for row in rows), types=types)


def refused(name: str, message: str = "") -> Answer:
    return Answer(error=name, message=message)


@given(st.lists(st.text() | st.none()))
def test_an_answer_equals_itself_in_any_order(rows: list[str | None]) -> None:
    assert verdict(SOME, answer(*rows), answer(*reversed(rows))) is Verdict.EQUAL


def test_an_order_is_looked_at() -> None:
    assert verdict(ORDERED, answer("a", "b"), answer("b", "a")) is Verdict.WRONG


@pytest.mark.parametrize(
    ("type_", "trino", "endpoint", "expected"),
    [
        ("double", "0.30000000000000004", "0.3000000000000001", Verdict.EQUAL),
        ("double", "0.3", "0.31", Verdict.WRONG),
        ("double", "NaN", "1.0", Verdict.WRONG),
        ("double", "1.0", None, Verdict.WRONG),
        ("array(double)", "[1.0, 2.0000000000000004]", "[1.0, 2.0]", Verdict.EQUAL),
        ("array(double)", "[1.0, 2.0]", "[1.0]", Verdict.WRONG),
        ("map(varchar, integer)", "{a=1, b=2}", "{b=2, a=1}", Verdict.EQUAL),
        ("map(varchar, integer)", "{a=1, b=2}", "{b=2, a=3}", Verdict.WRONG),
        ("varchar", "1.5E0", "1.5", Verdict.EQUAL),
        ("varchar", "1.0E10", "1.0E10", Verdict.EQUAL),
        ("varchar", "1.0E10", "10000000000.0", Verdict.WRONG),
        ("integer", "1", "1.0", Verdict.WRONG),
        ("varchar", "", None, Verdict.WRONG),
    ],
)
def test_values(type_: str, trino: str | None, endpoint: str | None, expected: Verdict) -> None:
    mine = answer(endpoint, type_=athena_type(type_))
    assert verdict(SOME, answer(trino, type_=type_), mine) is expected


def test_names_and_types_of_columns() -> None:
    trino = answer("1", type_="varchar(3)")
    assert verdict(SOME, trino, answer("1")) is Verdict.EQUAL
    assert verdict(SOME, trino, answer("1", name="y")) is Verdict.TYPE
    assert verdict(SOME, trino, answer("1", type_="integer")) is Verdict.TYPE
    assert verdict(SOME, answer("1", type_="decimal(3, 1)"), answer("1", type_="decimal(3, 2)")) is Verdict.TYPE


def test_the_length_of_a_varchar_is_not_looked_at_and_the_rest_of_a_typeof_is() -> None:
    trino = answer("[1]", type_="array(varchar(3))")
    assert verdict(SOME, trino, answer("[1]", type_="array", types=("array(varchar)",))) is Verdict.EQUAL
    assert verdict(SOME, trino, answer("[1]", type_="array", types=("array(json)",))) is Verdict.TYPEOF


def test_refusals() -> None:
    offline = refused("NOT_SUPPORTED", "function x is not implemented offline")
    assert verdict(SOME, refused("TYPE_MISMATCH"), refused("TYPE_MISMATCH", "in other words")) is Verdict.EQUAL
    assert verdict(SOME, refused("TYPE_MISMATCH"), refused("SYNTAX_ERROR")) is Verdict.ERROR
    assert verdict(SOME, refused("TYPE_MISMATCH"), answer("1")) is Verdict.ANSWERS
    assert verdict(SOME, answer("1"), refused("GENERIC_INTERNAL_ERROR")) is Verdict.FAILS
    assert verdict(SOME, answer("1"), offline) is Verdict.REFUSED
    assert verdict(SOME, answer("1"), refused("NOT_SUPPORTED", "some operation")) is Verdict.FAILS


@pytest.mark.parametrize(
    ("trino", "athena"),
    [
        ("varchar(3)", "varchar"),
        ("real", "float"),
        ("timestamp(3) with time zone", "timestamp with time zone"),
        ("INTERVAL DAY TO SECOND", "interval day to second"),
        ("array(row(a integer))", "array"),
        ("decimal(3, 1)", "decimal(3, 1)"),
    ],
)
def test_types_of_athena(trino: str, athena: str) -> None:
    assert athena_type(trino) == athena
