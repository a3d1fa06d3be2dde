"""Warm files and files of identities without a subject's rows, under names that nobody has used."""

from __future__ import annotations

import hashlib
import tempfile
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec
import pyarrow as pa

from thermocline import layout
from thermocline.contracts import Contract
from thermocline.warm.erasing import copy_warm, without_ids
from thermocline.warm.model import WarmFile
from thermocline.warm.owned import OwnedRows
from thermocline.warm.parquet import ParquetOutput, utc
from thermocline.warm.ports import Files
from thermocline.warm.schema import writer_schema


class Rewritten(msgspec.Struct, frozen=True, kw_only=True):
    """A warm file, and the one that has its other rows; None if it had no others.

    Attributes
    ----------
    gens, identities
        Of the rows that went; identities in hexadecimal digits.
    """

    old: WarmFile
    new: WarmFile | None
    removed: int
    gens: tuple[str, ...]
    identities: tuple[str, ...]
    before: str
    after: str | None


class NewIds(msgspec.Struct, frozen=True, kw_only=True):
    """A file of identities, and the one that replaces it."""

    gen: str
    old: str
    new: str
    removed: int
    before: str
    after: str


class WarmFiles:
    """Writes them.

    Parameters
    ----------
    schema_of
        Gives the Arrow schema of a table, with the ids of its Iceberg fields.
    folder
        Where files lie meanwhile: two at a time.
    """

    def __init__(
        self, *, files: Files, contracts: Mapping[str, Contract], schema_of: Callable[[str], pa.Schema], folder: Path
    ) -> None:
        self._files = files
        self._contracts = contracts
        self._schema_of = schema_of
        self._folder = folder

    def rewrite(self, table: str, file: WarmFile, owned: OwnedRows) -> Rewritten:
        """Write the rows of a file that are no subject's into a file of the same partition.

        Raises
        ------
        FileNotFoundError
            It is not there.
        """
        contract, schema = self._contracts[table], self._schema_of(table)
        with tempfile.TemporaryDirectory(dir=self._folder) as folder:
            source, path = Path(folder) / "old.parquet", Path(folder) / "new.parquet"
            self._files.fetch(self._files.key_of(file.path), source)
            with ParquetOutput(path, writer_schema(schema), contract, rows=file.rows) as output:
                gone = copy_warm(source, output, schema, owned)
            before, after = _sha256(source), _sha256(path)
            new = self._store(table, file, output, file.rows - gone.rows) if gone.rows < file.rows else None
        return Rewritten(
            old=file,
            new=new,
            removed=gone.rows,
            gens=tuple(sorted(gone.gens)),
            identities=tuple(sorted(each.hex() for each in gone.identities)),
            before=before,
            after=after if new else None,
        )

    def ids(self, table: str, gen: str, key: str, identities: frozenset[bytes], *, traced: bool) -> NewIds | None:
        """Write a generation's identities without some; None if it has none of them."""
        with tempfile.TemporaryDirectory(dir=self._folder) as folder:
            source, path = Path(folder) / "old.parquet", Path(folder) / "new.parquet"
            self._files.fetch(key, source)
            removed = without_ids(source, path, sorted(identities), traced=traced)
            if not removed:
                return None
            new = layout.ids_key(table, gen, uuid.uuid4().hex)
            before, after = _sha256(source), _sha256(path)
            self._files.store(path, new)
        return NewIds(gen=gen, old=key, new=new, removed=removed, before=before, after=after)

    def _store(self, table: str, file: WarmFile, output: ParquetOutput, rows: int) -> WarmFile:
        size = output.path.stat().st_size
        partition = self._files.key_of(file.path).split("/")[-2]
        name = f"{file.last_gen}-{uuid.uuid4().hex}"
        key = layout.warm_data_key(table, partition, name, sealed=file.sealed)
        return WarmFile(
            path=self._files.store(output.path, key),
            rows=rows,
            bytes=size,
            first_gen=output.gens.first,
            last_gen=output.gens.last,
            first_time=utc(output.times.first),
            last_time=utc(output.times.last),
        )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
