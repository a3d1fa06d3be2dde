"""Which log a change belongs to: what opens an epoch, what never does, and what cannot be ordered (see ADR 21)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import msgspec

from thermocline.errors import RefusedEvent
from thermocline.ingest.protocols.epochs import LAST_ORDINAL, Epoch, History, Seen, may_be_one
from thermocline.ingest.protocols.log_position import Log, Position

_UNIX = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def assigned(
    history: History, changes: Sequence[Seen], *, command: str, ordinal: int | None = None
) -> tuple[History, list[int | RefusedEvent]]:
    """Return the history after some changes, and each change's epoch or why it cannot be ordered.

    Parameters
    ----------
    command
        What opens an epoch, for the refusals.
    ordinal
        The epoch that the sender names; without it the logs and commit times decide.
    """
    epochs = _Epochs(history, command)
    by_place: dict[int, int | RefusedEvent] = {}
    for place in _in_order(changes):
        try:
            by_place[place] = epochs.take(changes[place], ordinal)
        except RefusedEvent as refused:
            by_place[place] = refused
    return tuple(epochs), [by_place[place] for place in range(len(changes))]


class _Epochs:
    """A history while changes are added to it."""

    def __init__(self, history: History, command: str) -> None:
        self._epochs = list(history)
        self._command = command

    def __iter__(self) -> Iterator[Epoch]:
        return iter(self._epochs)

    def take(self, seen: Seen, ordinal: int | None) -> int:
        """Return a change's epoch and note its progress; raise `RefusedEvent` when it cannot be ordered."""
        place = self._told_by_evidence(seen) if ordinal is None else self._told_by_sender(seen, ordinal)
        self._bind(place, seen.position.log)
        self._refuse_after_restart(place, seen)
        if ordinal is None:
            self._begin_earlier(place, seen.time)
        self._advance(place, seen)
        return self._epochs[place].ordinal

    def _told_by_sender(self, seen: Seen, ordinal: int) -> int:
        place = next((place for place, epoch in enumerate(self._epochs) if epoch.ordinal >= ordinal), None)
        if place is None or self._epochs[place].ordinal > ordinal:
            return self._open(ordinal, seen, before=place)
        epoch, log = self._epochs[place], seen.position.log
        # Not by the server: a replica's log has the changes of all servers that it reads.
        if log and epoch.base not in (None, log.base):
            raise _unordered(f"epoch {ordinal} is {_name(epoch)} and this is {_name(log)}; post it to another epoch")
        return place

    def _told_by_evidence(self, seen: Seen) -> int:
        if not self._epochs:
            return self._open(1, seen)
        if seen.time is None:
            return self._only(seen.position.log)
        log = seen.position.log
        place = max((place for place, epoch in enumerate(self._epochs) if epoch.since <= seen.time), default=0)
        if log is None or self._epochs[place].base is None or self._epochs[place].is_of(log):
            return place
        return self._of_another_log(place, seen, log, seen.time)

    def _of_another_log(self, place: int, seen: Seen, log: Log, time: int) -> int:
        """Return the epoch of a change whose log is not the one that was written at its commit time."""
        earlier, later = self._epochs[:place], self._epochs[place + 1 :]
        if (old := next((epoch for epoch in reversed(earlier) if epoch.is_of(log)), None)) is not None:
            if seen.position.sort <= old.top and time <= old.latest:
                return self._epochs.index(old)  # seen before: it comes again
            after = self._epochs[place].ordinal
            reason = (
                f"it is of the older {_name(log)} (epoch {old.ordinal}) and was committed after epoch {after} began"
            )
            raise self._unordered_since(reason, time)
        for epoch in (*(epoch for epoch in later if epoch.is_of(log)), *(epoch for epoch in later if not epoch.base)):
            return self._epochs.index(epoch)
        newest = self._epochs[-1]
        if not later and time > max(newest.since, newest.latest):
            return self._open(newest.ordinal + 1, seen)
        reason = f"{_name(log)} is unknown, and it was committed before the latest change of {_name(newest)}"
        raise self._unordered_since(reason, time)

    def _only(self, log: Log | None) -> int:
        fitting = [
            place
            for place, epoch in enumerate(self._epochs)
            if log is None or epoch.base is None or epoch.is_of(log)
        ]  # fmt: skip
        if len(fitting) != 1:
            raise _unordered("it has no commit time (source.ts_ms), so its epoch is unknown; post it to its epoch")
        return fitting[0]

    def _open(self, ordinal: int, seen: Seen, before: int | None = None) -> int:
        if ordinal > LAST_ORDINAL:
            raise _unordered(f"there are no more than {LAST_ORDINAL} epochs")
        place = len(self._epochs) if before is None else before
        since = seen.time or 0
        if place:
            since = max(since, self._epochs[place - 1].since)
        if before is not None:
            since = min(since, self._epochs[before].since)
        self._epochs.insert(place, Epoch(ordinal=ordinal, since=since))
        return place

    def _bind(self, place: int, log: Log | None) -> None:
        epoch = self._epochs[place]
        if log and (epoch.base is None or not epoch.server):
            self._epochs[place] = msgspec.structs.replace(epoch, base=log.base, server=log.server)

    def _refuse_after_restart(self, place: int, seen: Seen) -> None:
        """Refuse a newer change at a lower position of the same log: the log was reset, or restored from a backup."""
        epoch, position, time = self._epochs[place], seen.position, seen.time
        if time is None or position.log is None:
            return
        if _is_before_all_and_far_ahead(position, time, epoch):
            raise self._unordered_since(f"it is of an older {_name(epoch)} than the changes before it", time)
        went_back = position.sort < epoch.top and time > epoch.latest and not _is_read_meanwhile(position, epoch)
        if went_back and not position.snapshot and epoch.restarted is None:
            self._epochs[place] = msgspec.structs.replace(epoch, restarted=time)
        if went_back or (epoch.restarted is not None and time >= epoch.restarted):
            reason = f"{_name(epoch)} began anew: this change is newer than others at higher positions"
            raise self._unordered_since(reason, time)

    def _begin_earlier(self, place: int, time: int | None) -> None:
        epoch = self._epochs[place]
        if time is None or time >= epoch.since:
            return
        if place and time <= self._epochs[place - 1].latest:
            before = self._epochs[place - 1]
            reason = (
                f"it is of {_name(epoch)} and was committed while {_name(before)} (epoch {before.ordinal}) was written"
            )
            raise self._unordered_since(reason, time)
        self._epochs[place] = msgspec.structs.replace(epoch, since=time)

    def _advance(self, place: int, seen: Seen) -> None:
        epoch, position = self._epochs[place], seen.position
        is_whole = position.snapshot and position.log is not None and not position.log.server
        self._epochs[place] = msgspec.structs.replace(
            epoch,
            top=max(epoch.top, position.sort) if position.log else epoch.top,
            latest=max(epoch.latest, seen.time or 0),
            read_at=position.sort if is_whole and position.sort >= epoch.top else epoch.read_at,
        )

    def _unordered_since(self, reason: str, time: int) -> RefusedEvent:
        since = (_UNIX + dt.timedelta(microseconds=time)).isoformat().replace("+00:00", "Z")
        return _unordered(
            f"{reason}; if a newer log was begun, `{self._command} --since {since}` opens an epoch for it"
        )


