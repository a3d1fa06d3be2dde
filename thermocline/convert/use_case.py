"""Convert one raw object, as often as it is delivered, with the same result."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack

import pyarrow as pa

from thermocline.clock import Clock
from thermocline.contracts import Contract
from thermocline.contracts.arrow import ingested_schema, stored_schema
from thermocline.contracts.validator import validator_for
from thermocline.convert.lines import said_of
from thermocline.convert.ndjson import Block, read_blocks, read_ndjson
from thermocline.convert.parquet import ParquetFile
from thermocline.convert.ports import Ledger, ObjectStore, Outcome, StoredObject
from thermocline.convert.raw import read_raw
from thermocline.convert.typed_columns import typed_columns_of
from thermocline.events.batch import Refused
from thermocline.events.quarantine import quarantine_row
from thermocline.layout import generation, parquet_key, stream_of
from thermocline.streams import QUARANTINE, contract_of

logger = logging.getLogger(__name__)


class Convert:
    """Turns raw objects into Parquet files of the hot level.

    Parameters
    ----------
    store
        The lake bucket.
    ledger
        Fixes each object's generation and keeps what became of it.
    contracts
        Contracts by stream, with ``quarantine``.
    clock
        Returns the time now.
    """

    def __init__(self, *, store: ObjectStore, ledger: Ledger, contracts: Mapping[str, Contract], clock: Clock) -> None:
        self._store = store
        self._ledger = ledger
        self._contracts = contracts
        self._clock = clock

    def __call__(self, raw_key: str) -> Outcome | None:
        """Convert a raw object, and return what became of it, or None when there was nothing to do.

        An object that is done is left alone: its file may have been promoted and deleted since. One that an earlier
        attempt left half done is converted again, to the same keys under the generation that attempt fixed.

        Raises
        ------
        UnknownStream
            The object lies below raw/ and no contract has its stream: it must not go into another stream's table.
        """
        stream = stream_of(raw_key)
        if stream is None:
            return None
        contract_of(stream, self._contracts)
        gen = generation(self._clock(), self._ledger.watermark(stream))
        entry = self._ledger.begin(raw_key, stream=stream, gen=gen)
        if entry.done:
            return None
        outcome = self._convert(stream, raw_key, entry.gen)
        self._ledger.finish(entry, outcome)
        return outcome

    def _convert(self, stream: str, raw_key: str, gen: str) -> Outcome:
        stored = self._store.get(raw_key)
        misfits: Counter[str] = Counter()
        with ExitStack() as open_files:
            files = {stream: open_files.enter_context(self._file(stream, raw_key))}
            rows = quarantined = 0
            for table, refused in self._blocks(stream, stored, misfits):
                rows += table.num_rows
                quarantined += len(refused)
                files[stream].add(table)
                if refused:
                    if QUARANTINE not in files:
                        files[QUARANTINE] = open_files.enter_context(self._file(QUARANTINE, raw_key))
                    files[QUARANTINE].add(self._quarantined(refused, stream, stored))
            for name, file in files.items():
                if file.rows:
                    self._store.put(parquet_key(name, raw_key, gen), file.finish())
        _report(raw_key, misfits)
        return Outcome(rows=rows, quarantined=quarantined, raw_bytes=stored.size, misfits=dict(misfits))

    def _blocks(self, stream: str, stored: StoredObject, misfits: Counter[str]) -> Iterator[Block]:
        """Yield an object's blocks with their typed columns, and count what does not fit these."""
        contract = self._contracts[stream]
        blocks = read_blocks(read_raw(stored.body), ingested_schema(contract))
        for block, counts in typed_columns_of(contract).fill_all(blocks):
            misfits.update(counts)
            yield block

    def _file(self, stream: str, raw_key: str) -> ParquetFile:
        return ParquetFile(raw_key, stored_schema(self._contracts[stream]))

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
