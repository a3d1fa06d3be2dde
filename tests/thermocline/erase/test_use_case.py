"""Erasures of a lake in memory: what is left, whatever dies, comes late or fails."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes import HASHER, NOW
from tests.thermocline.erase.lake import STREAM, click, refused
from tests.thermocline.erase.memory import LONGEST, Calls, DiedError, MemoryLake, of_others
from thermocline.errors import Terminal
from thermocline.streams import QUARANTINE

ANN, BOB = "ann@example.com/7", "bob-4711"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> MemoryLake:
    """A lake with Ann in warm, dropped, hot, not converted, quarantined, and in an old version of each."""
    lake = MemoryLake(tmp_path_factory.mktemp("lake"))
    one = lake.arrive([click("e1", ANN), click("e2", BOB)], [click("e3", BOB)], [click("e4", ANN)])
    bad = lake.arrive([b'{"event_id": 7, "user_id": ["%s"]}\n' % ANN.encode(), b'{"event_id": 8}\n'])
    quarantined = lake.arrive([refused(b"say " + ANN.encode()), refused(BOB.encode())], stream=QUARANTINE)
    for key in (one, bad, quarantined):
        lake.convert(key)
    lake.promote()
    lake.clock.advance(hours=1)
    lake.convert(lake.arrive([click("e1", ANN), click("e6", BOB)]))
    lake.promote(tables=[STREAM])
    lake.clock.advance(hours=1)
    lake.convert(lake.arrive([click("e7", ANN), click("e8", BOB)], [click("e9", ANN)]))
    lake.convert(lake.arrive([refused(b"say " + ANN.encode())], stream=QUARANTINE))
    for file in lake.ledger.by_key[one].files:
        lake.objects.put(file.key, None)  # cleaned
    lake.arrive([click("e10", ANN), click("e11", BOB)])
    lake.results.put("1.csv", f'"x"\n"{ANN}"\n'.encode())
    lake.results.put("1.csv.metadata", b"x")
    assert not lake.books()
    return lake


def check(lake: MemoryLake, before: MemoryLake) -> None:
    assert lake.places_of(ANN) == []
    assert lake.rows(STREAM) == of_others(before.rows(STREAM), ANN)
    kept = [row for row in before.rows(QUARANTINE) if ANN not in row["payload"]]
    assert lake.rows(QUARANTINE) == kept
    assert lake.books() == []


def test_the_subject_is_gone_and_the_rest_stays(filled: MemoryLake) -> None:
    lake = filled.copied()
    assert lake.erased(ANN).next == "done"
    check(lake, filled)


def test_a_second_run_changes_nothing(filled: MemoryLake) -> None:
    lake = filled.copied()
    first = lake.erased(ANN)
    keys = {
        key: versions[-1][1] for key, versions in lake.objects.by_key.items() if not key.startswith(("erasure", "warm"))
    }
    lake.clock.advance(hours=1)
    second = lake.erased(ANN)
    assert second.run.id != first.run.id
    assert second.counts["removed"] == second.counts["rewritten"] == 0
    now = {
        key: versions[-1][1] for key, versions in lake.objects.by_key.items() if not key.startswith(("erasure", "warm"))
    }
    assert now == keys


def test_what_comes_afterwards_is_left_out_and_promoted_without_the_subject(filled: MemoryLake) -> None:
    lake = filled.copied()
    lake.erased(ANN)
    lake.convert(next(key for key in lake.objects.keys("raw/") if lake.ledger.entry(key) is None))
    lake.convert(lake.arrive([click("e20", ANN), click("e21", BOB)]))
    lake.promote()
    assert [row["event_id"] for row in lake.rows(STREAM)] == ["e11", "e2", "e21", "e3", "e6", "e8"]
    assert not lake.books()


def died(lake: MemoryLake, at: int, *, after: bool) -> bool:
    """Erase in a process that dies at a call, then in one that does not; False if there are fewer calls."""
    try:
        lake.erased(ANN, calls=Calls(at, after=after))
    except DiedError:
        lake.leases.expire()
        assert lake.erased(ANN).next == "done"
        return True
    return False


@settings(max_examples=25, deadline=None)
@given(at=st.integers(1, 420), after=st.booleans())
def test_a_process_that_dies_at_any_call_is_followed_by_one_that_ends_it(
    filled: MemoryLake, at: int, *, after: bool
) -> None:
    lake = filled.copied()
    died(lake, at, after=after)
    check(lake, filled)


@pytest.mark.long
@pytest.mark.parametrize("after", [False, True])
def test_a_process_may_die_at_each_call(filled: MemoryLake, *, after: bool) -> None:
    at = 1
    while died(lake := filled.copied(), at, after=after):
        check(lake, filled)
        at += 1
    assert at > 100


@pytest.mark.parametrize("fate", ["refused", "lands, answer lost"])
def test_a_commit_that_failed_is_looked_for(filled: MemoryLake, fate: str) -> None:
    lake = filled.copied()
    lake.catalog.fates = [fate]  # type: ignore[list-item]
    assert lake.erased(ANN).next == "done"
    check(lake, filled)


def test_every_table_is_committed_to_so_that_what_is_in_flight_is_refused(filled: MemoryLake) -> None:
    lake = filled.copied()
    before = {name: len(lake.catalog.tables[name].commits) for name in lake.catalog.tables}
    fences = {name: table.fence for name, table in lake.catalog.tables.items()}
    lake.erased("nobody at all")
    assert all(lake.catalog.tables[name].fence > fences[name] for name in before)


def test_an_attempt_under_an_older_list_is_waited_for(filled: MemoryLake) -> None:
    lake = filled.copied()
    (key,) = [key for key in lake.objects.keys("raw/") if lake.ledger.entry(key) is None]
    lake.ledger.enter(key, stream=STREAM, gen="2026-11-22-14", token="old", suppression=0)
    erase = lake.erasing()
    run = erase.start([HASHER.digest("user_id", ANN)])
    turn = erase.turn(run.id, lake.clock() + dt.timedelta(minutes=5))
    assert (turn.next, turn.phase) == ("wait", "drain")
    lake.clock.advance(seconds=LONGEST.total_seconds())
    assert erase.turn(run.id, lake.clock() + dt.timedelta(minutes=5)).phase != "drain"


def test_an_attempt_that_ends_late_leaves_nothing(filled: MemoryLake) -> None:
    """It began under the older list, read the raw object, and puts its files just before its time is up."""
    lake = filled.copied()
    (key,) = [key for key in lake.objects.keys("raw/") if lake.ledger.entry(key) is None]

    class Slow:
        """Its attempt puts and finishes when the erasure waits."""

        def __getattr__(self, name: str) -> object:
            return getattr(lake.ledger, name)

        def finish(self, entry: object) -> bool:
            waiting = erase.turn(run.id, lake.clock() + dt.timedelta(minutes=5))
            assert (waiting.phase, waiting.next) == ("drain", "wait")
            return lake.ledger.finish(entry)  # type: ignore[arg-type]

        def enter(self, raw_key: str, **entered: object) -> None:
            nonlocal run
            lake.ledger.enter(raw_key, **entered)  # type: ignore[arg-type]
            run = erase.start([HASHER.digest("user_id", ANN)])

    erase = lake.erasing()
    run = None  # type: ignore[assignment]
    lake.converting(Slow())(key)
    before = filled.copied()
    before.convert(key)
    assert lake.places_of(ANN)
    assert lake.erased(ANN).next == "done"
    check(lake, before)


def test_the_same_batch_is_the_same_run_until_it_is_done(filled: MemoryLake) -> None:
    lake = filled.copied()
    erase = lake.erasing()
    digests = [HASHER.digest("user_id", ANN), HASHER.digest("anonymous_id", ANN)]
    run = erase.start(digests)
    assert erase.start(reversed(digests)) == run  # type: ignore[arg-type]
    assert lake.ledger.suppression().version == run.version == 1
    assert [each.id for each in erase.due(lake.clock())] == [run.id]
    assert erase.start(digests[:1]).id != run.id


@pytest.mark.parametrize("count", [0, 1001])
def test_a_batch_has_a_size(filled: MemoryLake, count: int) -> None:
    with pytest.raises(Terminal, match="1 to 1000"):
        filled.copied().erasing().start([f"{number:032x}" for number in range(count)])


def test_a_lease_that_another_has_is_waited_for(filled: MemoryLake) -> None:
    lake = filled.copied()
    token = lake.leases.acquire(STREAM)
    erase = lake.erasing()
    run = erase.start([HASHER.digest("user_id", ANN)])
    turn = erase.turn(run.id, lake.clock() + dt.timedelta(minutes=5))
    assert (turn.next, turn.phase) == ("wait", f"hot {STREAM}")
    lake.leases.release(STREAM, token)
    lake.erased(ANN)
    check(lake, filled)


def test_a_turn_ends_at_its_deadline_and_the_next_goes_on(filled: MemoryLake) -> None:
    lake = filled.copied()
    erase = lake.erasing()
    run = erase.start([HASHER.digest("user_id", ANN)])
    turns = 0
    while (turn := erase.turn(run.id, lake.clock() + dt.timedelta(milliseconds=1))).next != "done":
        lake.clock.advance(seconds=turn.wait_seconds, milliseconds=1)
        turns += 1
        lake.clock.now += dt.timedelta(milliseconds=1)
        assert turns < 500
    check(lake, filled)
    assert NOW
