"""Convert one raw object, as often as it is delivered, into files of which one attempt's count."""

from __future__ import annotations

import io
import logging
from collections import Counter
from collections.abc import Callable, Iterator, Mapping

import pyarrow as pa

from thermocline.clock import Clock, jittered_pause
from thermocline.contracts import Contract
from thermocline.contracts.arrow import ingested_schema
from thermocline.contracts.validator import validator_for
from thermocline.convert.attempts import Attempt, begin
from thermocline.convert.hot_files import HotFiles
from thermocline.convert.lines import said_of
from thermocline.convert.ndjson import Block, read_blocks, read_ndjson
from thermocline.convert.ports import EntryLedger, ObjectStore, StoredObject
from thermocline.convert.raw import read_raw
from thermocline.convert.subjects import Subjects
from thermocline.convert.typed_columns import typed_columns_of
from thermocline.errors import LedgerConflict
from thermocline.events.batch import Refused
from thermocline.events.quarantine import quarantine_row
from thermocline.generations import hour_of
from thermocline.layout import stream_of, subjects_key
from thermocline.ledger import Entry
from thermocline.streams import QUARANTINE, contract_of
from thermocline.subjects import SubjectHasher, encode_digests

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
        self._store = store
        self._ledger = ledger
        self._contracts = contracts
        self._hasher = hasher
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
        entry = self._convert(attempt)
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

    def _convert(self, attempt: Attempt) -> Entry:
        stored = self._store.get(attempt.raw_key)
        subjects = Subjects(self._contracts[attempt.stream], self._hasher, attempt.suppressed)
        misfits: Counter[str] = Counter()
        lines = 0
        with HotFiles(attempt, self._contracts) as files:
            for rows, refused in self._blocks(attempt.stream, stored, misfits):
                lines += rows.num_rows + len(refused)
                files.add(attempt.stream, subjects.admitted(rows))
                if admitted := subjects.admitted_lines(refused):
                    files.add(QUARANTINE, self._quarantined(admitted, attempt.stream, stored))
            named = files.put(self._store)
        _report(attempt.raw_key, misfits)
        return attempt.finished(
            files=named,
            lines=lines,
            suppressed=subjects.left_out,
            raw_bytes=stored.size,
            misfits=dict(misfits),
            subjects=self._put_subjects(attempt, subjects.seen),
        )

    def _put_subjects(self, attempt: Attempt, seen: frozenset[str]) -> str | None:
        """Write the digests of an object's subjects, and return their key (see `Entry.subjects`).

        Quarantined rows have no columns that name a subject: what they mention is looked for when it matters.
        """
        if attempt.stream == QUARANTINE:
            return None
        if not seen:
            return ""
        key = subjects_key(attempt.stream, attempt.gen, attempt.raw_key, attempt.token)
        self._store.put(key, io.BytesIO(encode_digests(seen)))
        return key

    def _blocks(self, stream: str, stored: StoredObject, misfits: Counter[str]) -> Iterator[Block]:
        """Yield an object's blocks with their typed columns, and count what does not fit these."""
        contract = self._contracts[stream]
        blocks = read_blocks(read_raw(stored.body), ingested_schema(contract))
        for block, counts in typed_columns_of(contract).fill_all(blocks):
            misfits.update(counts)
            yield block

    def _quarantined(self, refused: list[Refused], stream: str, stored: StoredObject) -> pa.Table:
        rows = []
        for line in refused:
            source, identity = said_of(line.raw)
            row = quarantine_row(
                line,
                stream=stream,
                source=source,
                protocol=None,
                stage="convert",
                received=stored.last_modified,
                identity=identity,
                redact=False,  # ingest did it, by the source's options
            )
            rows.append(row)
        contract = self._contracts[QUARANTINE]
        encode = validator_for(contract).encode
        table, _ = read_ndjson(b"".join(encode(row) for row in rows), ingested_schema(contract))
        return table


def _report(raw_key: str, misfits: Mapping[str, int]) -> None:
    if misfits:
        counts = ", ".join(f"{column} {count}" for column, count in misfits.items())
        logger.warning("%s: values that did not fit their typed columns are null there: %s", raw_key, counts)
