"""The epochs of connectors, read from their registry for every request that has changes, and written when one opens."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from thermocline.errors import EpochsUnavailable, RefusedEvent
from thermocline.ingest.ports import EpochRegistry, StoredHistory
from thermocline.ingest.protocols.epoch_rules import assigned
from thermocline.ingest.protocols.epochs import History, Seen, opened, structure, with_progress

_ATTEMPTS = 8
# Progress is written at most once per so many seconds, so that a steady flow of changes needs few writes.
_PROGRESS_SECONDS = 10.0


class EpochBook:
    """Numbers the logs of connectors.

    Parameters
    ----------
    registry
        Where every process finds the same epochs.
    """

    def __init__(self, registry: EpochRegistry, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._registry = registry
        self._monotonic = monotonic
        self._progress: dict[tuple[str, str], History] = {}
        self._written_at: dict[tuple[str, str], float] = {}

    def assign(
        self, source: str, connector: str, ordinal: int | None, changes: Sequence[Seen]
    ) -> list[int | RefusedEvent]:
        """Return the epoch of each change, or why it cannot be ordered.

        Raises
        ------
        EpochsUnavailable
            The registry did not answer, or others wrote it again and again.
        """
        key, command = (source, connector), new_epoch_command(source, connector)
        for _ in range(_ATTEMPTS):
            stored = self._registry.read(source, connector)
            history = with_progress(stored.history, self._progress.get(key, ()))
            after, epochs = assigned(history, changes, command=command, ordinal=ordinal)
            if not self._must_write(key, stored.history, after):
                self._progress[key] = after
                return epochs
            if self._registry.replace(source, connector, after, version=stored.version):
                self._progress[key], self._written_at[key] = after, self._monotonic()
                return epochs
        raise EpochsUnavailable("others wrote them at the same time")

    def _must_write(self, key: tuple[str, str], stored: History, after: History) -> bool:
        if structure(stored) != structure(after):
            return True
        due = self._monotonic() >= self._written_at.get(key, float("-inf")) + _PROGRESS_SECONDS
        return due and stored != after


class ProcessEpochs:
    """A registry in memory, for a process that is the only one."""

    def __init__(self) -> None:
        self._stored: dict[tuple[str, str], StoredHistory] = {}

    def read(self, source: str, connector: str) -> StoredHistory:
        """Return a connector's epochs (see `EpochRegistry.read`)."""
        return self._stored.get((source, connector), StoredHistory())

    def replace(self, source: str, connector: str, history: History, *, version: int) -> bool:
        """Write a connector's epochs if `version` is the current one (see `EpochRegistry.replace`)."""
        if self.read(source, connector).version != version:
            return False
        self._stored[source, connector] = StoredHistory(history=history, version=version + 1)
        return True


def open_epoch(registry: EpochRegistry, source: str, connector: str, *, since: int) -> History:
    """Open an epoch for what is committed from `since` on (microseconds since 1970), and return all of them.

    Raises
    ------
    LookupError
        No change of this connector was ever accepted.
    ValueError
        A change that was committed later is in an older epoch already.
    OverflowError
        There can be no more epochs.
    EpochsUnavailable
        The registry did not answer, or others wrote it again and again.
    """
    for _ in range(_ATTEMPTS):
        stored = registry.read(source, connector)
        if not stored.history:
            raise LookupError(connector)
        if since <= max(stored.history[-1].latest, stored.history[-1].since):
            raise ValueError("later changes are in the log already")
        history = opened(stored.history, since)
        if registry.replace(source, connector, history, version=stored.version):
            return history
    raise EpochsUnavailable("others wrote them at the same time")


def new_epoch_command(source: str, connector: str) -> str:
    """Return the command that opens an epoch."""
    return f"lake cdc new-epoch {connector} --source {source}"
