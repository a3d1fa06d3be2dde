"""One snapshot that removes and adds files, and keeps the manifests few."""

from __future__ import annotations

from typing import Final

from pyiceberg.manifest import ManifestEntry, ManifestFile
from pyiceberg.table import Transaction
from pyiceberg.table.metadata import TableMetadata
from pyiceberg.table.snapshots import Operation
from pyiceberg.table.update.snapshot import _ManifestMergeManager, _OverwriteFiles

_TARGET_BYTES: Final = 8 << 20
_LOWER_BOUNDS: Final = 10
_UPPER_BOUNDS: Final = 11


class QuickTransaction(Transaction):
    """pyiceberg's transaction, which computes the metadata once after each update.

    pyiceberg copies all snapshots 18 times in a commit, which is most of its time after a hundred commits.
    """

    _computed: tuple[int, TableMetadata] | None = None

    @property
    def table_metadata(self) -> TableMetadata:
        """The table's metadata with the updates that are staged."""
        updates = len(self._updates)
        if not updates:
            return self._table.metadata
        if self._computed is None or self._computed[0] != updates:
            self._computed = (updates, super().table_metadata)
        return self._computed[1]


class Replace(_OverwriteFiles):
    """pyiceberg's snapshot of removed and added files, which merges manifests once there are too many.

    pyiceberg merges them for appends only, and carries manifests along that name nothing but removed files.
    """

    def __init__(self, transaction: Transaction, summary: dict[str, str], *, max_manifests: int) -> None:
        has_rows = transaction.table_metadata.current_snapshot() is not None
        operation = Operation.OVERWRITE if has_rows else Operation.APPEND
        super().__init__(operation, transaction, transaction._table.io, snapshot_properties=summary)
        self._max_manifests = max_manifests

    def _deleted_entries(self) -> list[ManifestEntry]:
        entries = super()._deleted_entries() if self._deleted_data_files else []
        for entry in entries:  # nobody reads these bounds, and an erasure may have removed the rows that they are of
            entry.data_file._data[_LOWER_BOUNDS] = entry.data_file._data[_UPPER_BOUNDS] = None
        return entries

    def _process_manifests(self, manifests: list[ManifestFile]) -> list[ManifestFile]:
        kept = [
            each
            for each in manifests
            if each.has_added_files() or each.has_existing_files() or each.added_snapshot_id == self.snapshot_id
        ]
        merging = _ManifestMergeManager(_TARGET_BYTES, self._max_manifests, len(kept) > self._max_manifests, self)
        return merging.merge_manifests(kept)
