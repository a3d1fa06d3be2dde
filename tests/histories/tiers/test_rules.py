"""The rules of the protocol, each with the shortest history that needs it."""

from __future__ import annotations

import pytest

from tests.fakes.aws import aws
from tests.histories.tiers.actors import Answer
from tests.histories.tiers.lake import STREAMS, TieredLake
from tests.histories.tiers.real import DynamoLake
from thermocline.errors import FencedOff
from thermocline.generations import following
from thermocline.streams import QUARANTINE

__all__ = ["aws"]

CLICKS, TELEMETRY = STREAMS


@pytest.fixture(params=["memory", pytest.param("production", marks=pytest.mark.long)])
def lake(request: pytest.FixtureRequest) -> TieredLake:
    """Return a lake over the ledger in memory, or over that of production on DynamoDB as moto plays it."""
    if request.param == "memory":
        return TieredLake()
    return DynamoLake(request.getfixturevalue("aws")("dynamodb"), "ledger")


def converted(lake: TieredLake, *events: str, stream: str = CLICKS) -> str:
    """Have an object arrive, and convert it."""
    key = lake.arrive(stream, events)
    lake.run(lake.converts(key))
    return key


def promoted(lake: TieredLake, table: str = CLICKS) -> str:
    """Promote a table's oldest generation, and return what became of it."""
    actor = lake.run(lake.promotes(table, ahead=1))
    assert actor.failure is None
    return str(actor.result.state)


def settled(lake: TieredLake) -> None:
    """Let the lake end its work, and judge it."""
    lake.calm_down(kill=False)
    lake.check_end()


def test_no_entry_enters_a_generation_whose_ledger_was_read(lake: TieredLake) -> None:
    converted(lake, "a")
    slow = lake.runs_until(lake.converts(lake.arrive(CLICKS, ("b",))), "enter")
    promoter = lake.runs_until(lake.promotes(CLICKS, ahead=1), "load")
    lake.run(slow)
    lake.run(promoter)
    settled(lake)


def test_no_entry_enters_a_generation_that_is_passed_over(lake: TieredLake) -> None:
    slow = lake.runs_until(lake.converts(lake.arrive(CLICKS, ("b",))), "enter")
    promoter = lake.runs_until(lake.promotes(CLICKS, ahead=1), "advance")
    lake.run(slow)
    lake.run(promoter)
    settled(lake)


def test_what_enters_while_a_generation_is_about_to_be_passed_over_is_promoted(lake: TieredLake) -> None:
    promoter = lake.runs_until(lake.promotes(CLICKS, ahead=1), "close")
    converted(lake, "a")
    lake.run(promoter)
    assert promoter.result.state == "promoted"
    settled(lake)


def test_an_entry_of_an_earlier_generation_is_promoted_first(lake: TieredLake) -> None:
    slow = lake.runs_until(lake.converts(lake.arrive(CLICKS, ("a",)), skew=-1), "enter")
    converted(lake, "b")
    promoter = lake.runs_until(lake.promotes(CLICKS, ahead=1), "acquire")
    lake.run(slow)
    lake.run(promoter)
    assert promoter.result.gen == lake.hour(-1)
    settled(lake)


def test_a_generation_waits_for_all_of_its_entries(lake: TieredLake) -> None:
    converted(lake, "a")
    slow = lake.runs_until(lake.converts(lake.arrive(CLICKS, ("b",))), "finish")
    assert promoted(lake) == "waiting"
    lake.run(slow)
    assert promoted(lake) == "promoted"
    settled(lake)


def test_a_parked_entry_holds_up_nothing_and_appears_later_once(lake: TieredLake) -> None:
    converted(lake, "a")
    key = lake.arrive(CLICKS, ("b", "bad b"))
    slow = lake.runs_until(lake.converts(key), "finish")
    lake.run(lake.parks(key))
    assert promoted(lake) == "promoted"
    lake.run(lake.converts(key))
    assert lake.run(slow).result is False
    settled(lake)


def test_an_attempt_that_was_taken_over_cannot_finish(lake: TieredLake) -> None:
    key = lake.arrive(CLICKS, ("a",))
    slow = lake.runs_until(lake.converts(key), "finish")
    quick = lake.runs_until(lake.converts(key), "finish")
    assert lake.run(slow).result is False
    assert lake.run(quick).result is True
    settled(lake)


