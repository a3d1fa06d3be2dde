"""A command's or the schedule's action → a turn of an erasure → its result as data."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator
from typing import Annotated, Any, Final

import msgspec

from thermocline.bootstrap.erase import erase
from thermocline.clock import utc_now
from thermocline.erase.model import Run, Turn
from thermocline.errors import ErasureFailed

logger = logging.getLogger(__name__)
logging.getLogger("thermocline").setLevel(logging.INFO)
logger.setLevel(logging.INFO)

# A turn looks at its deadline between two objects: one of them, and its answer, fit into the rest.
_MARGIN: Final = dt.timedelta(seconds=120)

Digest = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{32}$")]


class _Start(msgspec.Struct, frozen=True, tag_field="action", tag="start"):
    """Suppress subjects, until a time or for ever, and begin to erase them."""

    digests: list[Digest]
    until: dt.datetime | None = None


class _Turn(msgspec.Struct, frozen=True, tag_field="action", tag="turn"):
    """Work on a run for as long as the function may."""

    run: str


class _Due(msgspec.Struct, frozen=True, tag_field="action", tag="due"):
    """Work on all runs that are due."""


class _List(msgspec.Struct, frozen=True, tag_field="action", tag="list"):
    """Name all runs."""


_Action = _Start | _Turn | _Due | _List


def handler(event: dict[str, Any], context: Any) -> Any:
    """Do what an event's `action` says, and return its result.

    Raises
    ------
    ErasureFailed
        Somebody must look at a run that was due; the others had their turn.
    """
    deadline = utc_now() + dt.timedelta(milliseconds=context.get_remaining_time_in_millis()) - _MARGIN
    return msgspec.to_builtins(_act(msgspec.convert(event, _Action), deadline))


def _act(action: _Action, deadline: dt.datetime) -> Run | Turn | list[Run] | list[Turn]:
    match action:
        case _Start(digests=digests, until=until):
            return erase().start(digests, until)
        case _Turn(run=run):
            return erase().turn(run, deadline)
        case _Due():
            return _all_due(deadline)
        case _List():
            return list(erase().runs())


def _all_due(deadline: dt.datetime) -> list[Turn]:
    turns = list(_turns(deadline))
    if failed := [turn for turn in turns if turn.next == "failed"]:
        raise ErasureFailed({turn.run.id: turn.reason for turn in failed})
    return turns


def _turns(deadline: dt.datetime) -> Iterator[Turn]:
    for run in erase().due(utc_now()):
        if utc_now() < deadline:
            turn = erase().turn(run.id, deadline)
            logger.info("%s %s: %s %s", run.id, turn.phase, turn.next, turn.counts)
            yield turn
