"""Promotion by a job: what a state machine does beside turns when a generation is too large for the function.

A job takes turns, too, in a process that has hours. It is started, and asked for its state until it has ended.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

import msgspec

from thermocline.errors import JobUnavailable
from thermocline.generations import following
from thermocline.promote.ports import Jobs, PromotedLedger
from thermocline.promote.turns import Turn

LEASE_MARGIN_SECONDS: Final = 600
"""A lease outlives the job that took it: Glue may end a job minutes after its time."""

_WAIT_SECONDS: Final = 30


def start_job(turn: Turn, jobs: Jobs, ledger: PromotedLedger) -> Turn:
    """Start a table's job, or find the one that is under way, and return the turn that waits for it."""
    asked = _of(turn, since=ledger.marks(turn.table).watermark)
    try:
        run = jobs.start(turn.table, turn.before)
    except JobUnavailable as error:
        return msgspec.structs.replace(asked, next="failed", reason=f"JobUnavailable: {error}")
    return msgspec.structs.replace(asked, next="wait", job=run, wait_seconds=_WAIT_SECONDS)


def job_state(turn: Turn, jobs: Jobs, ledger: PromotedLedger, streams: Sequence[str]) -> Turn:
    """Return the turn that follows a job's: it waits on, or says what the job has done.

    Parameters
    ----------
    streams
        Those whose entries may name files of the table.
    """
    seen = jobs.state(turn.job)
    asked = _of(turn, since=turn.since)
    if seen.status == "running":
        return msgspec.structs.replace(asked, next="wait", job=turn.job, wait_seconds=_WAIT_SECONDS)
    watermark = ledger.marks(turn.table).watermark
    gens = tuple(_between(ledger, streams, turn.since, watermark))
    asked = msgspec.structs.replace(asked, gens=gens, promoted=turn.promoted + len(gens), watermark=watermark)
    if seen.status == "failed":
        return msgspec.structs.replace(asked, next="failed", reason=f"the job {turn.job} failed: {seen.reason}")
    if not gens:  # it waits for entries, or for another's lease; the next execution goes on
        return msgspec.structs.replace(asked, next="done", reason=f"the job {turn.job} promoted nothing")
    return msgspec.structs.replace(asked, next="again")


def take_turns(
    turn: Turn,
    take: Callable[[Turn], Turn],
    *,
    seconds: float,
    monotonic: Callable[[], float],
    pause: Callable[[float], object],
) -> Turn:
    """Take turns of a table until nothing is left, and return the last; this is what the job itself does.

    It begins none after half of its time, so that it ends by itself and gives its lease back.

    Parameters
    ----------
    seconds
        After which the job would be ended.
    """
    end, promoted = monotonic() + seconds / 2, 0
    while True:
        turn = take(msgspec.structs.replace(turn, promoted=0))
        promoted += turn.promoted
        if turn.next not in ("again", "wait") or monotonic() >= end:
            return msgspec.structs.replace(turn, promoted=promoted)
        if turn.next == "wait":
            pause(turn.wait_seconds)


def _of(turn: Turn, *, since: str) -> Turn:
    return Turn(table=turn.table, before=turn.before, promoted=turn.promoted, since=since)


def _between(ledger: PromotedLedger, streams: Sequence[str], start: str, end: str) -> Iterator[str]:
    """Yield the generations that have entries."""
    while True:
        gen = min((gen for each in streams if (gen := ledger.next_generation(each, start))), default=None)
        if gen is None or gen >= end:
            return
        yield gen
        start = following(gen)
