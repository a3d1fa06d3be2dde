from __future__ import annotations

from cli.athena import QueryResult
from cli.demo.promotion import differing


def result(*rows: tuple[str, ...]) -> QueryResult:
    return QueryResult(columns=(("n", "bigint"),), rows=rows, scanned_bytes=len(rows))


def test_answers_are_compared_by_their_rows() -> None:
    before = [("one", result(("1",))), ("two", result(("1",), ("2",)))]
    assert differing(before, before) == []
    assert differing(before, [("one", result(("1",))), ("two", result(("2",), ("1",)))]) == ["two"]


def test_a_lost_row_is_a_difference() -> None:
    assert differing([("one", result(("1",), ("2",)))], [("one", result(("1",)))]) == ["one"]
