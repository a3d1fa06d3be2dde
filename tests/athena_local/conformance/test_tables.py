import pytest

from tests.athena_local.conformance.entries import Answer
from tests.athena_local.conformance.tables import with_estimates

SQL = "WITH s AS (SELECT k, approx_percentile(x, 0.5) AS median, max(x) AS high FROM t GROUP BY k) SELECT * FROM s"
COLUMNS = (("k", "varchar"), ("median", "double"), ("high", "double"))


def answer(median: str | None, high: str) -> Answer:
    return Answer(columns=COLUMNS, rows=(("a", median, high),))


@pytest.mark.parametrize(
    ("mine", "same"),
    [
        (answer("101.0", "200.0"), True),
        (answer("110.0", "200.0"), False),
        (answer(None, "200.0"), False),
        (answer("100.0", "200.5"), False),
    ],
)
def test_only_estimates_may_differ_a_little(mine: Answer, same: bool) -> None:
    trino = answer("100.0", "200.0")
    assert (with_estimates(SQL, trino, mine).rows == trino.rows) is same