def test_a_redelivery_of_what_is_done_writes_nothing(lake: TieredLake) -> None:
    key = converted(lake, "a", "bad a")
    files = set(lake.store.rows)
    assert lake.run(lake.converts(key)).result is True
    assert set(lake.store.rows) == files


def test_an_object_enters_no_generation_that_quarantine_has_closed(lake: TieredLake) -> None:
    lake.ledger.close(QUARANTINE, following(lake.hour()))
    key = converted(lake, "bad a")
    assert lake.entries()[key].gen == following(lake.hour())


def test_quarantine_goes_only_as_far_as_all_streams_have_closed(lake: TieredLake) -> None:
    converted(lake, "bad a")
    assert promoted(lake) == "promoted"
    assert promoted(lake, QUARANTINE) == "nothing"
    assert lake.ledger.marks(QUARANTINE).closing == ""
    assert promoted(lake, TELEMETRY) == "nothing"
    assert promoted(lake, QUARANTINE) == "promoted"
    settled(lake)


def test_quarantine_waits_for_the_entries_of_every_stream(lake: TieredLake) -> None:
    slow = lake.runs_until(lake.converts(lake.arrive(TELEMETRY, ("a", "bad a"))), "finish")
    converted(lake, "bad b")
    assert [promoted(lake, table) for table in (CLICKS, TELEMETRY)] == ["promoted", "waiting"]
    assert promoted(lake, QUARANTINE) == "waiting"
    lake.run(slow)
    settled(lake)


def test_a_commit_that_landed_and_failed_is_not_made_again(lake: TieredLake) -> None:
    converted(lake, "a")
    promoter = lake.runs_until(lake.promotes(CLICKS, ahead=1), "commit")
    lake.step(promoter, Answer.AFTER)
    assert lake.run(promoter).result.state == "promoted"
    assert lake.happened["commit: TRUE"] == 0
    settled(lake)


def test_a_commit_that_landed_and_whose_snapshot_is_gone_doubles_nothing(lake: TieredLake) -> None:
    converted(lake, "a")
    promoter = lake.runs_until(lake.promotes(CLICKS, ahead=1), "commit")
    lake.step(promoter, Answer.AFTER)
    lake.catalog.expire(CLICKS)
    lake.run(promoter)
    settled(lake)


@pytest.mark.parametrize("answer", [Answer.BEFORE, Answer.LATE])
def test_a_commit_that_did_not_land_is_prepared_again(lake: TieredLake, answer: Answer) -> None:
    converted(lake, "a", "subject a")
    promoter = lake.runs_until(lake.promotes(CLICKS, ahead=1), "commit")
    lake.step(promoter, answer)
    assert lake.run(promoter).result.state == "promoted"
    assert lake.happened["write: TRUE"] == 4  # the view, the rows twice, and the view
    settled(lake)


def test_a_commit_that_lands_after_the_next_holder_is_refused(lake: TieredLake) -> None:
    converted(lake, "a")
    promoter = lake.runs_until(lake.promotes(CLICKS, ahead=1), "commit")
    lake.step(promoter, Answer.LATE)
    lake.leases.expire(CLICKS)
    assert promoted(lake) == "promoted"
    lake.lands(0)
    assert lake.happened["refused late"] == 1
    assert isinstance(lake.run(promoter).failure, FencedOff)
    settled(lake)


@pytest.mark.parametrize("call", ["entries", "load", "commit"])
def test_who_lost_the_lease_changes_nothing(lake: TieredLake, call: str) -> None:
    converted(lake, "a")
    stale = lake.runs_until(lake.promotes(CLICKS, ahead=1), call)
    lake.leases.expire(CLICKS)
    assert promoted(lake) == "promoted"
    assert isinstance(lake.run(stale).failure, FencedOff)
    settled(lake)


def test_a_generation_that_was_passed_over_meanwhile_is_not_committed(lake: TieredLake) -> None:
    key = lake.arrive(CLICKS, ("a",))
    lake.runs_until(lake.converts(key), "finish").kill()
    promoter = lake.runs_until(lake.promotes(CLICKS, ahead=1), "close")
    lake.step(promoter)
    lake.run(lake.parks(key))
    assert promoted(lake) == "nothing"
    assert lake.run(promoter).result.state == "nothing"
    assert lake.happened["commit: TRUE"] == 0
    settled(lake)


