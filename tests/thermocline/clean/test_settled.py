"""A generation is settled a margin after the view was seen past it."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.clock import NOW
from thermocline.clean.ports import Sightings
from thermocline.clean.settled import needed, seen, settled

MARGIN = dt.timedelta(hours=24)
HOUR = dt.timedelta(hours=1)


def test_a_watermark_settles_a_margin_after_it_was_first_seen() -> None:
    sightings = seen({}, "2026-11-22-10", NOW)
    sightings = seen(sightings, "2026-11-22-10", NOW + HOUR)
    assert settled(sightings, NOW + MARGIN - dt.timedelta(seconds=1), MARGIN) == ""
    assert settled(sightings, NOW + MARGIN, MARGIN) == "2026-11-22-10"


def test_a_view_that_went_back_settles_no_later_generation() -> None:
    sightings = seen({}, "2026-11-22-10", NOW)
    sightings = seen(sightings, "2026-11-22-08", NOW + HOUR)
    sightings = seen(sightings, "2026-11-22-10", NOW + MARGIN)
    assert settled(sightings, NOW + MARGIN, MARGIN) == "2026-11-22-08"
    assert settled(sightings, NOW + MARGIN * 2, MARGIN) == "2026-11-22-10"


@given(
    steps=st.lists(st.tuples(st.integers(0, 20), st.integers(0, 9)), min_size=1, max_size=30),
)
def test_the_settled_watermark_was_never_undercut_within_the_margin(steps: list[tuple[int, int]]) -> None:
    """The oracle knows the whole history; the sightings are pruned after each step."""
    sightings: Sightings = {}
    history: list[tuple[dt.datetime, str]] = []
    now = NOW
    for hours, mark in steps:
        now += hours * HOUR
        history.append((now, f"2026-11-22-0{mark}"))
        sightings = seen(sightings, history[-1][1], now)
        limit = settled(sightings, now, MARGIN)
        sightings = needed(sightings, limit)
        before = [known for known in history if known[0] <= now - MARGIN][-1:]
        lately = [mark for time, mark in history if time > now - MARGIN]
        assert limit == (min([before[0][1], *lately]) if before else "")
