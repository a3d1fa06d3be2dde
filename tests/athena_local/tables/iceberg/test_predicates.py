import re

import pytest
from pyiceberg.schema import Schema
from pyiceberg.types import (
    DateType,
    DecimalType,
    DoubleType,
    IntegerType,
    LongType,
    NestedField,
    StringType,
    TimestampType,
    TimestamptzType,
)
from sqlglot import exp

from athena_local.execution.engine import Engine
from athena_local.syntax.dialect import parse
from athena_local.tables.iceberg.predicates import Predicates

SCHEMA = Schema(
    NestedField(1, "N", IntegerType()),
    NestedField(2, "id", LongType()),
    NestedField(3, "d", DateType()),
    NestedField(4, "at", TimestampType()),
    NestedField(5, "tz", TimestamptzType()),
    NestedField(6, "s", StringType()),
    NestedField(7, "x", DoubleType()),
    NestedField(8, "m", DecimalType(5, 2)),
)


def told(engine: Engine, condition: str, current: Schema = SCHEMA) -> str:
    select = parse(f"SELECT 1 FROM t WHERE {condition}")
    where: exp.Where = select.args["where"]
    return str(Predicates(seen=SCHEMA, current=current, constant=engine.constant).all_of((where.this,)))


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("n = 1", "EqualTo(term=Reference(name='N'), literal=LongLiteral(1))"),
        ("n < 1", "LessThan(term=Reference(name='N'), literal=LongLiteral(1))"),
        ("n <= 1", "LessThanOrEqual(term=Reference(name='N'), literal=LongLiteral(1))"),
        ("n > -1", "GreaterThan(term=Reference(name='N'), literal=LongLiteral(-1))"),
        ("n >= 1", "GreaterThanOrEqual(term=Reference(name='N'), literal=LongLiteral(1))"),
        ("1 < n", "GreaterThan(term=Reference(name='N'), literal=LongLiteral(1))"),
        ("1 >= n", "LessThanOrEqual(term=Reference(name='N'), literal=LongLiteral(1))"),
        ("x > 1.5", "GreaterThan(term=Reference(name='x'), literal=DoubleLiteral(1.5))"),
        ("m = 1.5", "EqualTo(term=Reference(name='m'), literal=DecimalLiteral(Decimal('1.50')))"),
        ("d = DATE '2026-01-02'", "EqualTo(term=Reference(name='d'), literal=DateLiteral"),
        ("s LIKE 'ab_c%'", "StartsWith(term=Reference(name='s'), literal=literal('ab'))"),
        ("s IS NULL", "IsNull(term=Reference(name='s'))"),
        ("s IS NOT NULL", "NotNull(term=Reference(name='s'))"),
        ("at > TIMESTAMP '2026-01-01 00:00:00'", "'2026-01-01T00:00:00'"),
        ("tz > TIMESTAMP '2026-01-01 01:00:00 +01:00'", "'2026-01-01T00:00:00+00:00'"),
        ("at > DATE '2026-01-01' + INTERVAL '1' DAY", "'2026-01-02T00:00:00'"),
    ],
)  # fmt: skip
def test_conditions_that_are_told(engine: Engine, condition: str, expected: str) -> None:
    assert expected.removesuffix(")") in told(engine, condition)


@pytest.mark.parametrize(
    ("condition", "kinds"),
    [
        ("= DATE '2026-01-02'", ["GreaterThanOrEqual", "LessThan"]),
        ("< DATE '2026-01-02'", ["LessThan"]),
        (">= DATE '2026-01-02'", ["GreaterThanOrEqual"]),
    ],
)
def test_days_of_times_begin_at_midnight(engine: Engine, condition: str, kinds: list[str]) -> None:
    text = told(engine, f"CAST(at AS date) {condition}")
    assert re.findall(r"(\w+)\(term", text) == kinds
    assert re.findall(r"\d\d(?=T00:00:00)", text) == ["02", "03"][: len(kinds)]


@pytest.mark.parametrize("sign", [">", "<="])
def test_days_after_a_day_begin_at_the_next_midnight(engine: Engine, sign: str) -> None:
    assert "2026-01-03T00:00:00" in told(engine, f"date(at) {sign} DATE '2026-01-02'")


@pytest.mark.parametrize(
    "condition",
    [
        "n <> 1", "n = 1.5", "n = NULL", "NOT (n = 1)", "n + 1 = 2", "n = id", "s = 'a' OR n <> 1", "m = 1.555",
        "m = 1e0", "at > current_timestamp", "x = random()", "s LIKE '%a'", "d > TIMESTAMP '2026-01-01 00:00:00'",
        "s NOT LIKE 'a%'", "n IN (1, NULL)", "n NOT IN (1)", "id = 99999999999999999999", "abs(n) = 1",
        "CAST(n AS varchar) = '1'",
    ],
)  # fmt: skip
def test_conditions_that_say_nothing(engine: Engine, condition: str) -> None:
    assert told(engine, condition) == "AlwaysTrue()"


def test_a_part_of_a_conjunction_is_enough(engine: Engine) -> None:
    assert told(engine, "n <> 1 AND id = 2").startswith("EqualTo(term=Reference(name='id')")


def test_columns_have_their_present_names(engine: Engine) -> None:
    renamed = Schema(NestedField(1, "number", IntegerType()), NestedField(9, "N", IntegerType()))
    assert "Reference(name='number')" in told(engine, "n = 1", renamed)
    assert told(engine, "id = 1", renamed) == "AlwaysTrue()"
