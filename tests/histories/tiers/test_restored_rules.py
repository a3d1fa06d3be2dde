"""What a restored ledger must be, rule by rule."""

from __future__ import annotations

import pytest

from tests.histories.tiers.actors import Answer
from tests.histories.tiers.lake import STREAMS, TABLES
from tests.histories.tiers.restoring import RestoredLake
from tests.histories.tiers.warm import SUBJECT
from thermocline.errors import LedgerBehind
from thermocline.generations import following
from thermocline.ledger import Entry

CLICKS = STREAMS[0]


@pytest.fixture
def lake() -> RestoredLake:
    return RestoredLake()


def converted(lake: RestoredLake, *events: str) -> str:
    key = lake.arrive(CLICKS, events)
    lake.run(lake.converts(key))
    return key


def entry_of(lake: RestoredLake, key: str) -> Entry:
    entry: Entry | None = lake.ledger.entry(key)
    assert entry
    return entry


def ends_well(lake: RestoredLake) -> None:
    lake.calm_down(kill=False)
    lake.check_end()


def test_an_object_that_warm_has_is_not_converted_again(lake: RestoredLake) -> None:
    key = converted(lake, "a", "bad a")
    lake.run(lake.promotes(CLICKS, ahead=1))
    entry = entry_of(lake, key)
    lake.forgets()
    restored = lake.restores(copied=False)
    assert [(each.raw_key, each.gen, each.files) for each in restored.rebuilt] == [(key, entry.gen, entry.files)]
    assert restored.missing == ()
    ends_well(lake)


def test_nothing_is_entered_where_anything_was_entered_before(lake: RestoredLake) -> None:
    converted(lake, "a")
    ahead = lake.arrive(CLICKS, ("b",))
    lake.run(lake.converts(ahead, skew=1))
    lake.forgets()
    lake.restores(copied=False)
    again = converted(lake, "c")
    assert (entry_of(lake, again).gen or "") > lake.hour(1)
    ends_well(lake)


def test_a_token_is_higher_than_any_of_before_even_if_that_one_never_committed(lake: RestoredLake) -> None:
    converted(lake, "a")
    lake.run(lake.promotes(CLICKS, ahead=1))
    lake.copies_ledger()
    converted(lake, "b")
    lake.clock.advance(hours=1)
    lake.runs_until(lake.promotes(CLICKS, ahead=1), "commit")
    held = lake.leases.tokens[CLICKS]
    lake.forgets()
    lake.restores(copied=True)
    assert lake.leases.acquire(CLICKS) > held
    lake.leases.expire(CLICKS)
    ends_well(lake)


def test_a_generation_that_warm_has_is_below_the_watermark(lake: RestoredLake) -> None:
    converted(lake, "a")
    promoter = lake.runs_until(lake.promotes(CLICKS, ahead=1), "advance")
    promoter.kill()
    lake.forgets()
    restored = lake.restores(copied=False)
    assert restored.marks[CLICKS].watermark == following(lake.hour())
    ends_well(lake)


def test_an_entry_of_a_published_generation_that_warm_has_no_rows_of_is_parked(lake: RestoredLake) -> None:
    converted(lake, "a")
    key = lake.arrive(CLICKS, ("b", "bad b"))
    attempt = lake.runs_until(lake.converts(key), "finish")
    lake.copies_ledger()
    attempt.kill()
    lake.run(lake.parks(key))
    for table in TABLES:
        lake.run(lake.promotes(table, ahead=1))
    lake.forgets()
    restored = lake.restores(copied=True)
    assert [each.raw_key for each in restored.parked] == [key]
    ends_well(lake)


def test_what_was_done_stays_done_when_convert_has_met_an_empty_ledger(lake: RestoredLake) -> None:
    key = converted(lake, "a", "bad a")
    for table in TABLES:
        lake.run(lake.promotes(table, ahead=1))
    gen = entry_of(lake, key).gen
    lake.copies_ledger()
    lake.forgets()
    attempt = lake.converts(key, skew=2)
    while attempt.alive:
        attempt.step(Answer.TRUE)  # and nobody looks: the lake is not whole
    assert entry_of(lake, key).gen != gen
    lake.restores(copied=True)
    assert entry_of(lake, key).gen == gen
    ends_well(lake)


def test_a_subject_that_was_erased_stays_on_the_list(lake: RestoredLake) -> None:
    converted(lake, "a")
    lake.suppresses()
    lake.forgets()
    assert lake.restores(copied=False).suppressed == (SUBJECT,)
    # No process that lives on may take the list that it remembers for another one of the same number.
    assert lake.ledger.listed.version > 1_000
    assert lake.ledger.listed.subjects == {SUBJECT}


def test_a_ledger_behind_warm_promotes_nothing(lake: RestoredLake) -> None:
    for event in "ab":
        converted(lake, event)
        lake.clock.advance(hours=1)
    lake.copies_ledger()
    for _ in "ab":
        lake.run(lake.promotes(CLICKS))
    lake.views.forget(CLICKS)
    back_to_the_copy(lake)
    promoter = lake.run(lake.promotes(CLICKS))
    assert isinstance(promoter.failure, LedgerBehind)
    assert "warm has" in str(promoter.failure)


def test_a_ledger_behind_the_view_promotes_nothing(lake: RestoredLake) -> None:
    converted(lake, "a")
    lake.copies_ledger()
    converted(lake, "b")
    lake.run(lake.promotes(CLICKS, ahead=1))
    back_to_the_copy(lake)
    promoter = lake.promotes(CLICKS, ahead=1)
    while promoter.alive:
        promoter.step(Answer.TRUE)  # and nobody looks: the lake is not whole
    assert isinstance(promoter.failure, LedgerBehind)
    assert {row.event for row in lake.catalog.rows(CLICKS)} == {"a", "b"}


def back_to_the_copy(lake: RestoredLake) -> None:
    """Let the ledger be the copy, and nothing more."""
    assert lake.copy
    lake.ledger.be(lake.copy.ledger)
