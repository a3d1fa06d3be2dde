"""How the books look in a terminal, and in JSON."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from rich.console import Console

from cli.books import as_json, balance_tables, balanced_text, books_of, received_text
from cli.deployment import Deployment
from cli.errors import CliError
from thermocline.balance.model import Books, Page, Received

SINCE, UNTIL = (dt.datetime(2026, 11, 26, hour, tzinfo=dt.UTC) for hour in (0, 14))
CLICKS = "clickstream"
WIDEST = Page(
    stream=CLICKS, gen="2026-11-26-14", raw=9_999_999, hot=999_999, warm=8_000_000, quarantined=9_999,
    deduplicated=9_999, suppressed=999, pending=979_003,
)  # fmt: skip


def shown(books: Books) -> list[str]:
    out = io.StringIO()
    console = Console(file=out, width=80)
    for table in balance_tables(books):
        console.print(table)
    return [line.rstrip() for line in out.getvalue().splitlines()]


def test_a_table_has_the_columns_that_have_something_and_fits_a_terminal() -> None:
    assert WIDEST.balanced
    lines = shown(Books(pages=(WIDEST,)))
    assert lines[1].split() == ["generation", "raw", "hot", "warm", "quar.", "dedup.", "suppr.", "pending", "diff."]
    assert "2026-11-26-14" in lines[2]
    assert "9,999,999 999,999 8,000,000 9,999 9,999 999 979,003 0" in " ".join(lines[2].split())
    assert max(map(len, lines)) <= 80
    plain = Page(stream=CLICKS, gen="2026-11-26-14", raw=5, hot=5)
    assert shown(Books(pages=(plain,)))[1].split() == ["generation", "raw", "hot", "warm", "diff."]


def test_old_generations_that_balance_are_one_row() -> None:
    pages = [Page(stream=CLICKS, gen=f"2026-11-{day:02}-00", raw=2, warm=2) for day in range(1, 30)]
    pages[0] = Page(stream=CLICKS, gen="2026-11-01-00", raw=3, warm=2)
    lines = shown(Books(pages=tuple(pages)))
    assert lines[2].split() == ["older", "8", "0", "8", "0"]
    assert lines[3].split() == ["2026-11-01-00", "3", "0", "2", "1"]
    assert len(lines) == 2 + 1 + 1 + 24 + 1
    assert lines[-1].split() == ["all", "59", "0", "58", "1"]


def test_json_has_every_page_and_what_is_wrong() -> None:
    page = Page(stream=CLICKS, gen="2026-11-26-14", raw=5, hot=4, problems=("a is missing",))
    received = Received(stream=CLICKS, since=SINCE, until=UNTIL, put=7, raw=5)
    answer = as_json(Books(pages=(page,), received=(received,)))
    assert answer["balanced"] is False
    assert answer["pages"][0]["difference"] == 1
    assert answer["received"][0]["missing"] == 2
    assert answer["findings"] == [
        "clickstream 2026-11-26-14: 1 line of raw nowhere",
        "clickstream 2026-11-26-14: a is missing",
        "clickstream: ingest put 2 lines more than raw has",
    ]


def test_ingests_count_is_told_when_there_is_any() -> None:
    received = Received(stream=CLICKS, since=SINCE, until=UNTIL, put=1_000, raw=1_005)
    assert received_text(Books(pages=(), received=(received,))) == (
        "ingest put, until 2026-11-26 14:00 UTC, of the lines in raw: clickstream 1,000 of 1,005"
    )
    assert received_text(Books(pages=())) == ""


@pytest.mark.parametrize(
    ("count", "text"), [(0, "no generation has rows"), (1, "1 generation balances"), (2, "2 generations balance")]
)
def test_generations_that_balance_are_counted(count: int, text: str) -> None:
    assert balanced_text(Books(pages=(WIDEST,) * count)) == text


def test_a_range_that_ends_before_it_begins_is_told() -> None:
    lake = Deployment(stage="local", ingest_url="http://x", outputs={})
    with pytest.raises(CliError, match="--to 2026-11-25-00 is before --from 2026-11-26-00"):
        books_of(lake, first="2026-11-26-00", last="2026-11-25-00")


@pytest.mark.parametrize("text", ["yesterday", "2026-11-26", "2026-11-26-4", "2026-11-26-24"])
def test_a_bound_that_is_no_generation_is_told(text: str) -> None:
    lake = Deployment(stage="local", ingest_url="http://x", outputs={})
    with pytest.raises(CliError, match=f"--from '{text}' is not a generation: write an hour"):
        books_of(lake, first=text)
