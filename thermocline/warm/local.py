"""Objects of the lake bucket as files of a folder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

import pyarrow.parquet as pq

from thermocline.warm.ports import Files

_AT_ONCE: Final = 8


class LocalFiles:
    """Fetches objects into a folder, and stores files of it."""

    def __init__(self, files: Files, folder: Path) -> None:
        self.folder = folder
        self._files = files
        self._count = 0

    def fetch(self, keys: Sequence[str]) -> list[Path]:
        """Fetch all objects, several at once, and return their files in the order of the keys.

        Raises
        ------
        FileNotFoundError
            One is not there.
        """
        paths = [self.new_path() for _ in keys]
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            fetching = [pool.submit(self._files.fetch, key, path) for key, path in zip(keys, paths, strict=True)]
            try:
                for each in fetching:
                    each.result()
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        return paths

    def store(self, path: Path, key: str) -> str:
        """Store a file, remove it here, and return its object's address."""
        address = self._files.store(path, key)
        path.unlink()
        return address

    def new_path(self) -> Path:
        """Return the path of a file that is not there yet."""
        self._count += 1
        return self.folder / f"{self._count:06}.parquet"


def filled_columns(paths: Sequence[Path]) -> frozenset[str]:
    """Return the columns that have a value in one of the files; where a file does not tell, it may have one."""
    return filled_in(map(pq.read_metadata, paths))


def filled_in(footers: Iterable[Any]) -> frozenset[str]:
    """Return the same by the files' footers."""
    filled: set[str] = set()
    for footer in footers:
        for number in range(footer.num_row_groups):
            group = footer.row_group(number)
            filled.update(
                column.path_in_schema
                for column in map(group.column, range(group.num_columns))
                if not (column.statistics and column.statistics.null_count == group.num_rows)
            )
    return frozenset(filled)


def rows_of(paths: Sequence[Path]) -> int:
    """Return how many rows files have."""
    return sum(pq.read_metadata(path).num_rows for path in paths)
