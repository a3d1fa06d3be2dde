import operator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from athena_local.tables.partition_expressions import ExpressionError, PartitionExpression

KEYS = {"day": "date", "n": "int", "region": "string", "price": "decimal(9,2)", "at": "timestamp"}
VALUES = ("2026-11-20", "3", "eu", "1.5", "2026-11-20 10:00:00")
NOTHING = ("__HIVE_DEFAULT_PARTITION__",) * len(KEYS)
KEEPING = [
    "day = '2026-11-20'",
    "DAY >= '2026-11-01' AND n < 4",
    "(day = '2025-01-01') or (day='2026-11-20' and n=3)",
    "n IN (1, 2, 3)",
    "n BETWEEN 3 AND 3 AND NOT n > 3",
    "n <> -3 AND n != 4",
    "region LIKE 'e_' AND region LIKE 'e%' AND region NOT LIKE 'u%'",
    "region NOT IN ('us') AND region IS NOT NULL",
    "price = 1.50 AND at < '2026-11-20 10:00:00.5'",
    "day = DATE '2026-11-20'",
]


@pytest.mark.parametrize("text", KEEPING)
def test_a_partition_is_kept_and_its_opposite_is_not(text: str) -> None:
    assert PartitionExpression(text, KEYS).keeps(VALUES)
    assert not PartitionExpression(f"NOT ({text})", KEYS).keeps(VALUES)


@pytest.mark.parametrize("text", KEEPING)
def test_a_partition_of_null_is_neither_kept_nor_not(text: str) -> None:
    assert not PartitionExpression(text, KEYS).keeps(NOTHING)
    if "IS NOT NULL" not in text:
        assert not PartitionExpression(f"NOT ({text})", KEYS).keeps(NOTHING)


def test_null_is_asked_for() -> None:
    assert PartitionExpression("n IS NULL OR n = 3", KEYS).keeps(NOTHING)
    assert PartitionExpression("n IS NULL OR n = 3", KEYS).keeps(VALUES)


@pytest.mark.parametrize(
    "text",
    [
        "", "n = 1 OR", "n = 1; n = 2", "n = 1 GROUP BY n", "n", "1 = 1", "other = 1", "t.n = 1", "n = '3'",
        "region = 3", "region = n", "n = NULL", "day = 'yesterday'", "lower(region) = 'eu'", "n IN (SELECT 1)",
        "n LIKE '3'", "region RLIKE 'e'", "region LIKE 'e' ESCAPE 'x'", "price = 'x'", "n = 1.5",
        "n BETWEEN SYMMETRIC 4 AND 1",
    ],
)  # fmt: skip
def test_what_is_not_answered(text: str) -> None:
    with pytest.raises(ExpressionError, match="Unsupported expression"):
        PartitionExpression(text, KEYS).keeps(VALUES)


@given(
    st.integers(-5, 5), st.integers(-5, 5), st.sampled_from(["=", "<>", "<", "<=", ">", ">="]), st.sampled_from("nk")
)
def test_comparisons_are_of_numbers(value: int, bound: int, sign: str, name: str) -> None:
    compare = {"=": operator.eq, "<>": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt}
    expected = compare.get(sign, operator.ge)(value, bound)
    assert PartitionExpression(f"{name} {sign} {bound}", {name: "bigint"}).keeps((str(value),)) is expected
