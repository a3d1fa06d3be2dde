"""What Spark's rows need beside the warm ports. Adapters implement it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

from thermocline.warm.model import WarmFile


class Footers(Protocol):
    """Footers of Parquet files of the lake bucket."""

    def footer(self, key: str) -> Any:
        """Return a file's ``pyarrow.parquet.FileMetaData``.

        Raises
        ------
        FileNotFoundError
            There is no such object.
        """


class Staging(Protocol):
    """Iceberg tables in a folder of this machine, whose data files lie where the warm table's do."""

    def make(self, table: str, folder: Path) -> None:
        """Make a table without rows that is like a warm table: columns and their ids, partitions, order."""

    def files(self, table: str, folder: Path) -> tuple[WarmFile, ...]:
        """Return the data files that were written since."""
