"""Convert one raw object, as often as it is delivered, into files of which one attempt's count."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

from thermocline.clock import Clock, jittered_pause
from thermocline.contracts import Contract
from thermocline.convert.attempts import begin
from thermocline.convert.conversion import Conversion, Hot
from thermocline.convert.ports import EntryLedger, ObjectStore
from thermocline.errors import LedgerConflict
from thermocline.generations import hour_of
from thermocline.layout import stream_of
from thermocline.ledger import Entry
from thermocline.streams import contract_of
from thermocline.subjects import SubjectHasher

logger = logging.getLogger(__name__)


class Convert:
    """Turns raw objects into Parquet files of the hot level.

    Parameters
    ----------
    store
        The lake bucket.
    ledger
        Says which generation an object belongs to, and keeps what became of it.
    contracts
        Contracts by stream, with ``quarantine``.
    hasher
        Gives the digests of subjects.
    clock
        Returns the time now.
    pause
        Waits before the given retry of an attempt's begin.
    """

    def __init__(
        self,
        *,
        store: ObjectStore,
        ledger: EntryLedger,
        contracts: Mapping[str, Contract],
        hasher: SubjectHasher,
        clock: Clock,
        pause: Callable[[int], None] = jittered_pause,
    ) -> None:
        self._convert = Conversion(store=store, contracts=contracts, hasher=hasher)
        self._ledger = ledger
        self._contracts = contracts
        self._clock = clock
        self._pause = pause

    def __call__(self, raw_key: str) -> Entry | None:
        """Convert a raw object, and return its entry, or None when there was nothing to do.

        An object that is done is left alone: its files may have been promoted and deleted since. One that an earlier
        attempt left half done is converted again into other files, of the same generation; only the files that its
        entry names count in the end.

        Raises
        ------
        UnknownStream
            The object lies below raw/ and no contract has its stream: it must not go into another stream's table.
        LedgerConflict
            Others changed the ledger again and again, or the object was parked meanwhile.
        """
        stream = stream_of(raw_key)
        if stream is None:
            return None
        contract_of(stream, self._contracts)
        attempt = begin(self._ledger, raw_key, stream=stream, hour=hour_of(self._clock()), pause=self._pause)
        if attempt is None:
            return None
        entry = self._convert(attempt, Hot(attempt))
        if self._ledger.finish(entry):
            return entry
        self._require_successor(raw_key)
        logger.warning("%s: another attempt has taken over, and the files of this one do not count", raw_key)
        return None

    def _require_successor(self, raw_key: str) -> None:
        """Check that someone else has the object: a parked one nobody has, and this message may be its last."""
        entry = self._ledger.entry(raw_key)
        if entry and entry.status == "parked":
            raise LedgerConflict(f"{raw_key}: it was parked during this attempt, the next delivery enters it anew")
