"""Readers ask while generations are converted, promoted, compacted and cleaned: each answer is a state the lake had."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.emulator import athena, emulator
from tests.histories.readers.lake import ReadLake
from tests.histories.readers.readers import Readers, meanwhile, readers, reading
from tests.histories.readers.truth import Answer, Raw
from thermocline.generations import following, hour_of
from thermocline.streams import QUARANTINE
from thermocline.warm.model import Base, Change

TABLES = ("clickstream", QUARANTINE)
_EVENTS = 12


@pytest.fixture(scope="module")
def urls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The addresses of an emulator and an Athena."""
    folder = tmp_path_factory.mktemp("emulator")
    with emulator(folder) as url, athena(url, folder) as address:
        yield url, address


def objects_of(hour: int, count: int) -> list[Raw]:
    """Return an hour's objects: neighbours share events, one has an event twice, every second has refused lines."""
    numbers = itertools.count(hour * count)
    return [
        Raw(
            key=f"raw/clickstream/2026/11/22/{hour:02}/{number:05}",
            minute=number,
            good=(*range(number * _EVENTS, (number + 1) * _EVENTS + 3), number * _EVENTS),
            bad=(number, number, 7) if number % 2 else (),
        )
        for number in itertools.islice(numbers, count)
    ]


def arrive(lake: ReadLake, raws: Sequence[Raw]) -> None:
    """Convert objects one after the other; the attempts at some die, and the next makes another file."""
    for raw in raws:
        lake.arrive(raw)
        if raw.minute % 4 == 0:
            lake.convert(raw, dies=True)
        lake.convert(raw)


def live(lake: ReadLake, reading_now: Readers, *, hours: int, objects: int) -> tuple[int, int]:
    """Let hours pass; return how many files compaction wrote, and how many cleaning deleted."""
    compacted = cleaned = 0
    for hour in range(hours):
        with meanwhile(partial(arrive, lake, objects_of(hour, objects))):
            now = hour_of(lake.clock())
            # Every second hour everything is promoted, while objects are under way: they go into a later generation.
            for table in TABLES:
                lake.promote(table, before=following(now) if hour % 2 else now)
            compacted += sum(lake.compact(table).written for table in TABLES)
            cleaned += lake.deleted_by_cleaning(reading_now.wait_for_a_round)
        lake.clock.advance(hours=1)
    for table in TABLES:
        lake.promote(table, before=following(following(hour_of(lake.clock()))))
    reading_now.wait_for_a_round()
    return compacted, cleaned


def wrong(lake: ReadLake, answers: Sequence[Answer]) -> list[Answer]:
    return [answer for answer in answers if not lake.truth.fits(answer)]


@pytest.mark.parametrize(
    ("hours", "objects", "crowd"),
    [pytest.param(3, 3, TABLES, id="short"), pytest.param(16, 8, TABLES * 2, marks=pytest.mark.long, id="long")],
)
def test_every_answer_is_a_state_the_lake_had(
    hours: int, objects: int, crowd: tuple[str, ...], urls: tuple[str, str], tmp_path: Path
) -> None:
    url, address = urls
    lake = ReadLake(url, tmp_path, f"readers-{hours}")
    with reading(readers(lake.name, lake.truth, address, crowd), lake.truth) as at_work:
        compacted, cleaned = live(lake, at_work, hours=hours, objects=objects)
    assert not [reader.failure for reader in at_work if reader.failure]
    assert not wrong(lake, at_work.answers)
    assert compacted > 0
    assert cleaned > 0
    for reader in at_work:
        states = {str(sorted(answer.state.items())) for answer in reader.answers}
        assert len(states) > hours, f"{reader.name} saw little of {len(reader.answers)} answers"
    check_end(at_work, [raw for hour in range(hours) for raw in objects_of(hour, objects)])


def check_end(at_work: Readers, raws: Sequence[Raw]) -> None:
    """Check that the last answers have every accepted event once, and each refused line."""
    for reader in at_work:
        last = reader.answers[-1].state.values()
        events = [event for raw in raws for event in raw.bad]
        if reader.table != QUARANTINE:
            events = list({event for raw in raws for event in raw.good})
        assert (sum(sums.rows for sums in last), sum(sums.checksum for sums in last)) == (len(events), sum(events))


class HastyCatalog:
    """Lets the view pass a generation before its rows are committed."""

    def __init__(self, lake: ReadLake, catalog: Any) -> None:
        self._lake, self._catalog = lake, catalog

    def __getattr__(self, name: str) -> Any:
        return getattr(self._catalog, name)

    def commit(self, base: Base, change: Change) -> None:
        self._lake.ledger.advance(base.table, following(max(change.gens)))
        self._lake.publish(base.table)
        self._lake.before_commit()
        self._catalog.commit(base, change)


def test_readers_notice_a_view_that_is_ahead_of_the_commit(urls: tuple[str, str], tmp_path: Path) -> None:
    url, address = urls
    lake = ReadLake(url, tmp_path, "hasty", catalog_of=HastyCatalog)
    arrive(lake, objects_of(0, 2))
    with reading(readers(lake.name, lake.truth, address, TABLES), lake.truth) as crowd:
        crowd.wait_for_a_round()
        assert not wrong(lake, crowd.answers)
        lake.before_commit = crowd.wait_for_a_round
        lake.promote("clickstream", before=following(hour_of(lake.clock())))
    assert wrong(lake, crowd.answers)
