"""Raw objects → files, whatever the ledger says: of convert's attempts, and of a replay's."""

from __future__ import annotations

import io
import logging
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Protocol

import pyarrow as pa

from thermocline.contracts import Contract
from thermocline.contracts.arrow import ingested_schema
from thermocline.contracts.validator import validator_for
from thermocline.convert.attempts import Attempt
from thermocline.convert.frames import Part
from thermocline.convert.hot_files import HotFiles
from thermocline.convert.lines import said_of
from thermocline.convert.ndjson import Block, read_blocks, read_ndjson
from thermocline.convert.ports import ObjectStore, StoredObject
from thermocline.convert.raw import read_raw
from thermocline.convert.subjects import BadRows, Subjects
from thermocline.convert.typed_columns import typed_columns_of
from thermocline.events.batch import Refused
from thermocline.events.quarantine import quarantine_row
from thermocline.layout import hot_key, subjects_key
from thermocline.ledger import Entry
from thermocline.streams import QUARANTINE
from thermocline.subjects import SubjectHasher, encode_digests

logger = logging.getLogger(__name__)


class Place(Protocol):
    """Where an attempt's objects lie."""

    def file(self, table: str) -> str:
        """Return the key of the rows of a table."""

    def subjects(self) -> str | None:
        """Return the key of the digests of the object's subjects, or None when they are not kept."""


class Hot:
    """The hot level."""

    def __init__(self, attempt: Attempt) -> None:
        self._attempt = attempt

    def file(self, table: str) -> str:
        """Return the key of a hot file."""
        attempt = self._attempt
        return hot_key(table, attempt.raw_key, attempt.gen, attempt.token)

    def subjects(self) -> str | None:
        """Return the key of the digests."""
        attempt = self._attempt
        return subjects_key(attempt.stream, attempt.gen, attempt.raw_key, attempt.token)


class Conversion:
    """Makes the files of an attempt, and knows nothing of the ledger."""

    def __init__(self, *, store: ObjectStore, contracts: Mapping[str, Contract], hasher: SubjectHasher) -> None:
        self._store = store
        self._contracts = contracts
        self._hasher = hasher

    def __call__(
        self, attempt: Attempt, place: Place, *, through: Callable[[Iterator[Part]], Iterator[Part]] = iter
    ) -> Entry:
        """Convert a raw object, and return its entry as it is once the attempt has finished it.

        Parameters
        ----------
        through
            What the parts of the object go through before they are read, such as `LeftOut`.
        """
        stored = self._store.get(attempt.raw_key)
        subjects = Subjects(self._contracts[attempt.stream], self._hasher, attempt.suppressed)
        bad = BadRows(self._contracts, self._hasher, attempt.suppressed)
        misfits: Counter[str] = Counter()
        lines = 0
        with HotFiles(attempt, self._contracts, place.file) as files:
            for rows, refused in self._blocks(attempt.stream, through(read_raw(stored.body)), misfits):
                lines += rows.num_rows + len(refused)
                files.add(attempt.stream, (bad if attempt.stream == QUARANTINE else subjects).admitted(rows))
                if admitted := subjects.admitted_lines(refused):
                    files.add(QUARANTINE, bad.admitted(self._quarantined(admitted, attempt.stream, stored)))
            named = files.put(self._store)
        _report(attempt.raw_key, misfits)
        return attempt.finished(
            files=named,
            lines=lines,
            suppressed=subjects.left_out + bad.left_out,
            raw_bytes=stored.size,
            misfits=dict(misfits),
            subjects=self._put_subjects(attempt.stream, place.subjects(), subjects.seen),
        )

    def _put_subjects(self, stream: str, key: str | None, seen: frozenset[str]) -> str | None:
        """Write the digests of an object's subjects, and return their key (see `Entry.subjects`).

        Quarantined rows have no columns that name a subject: what they mention is looked for when it matters.
        """
        if stream == QUARANTINE or key is None:
            return None
        if not seen:
            return ""
        self._store.put(key, io.BytesIO(encode_digests(seen)))
        return key

    def _blocks(self, stream: str, parts: Iterator[Part], misfits: Counter[str]) -> Iterator[Block]:
        """Yield an object's blocks with their typed columns, and count what does not fit these."""
        contract = self._contracts[stream]
        blocks = read_blocks(parts, ingested_schema(contract))
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
