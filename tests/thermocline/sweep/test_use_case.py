"""The sweeper: what convert missed is queued again, what it has done is left alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import pytest

from tests.fakes import NOW, FixedClock, MemoryLedger
from thermocline.convert.ports import Outcome
from thermocline.sweep.ports import ListedObject
from thermocline.sweep.use_case import MAX_SWEEPS, MAX_WAITING, Sweep, Swept

OLD = NOW - dt.timedelta(hours=2)
DONE = Outcome(rows=1, quarantined=0, raw_bytes=1)


class FakeListing:
    """A bucket of keys and times; remembers which prefixes were listed."""

    def __init__(self, objects: dict[str, dt.datetime]) -> None:
        self._objects = objects
        self.prefixes: list[str] = []

    def list(self, prefix: str) -> Iterator[ListedObject]:
        self.prefixes.append(prefix)
        return (
            ListedObject(key=key, last_modified=time) for key, time in self._objects.items() if key.startswith(prefix)
        )


class FakeArrivals:
    def __init__(self, waiting: int = 0) -> None:
        self._waiting = waiting
        self.sent: list[str] = []

    def waiting(self) -> int:
        return self._waiting

    def send(self, raw_keys: Sequence[str]) -> None:
        self.sent += raw_keys


class Scene:
    """A sweeper over fakes."""

    def __init__(self, objects: dict[str, dt.datetime], *, waiting: int = 0) -> None:
        self.listing, self.ledger, self.arrivals = FakeListing(objects), MemoryLedger(), FakeArrivals(waiting)
        self.sweep = Sweep(
            listing=self.listing,
            ledger=self.ledger,
            arrivals=self.arrivals,
            streams=("clickstream", "telemetry"),
            clock=FixedClock(),
            settle=dt.timedelta(minutes=30),
            look_back=dt.timedelta(hours=48),
        )

    def begin(self, key: str, *, done: bool) -> None:
        entry = self.ledger.begin(key, stream="clickstream", gen="2026-11-22-10")
        if done:
            self.ledger.finish(entry, DONE)


def raw(name: str, day: str = "2026/11/22/10") -> str:
    return f"raw/clickstream/{day}/{name}"


def test_missing_and_unfinished_objects_are_queued_the_oldest_first() -> None:
    scene = Scene({raw("missing"): OLD, raw("begun"): OLD - dt.timedelta(hours=1), raw("done"): OLD})
    scene.begin(raw("begun"), done=False)
    scene.begin(raw("done"), done=True)
    assert scene.sweep() == Swept(compared=3, missing=1, unfinished=1, stuck=0, queued=2)
    assert scene.arrivals.sent == [raw("begun"), raw("missing")]
    assert scene.ledger.sweeps == {raw("begun"): 1}


@pytest.mark.parametrize(("minutes", "queued"), [(29, 0), (30, 1)])
def test_a_young_object_is_given_time(minutes: int, queued: int) -> None:
    scene = Scene({raw("young"): NOW - dt.timedelta(minutes=minutes)})
    assert scene.sweep().queued == queued


def test_an_invocation_may_ask_for_less_time_and_a_longer_look_back() -> None:
    scene = Scene({raw("young"): NOW, raw("old", "2026/11/01/00"): OLD})
    assert scene.sweep().queued == 0
    assert scene.sweep(settle=dt.timedelta(0)).queued == 1
    assert scene.sweep(look_back=dt.timedelta(days=30)).queued == 1


def test_every_stream_is_listed_by_day_as_far_back_as_asked() -> None:
    scene = Scene({})
    scene.sweep()
    days = ["2026/11/20", "2026/11/21", "2026/11/22"]
    assert scene.listing.prefixes == [f"raw/{s}/{day}/" for s in ("clickstream", "telemetry") for day in days]


def test_what_no_sweep_cures_is_left_to_the_dead_letters() -> None:
    scene = Scene({raw("poison"): OLD})
    scene.begin(raw("poison"), done=False)
    found = [scene.sweep() for _ in range(MAX_SWEEPS + 2)]
    assert [swept.queued for swept in found] == [1] * MAX_SWEEPS + [0, 0]
    assert [swept.stuck for swept in found] == [0] * MAX_SWEEPS + [1, 1]


@pytest.mark.parametrize(("waiting", "queued"), [(MAX_WAITING - 2, 2), (MAX_WAITING, 0), (MAX_WAITING + 5, 0)])
def test_a_queue_that_is_behind_gets_no_more_than_it_has_room_for(waiting: int, queued: int) -> None:
    scene = Scene({raw(str(number)): OLD for number in range(3)}, waiting=waiting)
    assert scene.sweep().queued == queued
    assert len(scene.arrivals.sent) == queued
