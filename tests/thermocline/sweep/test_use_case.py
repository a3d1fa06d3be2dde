"""The sweeper: what convert missed is queued again, what it has done is left alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import pytest
from msgspec.structs import replace

from tests.fakes import NOW, FakeMetrics, MemoryLedger
from thermocline.sweep.ports import ListedObject
from thermocline.sweep.use_case import MAX_SWEEPS, MAX_WAITING, Sweep, Swept

OLD = NOW - dt.timedelta(hours=2)
GEN = "2026-11-22-10"


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

    def __init__(self, objects: dict[str, dt.datetime], *, waiting: int = 0, now: dt.datetime = NOW) -> None:
        self.listing, self.ledger, self.arrivals = FakeListing(objects), MemoryLedger(), FakeArrivals(waiting)
        self.metrics = FakeMetrics()
        self.sweep = Sweep(
            listing=self.listing,
            ledger=self.ledger,
            arrivals=self.arrivals,
            metrics=self.metrics,
            streams=("clickstream", "telemetry"),
            clock=lambda: now,
            settle=dt.timedelta(minutes=30),
            look_back=dt.timedelta(hours=48),
        )

    def begin(self, key: str, *, done: bool) -> None:
        self.ledger.enter(key, stream="clickstream", gen=GEN, token="t1", suppression=0)
        if done:
            assert self.ledger.finish(replace(self.ledger.by_key[key], status="done"))


def raw(name: str, day: str = "2026/11/22/10") -> str:
    return f"raw/clickstream/{day}/{name}"


def test_missing_and_unfinished_objects_are_queued_the_oldest_first() -> None:
    scene = Scene({raw("missing"): OLD, raw("begun"): OLD - dt.timedelta(hours=1), raw("done"): OLD})
    scene.begin(raw("begun"), done=False)
    scene.begin(raw("done"), done=True)
    assert scene.sweep() == Swept(compared=3, missing=1, unfinished=1, stuck=0, parked=0, queued=2)
    assert scene.arrivals.sent == [raw("begun"), raw("missing")]
    assert [entry.sweeps for entry in scene.ledger.by_key.values()] == [1, 0]


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


def test_what_no_sweep_cures_is_parked_and_left_to_the_dead_letters() -> None:
    scene = Scene({raw("poison"): OLD})
    scene.begin(raw("poison"), done=False)
    swept = [scene.sweep() for _ in range(MAX_SWEEPS + 2)]
    assert [each.queued for each in swept] == [1] * MAX_SWEEPS + [0, 0]
    assert [each.parked for each in swept] == [0] * MAX_SWEEPS + [1, 0]
    assert [each.stuck for each in swept] == [0] * MAX_SWEEPS + [1, 1] == scene.metrics.parked_objects
    entry = scene.ledger.by_key[raw("poison")]
    assert (entry.gen, entry.status, entry.token != "t1") == (None, "parked", True)
    assert scene.ledger.entries("clickstream", GEN) == []


def test_an_object_that_was_redriven_long_after_is_parked_too() -> None:
    scene = Scene({})
    key = raw("poison", "2026/11/10/00")
    scene.begin(key, done=False)
    swept = [scene.sweep() for _ in range(MAX_SWEEPS + 1)]
    assert [(each.unfinished, each.queued, each.parked) for each in swept] == [(1, 1, 0)] * MAX_SWEEPS + [(1, 0, 1)]
    assert scene.arrivals.sent == [key] * MAX_SWEEPS
    assert scene.ledger.entries("clickstream", GEN) == []


@pytest.mark.parametrize(("clock", "queued"), [("11:29", 0), ("11:30", 1)])
def test_an_entry_alone_is_given_time_too(clock: str, queued: int) -> None:
    hour, minute = map(int, clock.split(":"))
    scene = Scene({}, now=NOW.replace(hour=hour, minute=minute))
    scene.begin(raw("young", "2026/11/10/00"), done=False)
    assert scene.sweep().queued == queued


def test_generations_that_are_published_are_not_looked_through() -> None:
    scene = Scene({})
    scene.begin(raw("before", "2026/11/10/00"), done=False)
    scene.ledger.advance("clickstream", "2026-11-22-11")
    assert scene.sweep().unfinished == 0


def test_a_parked_object_that_begins_anew_has_all_its_sweeps_again() -> None:
    scene = Scene({raw("poison"): OLD})
    scene.begin(raw("poison"), done=False)
    for _ in range(MAX_SWEEPS + 1):
        scene.sweep()
    scene.begin(raw("poison"), done=False)
    assert (scene.sweep().queued, scene.ledger.by_key[raw("poison")].sweeps) == (1, 1)


def test_an_attempt_that_is_at_it_is_not_parked() -> None:
    scene = Scene({raw("slow"): OLD, raw("poison"): OLD})
    for name in ("slow", "poison"):
        scene.begin(raw(name), done=False)
        for _ in range(MAX_SWEEPS):
            scene.ledger.count_sweep(raw(name))
    slow = scene.ledger.by_key[raw("slow")]
    scene.ledger.before_write = lambda: scene.ledger.take_over(slow, token="t2", suppression=0)
    assert scene.sweep() == Swept(compared=2, missing=0, unfinished=2, stuck=1, parked=1, queued=0)
    assert [entry.status for entry in scene.ledger.by_key.values()] == ["pending", "parked"]


@pytest.mark.parametrize(("waiting", "queued"), [(MAX_WAITING - 2, 2), (MAX_WAITING, 0), (MAX_WAITING + 5, 0)])
def test_a_queue_that_is_behind_gets_no_more_than_it_has_room_for(waiting: int, queued: int) -> None:
    scene = Scene({raw(str(number)): OLD for number in range(3)}, waiting=waiting)
    assert scene.sweep().queued == queued
    assert len(scene.arrivals.sent) == queued
