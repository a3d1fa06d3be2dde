"""How an event's story looks in a terminal, and in JSON."""

from __future__ import annotations

import datetime as dt
import io
import json

import pytest
from rich.console import Console

from cli.errors import CliError
from cli.trace import as_json, story_lines, wanted_event
from thermocline.trace.model import Identity, Missing, Step, Story, Wanted

NOW = dt.datetime(2026, 11, 26, 14, 30, tzinfo=dt.UTC)
KEY = "raw/clickstream/2026/11/26/14/dev-thermocline-clickstream-1-2026-11-26-14-00-00-" + "a" * 36 + ".ndjson.zst"
STORY = Story(
    event=Identity(source="shop", fingerprint=1, event_id="e1"),
    found=True,
    fate="stuck",
    place="raw",
    visible=False,
    steps=(
        Step(step="request", at=NOW, text="JKJa=, from source shop by native", facts={"request": "JKJa="}),
        Step(step="raw", at=NOW + dt.timedelta(days=1), text=KEY, facts={"key": KEY}),
    ),
    missing=Missing(step="convert", why="its raw object is parked [now]", next="`lake redrive` lets convert try again"),
)


def shown(story: Story) -> list[str]:
    out = io.StringIO()
    console = Console(file=out, width=80)
    for part in story_lines(story):
        console.print(part, highlight=False)
    return [line.rstrip() for line in out.getvalue().splitlines()]


def test_a_story_is_a_timeline_of_eighty_columns_and_nothing_is_cut() -> None:
    lines = shown(STORY)
    assert lines[:4] == [
        "✗ e1: stuck",
        "           2026-11-26",
        "request    14:30:00   JKJa=, from source shop by native",
        "           2026-11-27",
    ]
    assert max(map(len, lines)) <= 80
    assert KEY in "".join(line[22:] for line in lines[4:7])
    assert "why                   its raw object is parked [now]" in lines


def test_other_events_with_the_id_are_told_beside_it() -> None:
    other = Story(
        event=Identity(source="app", fingerprint=2, event_id="e1"),
        found=True, fate="fresh", place="hot", visible=True, steps=(),
    )  # fmt: skip
    story = Story(**{name: getattr(STORY, name) for name in STORY.__struct_fields__} | {"others": (other,)})
    lines = shown(story)
    assert "Another event with this id, from source app:" in lines
    assert lines[-1] == "✓ e1: fresh"


def test_json_has_the_shape_that_scripts_rely_on() -> None:
    told = json.loads(json.dumps(as_json(STORY)))
    assert list(told) == ["event", "found", "fate", "place", "visible", "steps", "missing", "others"]
    assert told["event"] == {"source": "shop", "fingerprint": 1, "event_id": "e1"}
    assert told["steps"][0] == {
        "step": "request",
        "at": "2026-11-26T14:30:00Z",
        "text": "JKJa=, from source shop by native",
        "facts": {"request": "JKJa="},
    }
    assert told["missing"]["step"] == "convert"


def wanted(**options: str | None) -> Wanted:
    given = {"source": None, "raw_key": None, "since": None, "until": None} | options
    return wanted_event("e1", **given, thorough=False, now=NOW)


def test_by_default_three_days_are_looked_through() -> None:
    assert (wanted().since, wanted().until) == (NOW - dt.timedelta(hours=72), NOW)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2026-11-26-13", dt.datetime(2026, 11, 26, 13, tzinfo=dt.UTC)),
        ("2026-11-26T13:05", dt.datetime(2026, 11, 26, 13, 5, tzinfo=dt.UTC)),
        ("2026-11-25", dt.datetime(2026, 11, 25, tzinfo=dt.UTC)),
    ],
)
def test_a_time_is_a_day_an_hour_or_a_minute(text: str, time: dt.datetime) -> None:
    assert wanted(since=text).since == time


@pytest.mark.parametrize(
    ("options", "told"),
    [({"since": "yesterday"}, "--from 'yesterday' is no time"), ({"since": "2026-11-27"}, "--to is before --from")],
)
def test_a_range_that_cannot_be_is_refused(options: dict[str, str], told: str) -> None:
    with pytest.raises(CliError, match=told):
        wanted(**options)


def test_an_address_of_a_raw_object_is_as_good_as_its_key() -> None:
    assert wanted(raw_key=f"s3://lake/{KEY}").raw_key == wanted(raw_key=KEY).raw_key == KEY
