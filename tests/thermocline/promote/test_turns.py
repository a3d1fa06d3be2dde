from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thermocline.errors import CommitFailed, ContractError, LeaseTaken, Terminal, ThermoclineError
from thermocline.generations import moved
from thermocline.promote.ports import Written
from thermocline.promote.turns import MOST_HOURS_AHEAD, MOST_TURNS, MOST_WAITS, Turn, check_limit, take_turn
from thermocline.promote.use_case import Promoted

NOW = dt.datetime(2026, 11, 26, 14, 10, tzinfo=dt.UTC)
FIRST = Turn(table="clickstream", before="2026-11-26-14")
PROMOTED = Promoted(
    table="clickstream",
    state="promoted",
    gen="2026-11-26-12",
    watermark="2026-11-26-13",
    written=Written(files=(), ids="ids/1", read=10, kept=8, dropped=2),
)
WAITING = Promoted(table="clickstream", state="waiting", gen="2026-11-26-13", watermark="2026-11-26-13", pending=3)
NOTHING = Promoted(table="clickstream", state="nothing", watermark="2026-11-26-14")


def answering(*outcomes: Promoted | ThermoclineError) -> Callable[..., Promoted]:
    """A promotion with these outcomes, one after the other; the last one is repeated."""
    left = list(outcomes)

    def promote(table: str, *, before: str) -> Promoted:
        assert (table, before) == (FIRST.table, FIRST.before)
        outcome = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(outcome, Promoted):
            return outcome
        raise outcome

    return promote


def run(promote: Callable[..., Promoted]) -> list[Turn]:
    """All turns until there is none left, as the state machine takes them."""
    turns = [take_turn(FIRST, promote, now=NOW)]
    while turns[-1].next in {"again", "wait"}:
        turns.append(take_turn(turns[-1], promote, now=NOW))
    return turns


def test_generation_after_generation_until_nothing_is_left() -> None:
    turns = run(answering(PROMOTED, PROMOTED, NOTHING))
    assert [turn.next for turn in turns] == ["again", "again", "done"]
    assert (turns[1].promoted, turns[1].read, turns[1].kept, turns[1].dropped) == (2, 10, 8, 2)
    assert (turns[-1].promoted, turns[-1].watermark, turns[-1].reason) == (2, "2026-11-26-14", "")


def test_entries_are_waited_for_longer_and_longer_and_then_left_to_the_next_execution() -> None:
    turns = run(answering(WAITING))
    assert [turn.next for turn in turns] == ["wait"] * MOST_WAITS + ["done"]
    seconds = [turn.wait_seconds for turn in turns[:-1]]
    assert seconds == sorted(seconds)
    assert all(seconds)
    assert (turns[-1].pending, turns[-1].gen) == (3, "2026-11-26-13")
    assert turns[-1].reason == "3 entries of 2026-11-26-13 are not done"


def test_a_generation_that_is_promoted_ends_the_waiting() -> None:
    turns = run(answering(WAITING, WAITING, PROMOTED, WAITING, NOTHING))
    assert [turn.waits for turn in turns] == [1, 2, 0, 1, 1]


def test_a_transient_error_is_tried_again_and_then_it_is_a_failure() -> None:
    turns = run(answering(CommitFailed("clickstream: no answer")))
    assert [turn.next for turn in turns] == ["wait"] * MOST_WAITS + ["failed"]
    assert turns[-1].reason == "CommitFailed: clickstream: no answer"


def test_a_lease_that_another_execution_has_is_no_failure() -> None:
    assert run(answering(LeaseTaken("clickstream")))[-1].next == "done"


def test_a_terminal_error_is_not_tried_again() -> None:
    (turn,) = run(answering(ContractError("clickstream", ["wrong"])))
    assert (turn.next, turn.reason) == ("failed", "ContractError: clickstream: wrong")


def test_an_error_that_is_not_ours_is_the_runners() -> None:
    def broken(table: str, *, before: str) -> Promoted:
        raise MemoryError(table, before)

    with pytest.raises(MemoryError):
        take_turn(FIRST, broken, now=NOW)


def test_an_execution_ends() -> None:
    turns = run(answering(PROMOTED))
    assert len(turns) == MOST_TURNS
    assert turns[-1].next == "done"


@given(st.integers(-1000, 1000))
def test_no_generation_is_closed_where_hot_tables_do_not_reach(hours: int) -> None:
    before = moved("2026-11-26-14", hours)
    if hours <= MOST_HOURS_AHEAD:
        check_limit(before, NOW)
        return
    with pytest.raises(Terminal, match="hours ahead of the clock"):
        check_limit(before, NOW)


def test_a_limit_too_far_ahead_promotes_nothing() -> None:
    far = Turn(table="clickstream", before="2027-01-01-00")
    turn = take_turn(far, answering(PROMOTED), now=NOW)
    assert (turn.next, turn.promoted) == ("failed", 0)
    assert "hot tables reach 48" in turn.reason