def _is_before_all_and_far_ahead(position: Position, time: int, epoch: Epoch) -> bool:
    """Tell whether a change is older than all seen, and yet two files or more ahead: the log began anew before them."""
    return bool(epoch.top) and time < epoch.since and _file(position.sort) > _file(epoch.top) + 1


def _file(sort: str) -> int:
    return int(sort.partition(".")[0])


def _is_read_meanwhile(position: Position, epoch: Epoch) -> bool:
    """Tell whether a change is a row of the last snapshot, which takes time to read, or of an incremental one.

    A row of an incremental snapshot names its server.
    """
    if not position.snapshot or position.log is None:
        return False
    return position.sort == epoch.read_at or bool(position.log.server)


def _in_order(changes: Sequence[Seen]) -> list[int]:
    """Return places by time, so that the order of arrival does not decide which of two logs is the newer.

    The changes of one log stay as they came: a connector reads them in order, and their times are not quite in order.
    """
    latest: dict[Log, float] = {}
    keys = []
    for place, (position, time) in enumerate(changes):
        at = float("inf") if time is None else time
        if position.log:
            alike = [latest[log] for log in latest if may_be_one(log, position.log)]
            at = latest[position.log] = max(at, *alike, 0)
        keys.append((at, place))
    return [place for _, place in sorted(keys)]


def _name(of: Epoch | Log) -> str:
    if of.base is None:
        return f"epoch {of.ordinal}" if isinstance(of, Epoch) else "log"
    return f"log {of.base} of server {of.server}" if of.server else f"log {of.base}"


def _unordered(reason: str) -> RefusedEvent:
    return RefusedEvent("unsupported", f"its order is unknown: {reason}")
