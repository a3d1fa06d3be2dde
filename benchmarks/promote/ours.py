"""Ours: decides by narrow columns, sorts once, writes in a thread."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from benchmarks.promote.contender import MEMORY_MB, run
from benchmarks.promote.data import CONTRACT
from thermocline.adapters.iceberg_tables import arrow_schema, table_schema
from thermocline.ledger import Suppression
from thermocline.subjects import SubjectHasher
from thermocline.warm.rows import ParquetRows
from thermocline.warm.work import Work, Written

GEN = "2026-11-24-12"


class LocalFolder:
    """A bucket that is a folder; what is fetched is linked, as others read it where it lies."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def fetch(self, key: str, path: Path) -> None:
        """Link an object."""
        path.symlink_to(self._folder / key)

    def store(self, path: Path, key: str) -> str:
        """Move a file."""
        (self._folder / key).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, self._folder / key)
        return str(self._folder / key)

    def key_of(self, address: str) -> str:
        """Return the address itself, which is absolute."""
        return address


def rows(target: Path) -> ParquetRows:
    """Return what writes warm files below a folder."""
    return ParquetRows(
        files=LocalFolder(target),
        contracts={CONTRACT.name: CONTRACT},
        hasher=SubjectHasher(lambda: ""),
        schema_of=lambda _: arrow_schema(table_schema(CONTRACT)),
        folder=target,
        memory_mb=MEMORY_MB,
    )


def generation(paths: Sequence[Path], target: Path, *, gen: str = GEN, earlier: Sequence[str] = ()) -> Written:
    """Write a generation of all files."""
    hot, suppression = tuple(map(str, paths)), Suppression()
    work = Work(table=CONTRACT.name, gen=gen, hot=hot, earlier=tuple(earlier), rest=(), suppression=suppression)
    return rows(target).write(work)


def promote(paths: Sequence[Path], target: Path) -> None:
    """Write one generation."""
    generation(paths, target)


if __name__ == "__main__":
    run(promote)
