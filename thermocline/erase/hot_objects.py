"""Hot files: rewritten in place, so that promotion finds every file that an entry names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from thermocline.contracts import Contract
from thermocline.erase.ports import ErasedLedger, Objects, Version
from thermocline.erase.report import Level
from thermocline.erase.sweep import Cleaned, Place
from thermocline.layout import generation_of, table_prefix
from thermocline.ledger import Entry
from thermocline.streams import QUARANTINE
from thermocline.subjects import Subjects
from thermocline.warm.erasing import HotLeft, identities_of, without_hot
from thermocline.warm.owned import OwnedRows


class HotObjects:
    """The hot files of a table, while its lease is held.

    Books: rows of a generation from the watermark on are counted in hot, so that their entry counts what was erased.
    Before it they are counted in warm, whose identities have a row for each; the entry then says what was promoted.
    """

    def __init__(
        self,
        contract: Contract,
        *,
        subjects: Subjects,
        ledger: ErasedLedger,
        objects: Objects,
        ids: Mapping[str, str],
    ) -> None:
        self._table = contract.name
        self._owned = OwnedRows(contract, subjects.owns, subjects.named_in)
        self._ledger = ledger
        self._objects = objects
        self._ids = ids
        self._watermark = ledger.marks(contract.name).watermark

    def place(self, step: str) -> Place:
        """Return them as a place to walk over; files beside the partitions are looked into like the others."""
        level: Level = "quarantine" if self._table == QUARANTINE else "hot"
        return Place(
            step=step, level=level, prefix=table_prefix(self._table), may_have=self._may_have, clean=self._clean
        )

    def _may_have(self, version: Version) -> bool:
        """Tell whether a file has rows of a subject, by the columns that say so; what is no such file is told later."""
        try:
            return self._owned.any_in(self._objects.opened(version.key, version.id))
        except FileNotFoundError:
            raise
        except (OSError, ValueError):
            return True

    def _clean(self, version: Version, body: bytes, _: Any) -> Cleaned:
        try:
            left = without_hot(body, self._owned)
        except (OSError, ValueError) as error:  # Arrow's errors are these two
            return Cleaned(body=body, unreadable=(f"it is no Parquet file: {type(error).__name__}",))
        if left.rows == left.before:
            return Cleaned(body=body)
        gen = generation_of(version.key)
        if gen and version.latest:
            self._amend(version.key, left, gen)
        return Cleaned(body=left.body, removed=left.before - left.rows)

    def _amend(self, key: str, left: HotLeft, gen: str) -> None:
        """Bring the entry to what the file is going to have, or to what was promoted of it, before it is written."""
        entry = self._ledger.entry(left.raw_key)
        named = next((file for file in entry.files if file.key == key), None) if entry and entry.done else None
        if entry is None or named is None:
            return
        if gen >= self._watermark:
            if named.rows != left.rows:
                self._set_rows(entry, key, rows=left.rows, size=len(left.body))
        elif gen in self._ids and (promoted := self._promoted(gen, left.raw_key)) != named.rows:
            # An erasure died between this and the file, and a promotion counted the rows in its identities since.
            self._set_rows(entry, key, rows=promoted, size=named.bytes)

    def _promoted(self, gen: str, raw_key: str) -> int:
        """Return how many rows of a raw object a generation's identities have: a replay may have changed them."""
        return identities_of(self._objects.opened(self._ids[gen]), raw_key)

    def _set_rows(self, entry: Entry, key: str, *, rows: int, size: int) -> None:
        files = tuple(
            msgspec.structs.replace(file, rows=rows, bytes=size) if file.key == key else file for file in entry.files
        )
        suppressed = entry.lines - sum(file.rows for file in files)
        self._ledger.amend(entry, files=files, suppressed=suppressed)
