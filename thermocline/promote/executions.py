"""What an execution promotes, in which order, how large it is, and what it reports in the end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from thermocline.generations import begins, following, hour_of, moved
from thermocline.promote.ports import PromotedLedger
from thermocline.promote.turns import Turn, check_limit
from thermocline.streams import QUARANTINE

Engine = Literal["lambda", "glue"]


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What an execution promotes: tables of a round at the same time, rounds one after the other."""

    before: str
    rounds: tuple[tuple[str, ...], ...]


class Measured(msgspec.Struct, frozen=True, kw_only=True):
    """A table's oldest generation: the files that it would read by now, and who can promote it."""

    gen: str | None
    files: int
    bytes: int
    engine: Engine


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """How an execution ended: what somebody must look at, and generations promoted by table."""

    failed: tuple[str, ...]
    promoted: dict[str, int]


def plan(tables: Iterable[str], ledger: PromotedLedger, now: dt.datetime, *, everything: bool) -> Plan:
    """Return what to promote: every closed generation, or with `everything` the open ones, too.

    `everything` goes to the end of the next hour, because the clock may move on meanwhile, and further when entries
    are ahead of it. Quarantine comes last: it goes only as far as all streams have closed.

    Raises
    ------
    Terminal
        Entries are too far ahead of the clock.
    """
    streams = tuple(table for table in tables if table != QUARANTINE)
    before = hour_of(now)
    if everything:
        last = max((_after_last(ledger, table) for table in (*streams, QUARANTINE)), default="")
        before = max(moved(before, 2), last)
        check_limit(before, now)
    return Plan(before=before, rounds=(streams, (QUARANTINE,)))


def _after_last(ledger: PromotedLedger, stream: str) -> str:
    """Return the generation after the last one that has an entry."""
    start = ledger.marks(stream).watermark
    while gen := ledger.next_generation(stream, start):
        start = following(gen)
    return start


def measure(ledger: PromotedLedger, streams: Sequence[str], table: str, before: str, *, lambda_max: int) -> Measured:
    """Return the size of a table's oldest generation before a limit, by the ledger.

    Parameters
    ----------
    streams
        Those whose entries may name files of the table.
    lambda_max
        Bytes above which the function is too small.
    """
    start = ledger.marks(table).watermark
    gen = min((gen for stream in streams if (gen := ledger.next_generation(stream, start))), default=None)
    if gen is None or gen >= before:
        return Measured(gen=None, files=0, bytes=0, engine="lambda")
    files = [file for stream in streams for entry in ledger.entries(stream, gen) for file in entry.files_of(table)]
    size = sum(file.bytes for file in files)
    return Measured(gen=gen, files=len(files), bytes=size, engine="glue" if size > lambda_max else "lambda")


def report(turns: Iterable[Turn], *, stalled_hours: int) -> Report:
    """Return what went wrong: tables that failed, and those that have waited for an old generation for long."""
    turns = tuple(turns)
    return Report(
        failed=tuple(problem for turn in turns if (problem := _problem(turn, stalled_hours))),
        promoted={turn.table: turn.promoted for turn in turns},
    )


def _problem(turn: Turn, stalled_hours: int) -> str:
    if turn.next == "failed":
        return f"{turn.table}: {turn.reason}"
    if turn.pending and turn.gen and begins(turn.before) - begins(turn.gen) > dt.timedelta(hours=stalled_hours):
        return f"{turn.table} has waited for more than {stalled_hours} hours: {turn.reason}"
    return ""
