"""The books balance after any history, and one thing that is wrong shows."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.thermocline.balance.lake import ALL, CLICKS, GENS, STREAMS, MemoryLake
from thermocline.balance.model import Page, Range
from thermocline.layout import recovered_key
from thermocline.streams import QUARANTINE


def filled() -> MemoryLake:
    """Return a lake with a generation in warm, a file of two generations, one in hot, and objects that wait."""
    lake = MemoryLake()
    for gen in GENS:
        lake.finish(lake.arrive(CLICKS, 10), gen, bad=2, suppressed=1)
        lake.finish(lake.arrive(CLICKS, 5), gen)
        lake.finish(lake.arrive("telemetry", 4), gen, bad=1)
        lake.finish(lake.arrive(QUARANTINE, 3), gen)
    for gen in GENS[:2]:
        lake.promote(CLICKS, gen, twins=2)
        lake.promote("telemetry", gen)
    lake.promote(QUARANTINE, GENS[0])
    lake.compact(CLICKS)
    lake.begin(lake.arrive(CLICKS, 7), GENS[2])
    lake.begin(lake.arrive(CLICKS, 6), None)
    lake.arrive("telemetry", 8)
    return lake


def page(lake: MemoryLake, stream: str, gen: str | None) -> Page:
    [page] = [page for page in lake.balance()(ALL).pages if (page.stream, page.gen) == (stream, gen)]
    return page


def test_every_line_is_in_one_place() -> None:
    lake = filled()
    books = lake.balance()(ALL)
    assert books.balanced, books.findings()
    assert lake.looks == 1
    assert page(lake, CLICKS, GENS[0]) == Page(
        stream=CLICKS, gen=GENS[0], raw=15, warm=10, quarantined=2, deduplicated=2, suppressed=1
    )
    assert page(lake, CLICKS, GENS[2]) == Page(
        stream=CLICKS, gen=GENS[2], raw=22, hot=12, quarantined=2, suppressed=1, pending=7
    )
    assert page(lake, CLICKS, None) == Page(stream=CLICKS, gen=None, raw=6, pending=6)
    assert page(lake, "telemetry", None) == Page(stream="telemetry", gen=None, raw=8, pending=8)


def test_what_ingest_refused_is_in_the_books_of_quarantine() -> None:
    lake = filled()
    for gen in GENS:
        assert page(lake, QUARANTINE, gen) == Page(stream=QUARANTINE, gen=gen, raw=3, quarantined=3)


def test_a_stream_and_a_range_can_be_chosen() -> None:
    lake = filled()
    books = lake.balance()(Range(first=GENS[1], last=GENS[1]), streams=[CLICKS])
    assert [(page.stream, page.gen) for page in books.pages] == [(CLICKS, GENS[1]), (CLICKS, None)]
    assert books.balanced
    assert books.received == ()


objects = st.lists(
    st.tuples(
        st.sampled_from(STREAMS),
        st.integers(1, 9),
        st.integers(0, 4),
        st.integers(0, 4),
        st.sampled_from(["done", "done", "done", "pending", "parked", "unknown"]),
        st.sampled_from(GENS),
    ),
    max_size=12,
)
watermarks = st.fixed_dictionaries({stream: st.integers(0, 3) for stream in STREAMS})


@given(objects, watermarks, st.integers(0, 3), st.sets(st.sampled_from(STREAMS)))
def test_books_balance_after_any_history(
    arrivals: list[tuple[str, int, int, int, str, str]], promoted: dict[str, int], twins: int, compacted: set[str]
) -> None:
    lake = MemoryLake()
    for stream, lines, bad, suppressed, status, gen in arrivals:
        key = lake.arrive(stream, lines)
        if status == "done":
            lake.finish(key, gen, bad=min(bad, lines), suppressed=min(suppressed, lines - min(bad, lines)))
        elif status != "unknown":
            lake.begin(key, gen if status == "pending" and gen == GENS[2] else None)
    for stream, count in promoted.items():
        for gen in GENS[: min(count, 2)]:
            lake.promote(stream, gen, twins=twins)
    for stream in compacted:
        lake.compact(stream)
    books = lake.balance()(ALL)
    assert books.balanced, books.findings()
    assert sum(page.raw for page in books.pages) == sum(lake.raw.values())


def named(lake: MemoryLake, gen: str, table: str) -> str:
    return next(file.key for entry in lake.entries(CLICKS, gen) for file in entry.files_of(table))


def lose_hot_file(lake: MemoryLake) -> None:
    del lake.files[named(lake, GENS[2], CLICKS)]


def lose_bad_rows(lake: MemoryLake) -> None:
    del lake.files[named(lake, GENS[2], QUARANTINE)]


def cut_hot_file(lake: MemoryLake) -> None:
    lake.files[named(lake, GENS[2], CLICKS)].pop()


def lose_entry(lake: MemoryLake) -> None:
    del lake.ledger[lake.entries(CLICKS, GENS[2])[0].raw_key]


def lose_promoted_entry(lake: MemoryLake) -> None:
    key = lake.entries(CLICKS, GENS[0])[0].raw_key
    del lake.ledger[key]
    for file in [name for name in lake.files if name.startswith(("hot/", "quarantine/"))]:
        if GENS[0] in file:
            del lake.files[file]


def change_lines(lake: MemoryLake) -> None:
    lake.change(lake.entries(CLICKS, GENS[2])[0].raw_key, lines=11)


def change_lines_and_rows(lake: MemoryLake) -> None:
    """Change what an entry says so that it adds up, and no file agrees."""
    entry = lake.entries(CLICKS, GENS[2])[1]
    [file] = entry.files
    lake.change(entry.raw_key, lines=6, files=(msgspec.structs.replace(file, rows=6),))


def double_warm_file(lake: MemoryLake) -> None:
    lake.warm[CLICKS] *= 2


def lose_warm_file(lake: MemoryLake) -> None:
    lake.warm[CLICKS] = []


def lose_warm_object(lake: MemoryLake) -> None:
    del lake.files[lake.warm[CLICKS][0].path.removeprefix("s3://lake/")]


def double_warm_bad_rows(lake: MemoryLake) -> None:
    lake.warm[QUARANTINE] *= 2


def lose_pending_object(lake: MemoryLake) -> None:
    del lake.raw[next(entry.raw_key for entry in lake.entries(CLICKS, GENS[2]) if not entry.done)]


def pass_over(lake: MemoryLake) -> None:
    """Move the watermark past a generation that nobody promoted."""
    lake.watermarks[CLICKS] = "2026-11-22-04"


@pytest.mark.parametrize(
    ("harm", "gen", "difference", "told"),
    [
        (lose_hot_file, GENS[2], 7, "-t.parquet is missing"),
        (lose_bad_rows, GENS[2], 2, "-t.parquet is missing"),
        (cut_hot_file, GENS[2], 1, "has 6 rows, the ledger says 7"),
        (lose_entry, GENS[2], 10, "008.ndjson.zst is lost"),
        (lose_promoted_entry, GENS[0], -9, ""),
        (change_lines, GENS[2], 1, "has 11 lines, and names 10 rows"),
        (change_lines_and_rows, GENS[2], 1, "has 5 rows, the ledger says 6"),
        (double_warm_file, GENS[0], -10, ""),
        (lose_warm_file, GENS[1], 10, ""),
        (lose_warm_object, GENS[1], 10, "is missing"),
        (double_warm_bad_rows, GENS[0], -2, ""),
        (lose_pending_object, GENS[2], 0, "the object is gone"),
        (pass_over, GENS[2], 12, ""),
    ],
)
def test_what_is_wrong_shows_with_its_generation_and_difference(
    harm: Callable[[MemoryLake], None], gen: str, difference: int, told: str
) -> None:
    lake = filled()
    harm(lake)
    books = lake.balance()(ALL)
    wrong = next(page for page in books.unbalanced if (page.stream, page.gen) == (CLICKS, gen))
    assert wrong.difference == difference
    assert told in "; ".join(wrong.problems)
    assert any(f"{CLICKS} {gen}: " in finding for finding in books.findings())
    assert books.unbalanced_of(CLICKS) >= 1


def test_what_was_on_its_way_at_the_first_look_balances_at_the_second() -> None:
    lake = filled()
    rows = lake.files.pop(named(lake, GENS[2], CLICKS))
    books = lake.balance(pause=lambda: lake.files.update({named(lake, GENS[2], CLICKS): rows}))(ALL)
    assert books.balanced
    assert lake.looks == 2


def test_what_was_balanced_at_the_first_look_is_not_blamed_at_the_second() -> None:
    lake = filled()
    del lake.files[named(lake, GENS[2], CLICKS)]
    books = lake.balance(pause=lambda: double_warm_file(lake))(ALL)
    assert [page.gen for page in books.unbalanced] == [GENS[2]]


def test_rows_that_retention_removed_are_expired() -> None:
    lake = filled()
    lake.contracts[CLICKS] = msgspec.structs.replace(lake.contracts[CLICKS], retention_days=1)
    lose_warm_file(lake)
    assert page(lake, CLICKS, GENS[0]).expired == 10
    assert lake.balance()(ALL).balanced


def test_without_retention_no_row_expires() -> None:
    lake = filled()
    lose_warm_file(lake)
    assert page(lake, CLICKS, GENS[0]).expired == 0


def test_ingests_count_may_be_lower_and_not_higher() -> None:
    lake = filled()
    lake.put.update({CLICKS: 58, "telemetry": 20})
    lake.refused.update({CLICKS: 5, "telemetry": 4})
    books = lake.balance()(ALL)
    assert books.balanced
    assert {line.stream: (line.put, line.raw) for line in books.received} == {
        CLICKS: (58, 58),
        "telemetry": (20, 20),
        QUARANTINE: (9, 9),
    }
    lake.put[CLICKS] += 3
    books = lake.balance()(ALL)
    assert not books.balanced
    assert books.findings() == ("clickstream: ingest put 3 lines more than raw has",)
    assert (books.unbalanced_of(CLICKS), books.unbalanced_of("telemetry")) == (1, 0)


def test_objects_that_were_not_counted_prove_no_lack() -> None:
    lake = filled()
    lake.arrive(CLICKS, -1)
    lake.put[CLICKS] = 1000
    assert page(lake, CLICKS, None).uncounted == 1
    assert lake.balance()(ALL).balanced


def recovered(lake: MemoryLake, gen: str, rows: int) -> None:
    """Let rows of a generation leave quarantine, as recovery does."""
    key = lake.ids[QUARANTINE][gen]
    lake.files[key] = [(place >= rows, source) for place, (_, source) in enumerate(lake.files[key])]
    (file,) = lake.warm[QUARANTINE]
    lake.files[file.path.removeprefix("s3://lake/")][:rows] = []


def test_a_row_that_came_back_from_quarantine_is_a_line_of_another_object() -> None:
    lake = MemoryLake()
    lake.put[CLICKS] = 10
    key = lake.arrive(CLICKS, 10)
    lake.finish(key, GENS[0], bad=4)
    for table in (CLICKS, QUARANTINE):
        lake.promote(table, GENS[0])
    recovered(lake, GENS[0], 3)
    back = recovered_key(CLICKS, key, ["1", "2", "3"])
    lake.raw[back] = 3
    lake.finish(back, GENS[1])
    books = lake.balance()(ALL)
    first, second = (each for each in books.pages if each.stream == CLICKS)
    assert (first.raw, first.warm, first.quarantined, first.recovered) == (10, 6, 1, 3)
    assert (second.raw, second.hot) == (3, 3)
    assert books.balanced
    (line,) = (line for line in books.received if line.stream == CLICKS)
    assert (line.put, line.raw) == (10, 10)


def test_lines_that_came_back_do_not_hide_that_raw_lacks_some() -> None:
    lake = MemoryLake()
    lake.put[CLICKS] = 10
    key = lake.arrive(CLICKS, 8)
    lake.finish(key, GENS[0])
    back = recovered_key(CLICKS, key, ["1", "2"])
    lake.raw[back] = 2
    (waiting,) = (line for line in lake.balance()(ALL).received if line.stream == CLICKS)
    assert waiting.missing == 2
    lake.finish(back, GENS[1])
    (line,) = (line for line in lake.balance()(ALL).received if line.stream == CLICKS)
    assert line.missing == 2


def test_a_row_that_left_quarantine_for_nowhere_is_found() -> None:
    lake = MemoryLake()
    key = lake.arrive(CLICKS, 10)
    lake.finish(key, GENS[0], bad=4)
    for table in (CLICKS, QUARANTINE):
        lake.promote(table, GENS[0])
    (file,) = lake.warm[QUARANTINE]
    lake.files[file.path.removeprefix("s3://lake/")][:1] = []
    lost = page(lake, CLICKS, GENS[0])
    assert (lost.recovered, lost.difference) == (0, 1)
