from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.thermocline.replay.lake import BIG, GENS, TABLE, ReplayLake, drive, line
from tests.thermocline.replay.oracle import Expected, Line, Sent, expected
from thermocline.streams import QUARANTINE


@pytest.fixture
def lake(tmp_path: Path) -> ReplayLake:
    return ReplayLake(tmp_path / "lake")


_lines = st.lists(st.builds(Line, st.sampled_from("abc"), st.sampled_from([1, BIG]), st.integers(0, 2)), max_size=3)
_objects = st.lists(st.tuples(st.sampled_from(GENS[:4]), _lines, st.booleans()), min_size=1, max_size=7)


def sent(lake: ReplayLake, objects: Sequence[tuple[str, Sequence[Line], bool]]) -> list[Sent]:
    """Have objects arrive, in the order of their generations, and promote them."""
    arrived = []
    for number, (gen, lines, wide) in enumerate(sorted(objects, key=lambda each: each[0])):
        written = [line(each.event, quantity=each.quantity, received=each.received) for each in lines]
        key = lake.arrive(gen, f"{number:02}", written, wide=wide)
        arrived.append(Sent(gen, key, tuple(lines), wide))
    lake.promote()
    return arrived


def held(lake: ReplayLake) -> Expected:
    """Return what a lake holds."""
    names = {hashlib.md5(f"shop\x1f1\x1f{event}".encode()).digest(): event for event in "abc"}
    ids = lake.ids(TABLE)
    bad = [(gen, key, int(text.split('"quantity": ')[1].split(",")[0])) for gen, text, key, _ in lake.rows(QUARANTINE)]
    present = {gen: sorted((names[key], source) for key, source, _ in rows) for gen, rows in ids.items()}
    kept = sorted((gen, names[key], source) for gen, rows in ids.items() for key, source, fate in rows if fate)
    rows = lake.rows(TABLE)
    assert kept == [row[:3] for row in rows]
    return Expected(rows, sorted(bad), present)


_span = st.tuples(st.integers(0, 3), st.integers(0, 3))


@settings(max_examples=10, deadline=None)
@given(objects=_objects, span=_span, data=st.data())
def test_a_replayed_lake_is_one_that_had_converted_so_from_the_start(
    objects: list[Any], span: tuple[int, int], data: Any
) -> None:
    _replay(objects, span, data)


@pytest.mark.long
@pytest.mark.timeout(1_800)
@settings(max_examples=100, deadline=None)
@given(objects=_objects, span=_span, data=st.data())
def test_so_it_is_over_many_histories(objects: list[Any], span: tuple[int, int], data: Any) -> None:
    _replay(objects, span, data)


def _replay(objects: list[Any], span: tuple[int, int], data: Any) -> None:
    with tempfile.TemporaryDirectory() as folder:
        lake = ReplayLake(Path(folder) / "lake")
        arrived = sent(lake, objects)
        assert held(lake) == expected(arrived)
        if data.draw(st.booleans(), label="compacted"):
            lake.compact(TABLE)
            lake.compact(QUARANTINE)
        first, last = (GENS[place] for place in sorted(span))
        replayed = [each.gen for each in arrived if first <= each.gen <= last]
        if not replayed:
            return
        wide = data.draw(st.booleans(), label="wide")
        drive(lake, first, last, wide=wide)
        assert held(lake) == expected(arrived, replayed, wide=wide)
        assert lake.books_balance()
        assert not lake.runs.told
        assert not list(lake.bucket.keys("replay/"))


def test_rows_that_were_bad_are_good_by_the_contract_of_today(lake: ReplayLake) -> None:
    lake.arrive(GENS[0], "a", [line("a"), line("b", quantity=BIG)])
    lake.promote()
    assert [row[1] for row in lake.rows(TABLE)] == ["a"]
    assert len(lake.rows(QUARANTINE)) == 1
    drive(lake, GENS[0], GENS[0])
    assert [row[1] for row in lake.rows(TABLE)] == ["a", "b"]
    assert lake.rows(QUARANTINE) == []
    assert lake.books_balance()


def test_what_an_erasure_took_is_converted_again(tmp_path: Path) -> None:
    lake = ReplayLake(tmp_path)
    lake.arrive(GENS[0], "a", [line("x", quantity=BIG), line("y")])
    lake.promote()
    replay, convert = lake.replay()
    run = replay.plan(TABLE, GENS[0], GENS[0], dry=False)
    convert(lake.backfills.orders.popleft())
    lake.bucket.delete(list(lake.bucket.keys(f"replay/{run.run}/")))
    assert replay.commit(TABLE, run.run, GENS[0]).state == "converting"
    convert(lake.backfills.orders.popleft())
    assert replay.commit(TABLE, run.run, GENS[0]).state == "done"
    assert {event for _, event, _, _ in lake.rows(TABLE)} == {"x", "y"}
