"""What the ratchet lets pass."""

import pytest

from tests.athena_local.conformance.entries import Answer, Entry
from tests.athena_local.conformance.judge import Verdict
from tests.athena_local.conformance.standing import problems, reason, table, worse

ENTRY = Entry(id="some-001", sql="SELECT 1")


@pytest.mark.parametrize(
    ("kind", "held", "reasons", "is_worse", "is_told"),
    [
        (Verdict.EQUAL, {}, {}, False, False),
        (Verdict.EQUAL, {"some-001": Verdict.WRONG}, {}, False, True),
        (Verdict.EQUAL, {}, {"some-001": "no such function"}, False, True),
        (Verdict.WRONG, {}, {}, True, True),
        (Verdict.WRONG, {"some-001": Verdict.WRONG}, {}, False, False),
        (Verdict.WRONG, {"some-001": Verdict.TYPE}, {}, True, True),
        (Verdict.WRONG, {}, {"some-001": "no such function"}, True, True),
        (Verdict.TYPE, {"some-001": Verdict.WRONG}, {}, False, True),
        (Verdict.REFUSED, {}, {}, True, True),
        (Verdict.REFUSED, {"some-001": Verdict.WRONG}, {}, False, True),
        (Verdict.REFUSED, {}, {"some-001": "no such function"}, False, False),
    ],
)
def test_a_verdict_is_worse_or_told(
    kind: Verdict, held: dict[str, Verdict], reasons: dict[str, str], is_worse: bool, is_told: bool
) -> None:
    verdicts = {ENTRY: (kind, Answer())}
    assert bool(worse(verdicts, held, reasons)) is is_worse
    assert bool(problems(verdicts, held, reasons)) is is_told


def test_the_reason_of_a_refusal_has_no_position() -> None:
    message = "NOT_SUPPORTED: line 1:8: function bing_tile is not implemented offline"
    assert reason(Answer(error="NOT_SUPPORTED", message=message)) == "function bing_tile is not implemented offline"


def test_the_table_counts_each_verdict() -> None:
    lines = table({"arrays": [Verdict.EQUAL, Verdict.WRONG], "maps": [Verdict.EQUAL]}).splitlines()
    assert [line.split()[:4] for line in lines[1:]] == [
        ["arrays", "2", "1", "1"],
        ["maps", "1", "1", "0"],
        ["all", "3", "2", "1"],
    ]