def test_a_promoter_that_another_was_faster_than_goes_on_with_the_next_generation(lake: TieredLake) -> None:
    converted(lake, "a")
    slow = lake.runs_until(lake.promotes(CLICKS, ahead=3), "acquire")
    promoted(lake)
    converted(lake, "b")
    lake.run(slow)
    assert (slow.result.state, slow.result.gen) == ("promoted", lake.hour(1))
    settled(lake)


@pytest.mark.parametrize("call", ["commit", "advance", "write", "release"])
@pytest.mark.parametrize("answer", [Answer.KILLED, Answer.KILLED_AFTER])
def test_a_promoter_killed_at_any_call_and_run_again_shows_each_row_once(
    lake: TieredLake, call: str, answer: Answer
) -> None:
    converted(lake, "a", "bad a")
    converted(lake, "a", "b")
    lake.step(lake.runs_until(lake.promotes(CLICKS, ahead=1), call), answer)
    lake.leases.expire(CLICKS)
    promoted(lake)
    assert lake.published(CLICKS) == lake.ledger.marks(CLICKS).watermark
    settled(lake)


def test_a_generation_that_was_merged_with_another_is_replaced_row_by_row(lake: TieredLake) -> None:
    converted(lake, "a")
    promoted(lake)
    lake.clock.advance(hours=1)
    converted(lake, "b")
    lake.step(lake.runs_until(lake.promotes(CLICKS, ahead=1), "commit"), Answer.KILLED_AFTER)
    lake.leases.expire(CLICKS)
    assert lake.run(lake.compacts(CLICKS)).result.read == 2
    assert promoted(lake) == "promoted"
    settled(lake)


def test_compaction_gives_up_when_an_input_is_gone(lake: TieredLake) -> None:
    converted(lake, "a")
    promoted(lake)
    lake.clock.advance(hours=1)
    converted(lake, "b")
    lake.step(lake.runs_until(lake.promotes(CLICKS, ahead=1), "commit"), Answer.KILLED_AFTER)
    lake.leases.expire(CLICKS)
    slow = lake.runs_until(lake.compacts(CLICKS), "acquire")
    assert promoted(lake) == "promoted"
    assert lake.run(slow).result.given_up == 1
    settled(lake)


def test_a_row_is_known_as_long_as_it_keeps_coming_kept_or_dropped(lake: TieredLake) -> None:
    for _ in range(3):
        converted(lake, "a")
        assert promoted(lake) == "promoted"
        lake.clock.advance(hours=2)
    assert len(lake.catalog.rows(CLICKS)) == 1
    settled(lake)


def test_rows_of_who_is_on_the_list_by_the_time_of_the_lease_are_left_out(lake: TieredLake) -> None:
    converted(lake, "subject a", "a")
    promoter = lake.runs_until(lake.promotes(CLICKS, ahead=1), "acquire")
    lake.suppresses()
    lake.run(promoter)
    assert {row.event for row in lake.catalog.rows(CLICKS)} == {"a"}
    settled(lake)


def test_a_slow_publisher_does_not_bring_a_view_back(lake: TieredLake) -> None:
    converted(lake, "a")
    slow = lake.publishes(CLICKS)
    lake.step(slow)
    assert promoted(lake) == "promoted"
    assert lake.run(slow).failure is None
    assert lake.published(CLICKS) == following(lake.hour())
    settled(lake)


def test_hot_files_stay_as_long_as_a_query_may_read_them(lake: TieredLake) -> None:
    converted(lake, "a")
    lake.step(lake.runs_until(lake.promotes(CLICKS, ahead=1), "advance"), Answer.KILLED_AFTER)
    for _ in range(3):
        lake.run(lake.cleans(CLICKS))
        lake.clock.advance(hours=1)
    assert lake.hot_rows(CLICKS)
    lake.run(lake.publishes(CLICKS))
    lake.run(lake.cleans(CLICKS))
    assert lake.hot_rows(CLICKS)
    lake.clock.advance(hours=1)
    lake.run(lake.cleans(CLICKS))
    assert not lake.hot_rows(CLICKS)
