"""The epochs of a connector: its logs, numbered in the order in which they were written. ADR 21 says why.

Positions compare within one log only.
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from thermocline.ingest.protocols.log_position import EPOCH_DIGITS, Log, Position

LAST_ORDINAL = 10**EPOCH_DIGITS - 1


class Epoch(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One log of a connector.

    Attributes
    ----------
    ordinal
        Its place among the connector's epochs.
    since
        It holds what was committed from then on, in microseconds since 1970.
    base, server
        Its binary log; no base where the engine does not name its log, or nothing of it was seen yet.
    top, latest
        The highest position and the latest commit time that were seen of it.
    read_at
        The position at which its last whole snapshot was read.
    restarted
        The commit time of the first change with a position below `top` that was newer than all before it.
    """

    ordinal: int
    since: int
    base: str | None = None
    server: int = 0
    top: str = ""
    latest: int = 0
    read_at: str = ""
    restarted: int | None = None

    def is_of(self, log: Log) -> bool:
        """Tell whether a log is this epoch's."""
        return self.base is not None and may_be_one(Log(self.server, self.base), log)


History = tuple[Epoch, ...]


class Seen(NamedTuple):
    """What a change says about its log: its position, and its commit time in microseconds since 1970."""

    position: Position
    time: int | None


def opened(history: History, since: int) -> History:
    """Return a history with one more epoch; changes committed before `since` belong to the earlier ones.

    Raises
    ------
    OverflowError
        The text to sort by has no room for another.
    """
    if history[-1].ordinal >= LAST_ORDINAL:
        raise OverflowError(history[-1].ordinal)
    return (*history, Epoch(ordinal=history[-1].ordinal + 1, since=since))


def with_progress(history: History, known: History) -> History:
    """Return a history with the progress that another copy of it knows."""
    by_ordinal = {epoch.ordinal: epoch for epoch in known}
    return tuple(_advanced(epoch, by_ordinal.get(epoch.ordinal, epoch)) for epoch in history)


def structure(history: History) -> History:
    """Return a history without its progress: what must be written before anyone may rely on it."""
    return tuple(msgspec.structs.replace(epoch, top="", latest=0) for epoch in history)


def may_be_one(one: Log, other: Log) -> bool:
    """Tell whether two logs may be the same; a snapshot row does not name its server."""
    return one.base == other.base and (one.server == other.server or not one.server or not other.server)


def _advanced(epoch: Epoch, known: Epoch) -> Epoch:
    top, latest = max(epoch.top, known.top), max(epoch.latest, known.latest)
    return msgspec.structs.replace(epoch, top=top, latest=latest)
