"""One turn of a table's promotion: what became of its oldest generation, and what whoever calls does next.

A state machine calls turn after turn, and knows no rules: they are here.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from typing import Final, Literal

import msgspec

from thermocline.errors import LeaseTaken, Terminal, Transient
from thermocline.generations import BEGINNING, begins, hour_of, moved
from thermocline.promote.use_case import Promoted

logger = logging.getLogger(__name__)

MOST_TURNS: Final = 60
"""Generations of a table that one execution promotes: Step Functions keeps 25,000 events of one, 14 a turn."""
MOST_WAITS: Final = 6
MOST_HOURS_AHEAD: Final = 46
"""How far ahead of the clock a generation may be closed: hot tables reach 48 hours ahead."""

_FIRST_WAIT_SECONDS = 15
_LONGEST_WAIT_SECONDS = 120

Next = Literal["again", "wait", "done", "failed"]


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """A table's promotion so far.

    Attributes
    ----------
    before
        Generations before it are promoted.
    next
        ``again``: call at once. ``wait``: call after `wait_seconds`. ``done``: nothing is left, or the next execution
        goes on. ``failed``: somebody must look.
    promoted
        Generations that were promoted.
    waits
        Turns in a row that changed nothing.
    pending
        Entries that the generation `gen` waits for.
    read, kept, dropped
        Rows of the generation that this turn promoted.
    job, since
        The job that is under way, and the watermark when it was started.
    gens
        Generations that the job promoted.
    """

    table: str
    before: str
    next: Next = "again"
    promoted: int = 0
    waits: int = 0
    wait_seconds: int = 0
    gen: str | None = None
    watermark: str | None = None
    pending: int = 0
    read: int = 0
    kept: int = 0
    dropped: int = 0
    reason: str = ""
    job: str = ""
    since: str = BEGINNING
    gens: tuple[str, ...] = ()


def take_turn(turn: Turn, promote: Callable[..., Promoted], *, now: dt.datetime) -> Turn:
    """Promote a table's oldest generation, and return the turn that comes out of it.

    Errors of ours are data in the result, because not every runner of state machines tells one exception from another.
    """
    try:
        check_limit(turn.before, now)
        outcome = promote(turn.table, before=turn.before)
    except Transient as error:
        logger.warning("%s: %s: %s", turn.table, type(error).__name__, error)
        # Another execution that has the lease does the work.
        end: Next = "done" if isinstance(error, LeaseTaken) else "failed"
        return _waiting(_blank(turn), end, reason=f"{type(error).__name__}: {error}")
    except Terminal as error:
        logger.exception("%s", turn.table)
        return msgspec.structs.replace(_blank(turn), next="failed", reason=f"{type(error).__name__}: {error}")
    logger.info("%s", msgspec.to_builtins(outcome))
    seen = msgspec.structs.replace(_blank(turn), gen=outcome.gen, watermark=outcome.watermark, pending=outcome.pending)
    if outcome.state == "waiting":
        return _waiting(seen, "done", reason=f"{outcome.pending} entries of {outcome.gen} are not done")
    return _promoted(seen, outcome) if outcome.state == "promoted" else msgspec.structs.replace(seen, next="done")


def _blank(turn: Turn) -> Turn:
    return Turn(table=turn.table, before=turn.before, promoted=turn.promoted, waits=turn.waits)


def _waiting(turn: Turn, end: Next, *, reason: str) -> Turn:
    waits = turn.waits + 1
    if waits > MOST_WAITS:
        return msgspec.structs.replace(turn, next=end, waits=waits, reason=reason)
    seconds = min(_FIRST_WAIT_SECONDS * 2 ** (waits - 1), _LONGEST_WAIT_SECONDS)
    return msgspec.structs.replace(turn, next="wait", waits=waits, wait_seconds=seconds, reason=reason)


def _promoted(turn: Turn, outcome: Promoted) -> Turn:
    count, written = turn.promoted + 1, outcome.written
    return msgspec.structs.replace(
        turn,
        next="again" if count < MOST_TURNS else "done",
        promoted=count,
        waits=0,
        read=written.read if written else 0,
        kept=written.kept if written else 0,
        dropped=written.dropped if written else 0,
    )


def check_limit(before: str, now: dt.datetime) -> None:
    """Check that no generation is closed further ahead of the clock than queries can see.

    Raises
    ------
    Terminal
        It would be: new rows would enter a generation that hot tables do not have yet.
    """
    if before > moved(hour_of(now), MOST_HOURS_AHEAD):
        ahead = (begins(before) - now).total_seconds() / 3600
        raise Terminal(
            f"generations before {before} end {ahead:.0f} hours ahead of the clock, and hot tables reach 48: "
            f"wait until they are at most {MOST_HOURS_AHEAD} ahead"
        )
