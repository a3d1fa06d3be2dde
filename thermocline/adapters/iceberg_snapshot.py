"""One snapshot that removes and adds files, and keeps the manifests few."""

from __future__ import annotations

from typing import Final

from pyiceberg.manifest import ManifestFile
from pyiceberg.table import Transaction
from pyiceberg.table.snapshots import Operation
from pyiceberg.table.update.snapshot import _ManifestMergeManager, _OverwriteFiles

MAX_MANIFESTS: Final = 100
_TARGET_BYTES: Final = 8 << 20


class Replace(_OverwriteFiles):
    """pyiceberg's snapshot of removed and added files, which merges manifests once there are too many.

    pyiceberg merges them for appends only, and carries manifests along that name nothing but removed files.
    """

    def __init__(self, transaction: Transaction, summary: dict[str, str]) -> None:
        has_rows = transaction.table_metadata.current_snapshot() is not None
        operation = Operation.OVERWRITE if has_rows else Operation.APPEND
        super().__init__(operation, transaction, transaction._table.io, snapshot_properties=summary)

    def _process_manifests(self, manifests: list[ManifestFile]) -> list[ManifestFile]:
        kept = [
            each
            for each in manifests
            if each.has_added_files() or each.has_existing_files() or each.added_snapshot_id == self.snapshot_id
        ]
        merging = _ManifestMergeManager(_TARGET_BYTES, MAX_MANIFESTS, len(kept) > MAX_MANIFESTS, self)
        return merging.merge_manifests(kept)
