"""When a generation is settled: no reader's plan can name its hot files any more."""

from __future__ import annotations

import datetime as dt

from thermocline.clean.ports import Sightings
from thermocline.generations import BEGINNING


def seen(known: Sightings, watermark: str, now: dt.datetime) -> Sightings:
    """Return the sightings after a watermark was read back from the view.

    A view that went back has been past its watermark since it was first past it, and past no later one any more.
    """
    past = [first for mark, first in known.items() if mark >= watermark]
    return {mark: first for mark, first in known.items() if mark < watermark} | {watermark: min([now, *past])}


def settled(sightings: Sightings, now: dt.datetime, margin: dt.timedelta) -> str:
    """Return the newest watermark that has been published for the margin: generations before it are settled."""
    return max((mark for mark, first in sightings.items() if now - first >= margin), default=BEGINNING)


def needed(sightings: Sightings, limit: str) -> Sightings:
    """Return the sightings that still tell something: from the settled watermark on."""
    return {mark: first for mark, first in sightings.items() if mark >= limit}
