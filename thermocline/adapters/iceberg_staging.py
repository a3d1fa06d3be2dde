"""Staging tables: what Spark's Iceberg writes data files into, and nobody else ever sees (ADR 41).

Only their metadata is theirs, in a folder of this machine. Their data files lie where the warm table's lie, and become
the warm table's by our own commit, or orphans.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from pyiceberg.table import StaticTable
from pyiceberg.table.metadata import TableMetadata

from thermocline.adapters.iceberg_state import State
from thermocline.contracts import Contract
from thermocline.warm.cuts import TARGET_BYTES
from thermocline.warm.model import WarmFile

# About as many rows as a row group of the function's has.
_GROUP_BYTES: Final = 16 << 20
_BLOOM_BYTES: Final = 256 << 10


class IcebergStaging:
    """Implements `thermocline.spark.ports.Staging`, for a Hadoop catalog of Iceberg's.

    Parameters
    ----------
    metadata_of
        Gives a warm table's metadata as it is now.
    data_of
        Gives the address below which a warm table's data files lie.
    contracts
        By table.
    """

    def __init__(
        self,
        *,
        metadata_of: Callable[[str], TableMetadata],
        data_of: Callable[[str], str],
        contracts: Mapping[str, Contract],
    ) -> None:
        self._metadata_of = metadata_of
        self._data_of = data_of
        self._contracts = contracts

    def make(self, table: str, folder: Path) -> None:
        """Make a table without rows that is like a warm table: columns and their ids, partitions, order."""
        empty = self._metadata_of(table).model_copy(
            update={
                "location": folder.as_uri(),
                "table_uuid": uuid.uuid4(),
                "properties": self._properties(table),
                "current_snapshot_id": None,
                "snapshots": [],
                "snapshot_log": [],
                "metadata_log": [],
                "refs": {},
                "statistics": [],
                "partition_statistics": [],
            }
        )
        metadata = folder / "metadata"
        metadata.mkdir(parents=True)
        (metadata / "v1.metadata.json").write_text(empty.model_dump_json())
        (metadata / "version-hint.text").write_text("1")

    def files(self, table: str, folder: Path) -> tuple[WarmFile, ...]:
        """Return the data files that were written since."""
        metadata = folder / "metadata"
        version = (metadata / "version-hint.text").read_text().strip()
        loaded = StaticTable.from_metadata(str(metadata / f"v{version}.metadata.json"))
        return tuple(State(loaded, self._contracts[table].time_column).warm_files())

    def _properties(self, table: str) -> dict[str, str]:
        contract = self._contracts[table]
        looked_for = ("event_id", *contract.erasure_keys)
        names = {column.name for column in contract.stored}
        return {
            "write.data.path": self._data_of(table),
            "write.distribution-mode": "range",
            "write.target-file-size-bytes": str(TARGET_BYTES),
            "write.parquet.compression-codec": "zstd",
            "write.parquet.row-group-size-bytes": str(_GROUP_BYTES),
            "write.parquet.bloom-filter-max-bytes": str(_BLOOM_BYTES),
            "write.metadata.metrics.default": "none",
            # What a file holds is read back from its manifest; the commit takes all else from the file itself.
            f"write.metadata.metrics.column.{contract.time_column}": "full",
            "write.metadata.metrics.column.gen": "full",
            **{f"write.parquet.bloom-filter-enabled.column.{name}": "true" for name in looked_for if name in names},
        }
