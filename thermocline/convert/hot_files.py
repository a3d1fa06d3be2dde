"""The files of an attempt: one per table that gets rows, under a key that no other attempt has."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from types import TracebackType
from typing import Self

import pyarrow as pa

from thermocline.contracts import Contract
from thermocline.contracts.arrow import stored_schema
from thermocline.convert.attempts import Attempt
from thermocline.convert.parquet import ParquetFile
from thermocline.convert.ports import ObjectStore
from thermocline.ledger import HotFile


class HotFiles:
    """Files that are gone when their context ends, unless they were put.

    Parameters
    ----------
    attempt
        Whose files they are.
    contracts
        Contracts by table.
    key_of
        Gives the key of a table's file.
    """

    def __init__(self, attempt: Attempt, contracts: Mapping[str, Contract], key_of: Callable[[str], str]) -> None:
        self._attempt = attempt
        self._contracts = contracts
        self._key_of = key_of
        self._files: dict[str, ParquetFile] = {}
        self._open = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._open.close()

    def add(self, table: str, rows: pa.Table) -> None:
        """Add rows to a table's file."""
        if table not in self._files:
            file = ParquetFile(self._attempt.raw_key, stored_schema(self._contracts[table]))
            self._files[table] = self._open.enter_context(file)
        self._files[table].add(rows)

    def put(self, store: ObjectStore) -> tuple[HotFile, ...]:
        """Put the files that have rows into the lake bucket, and return what they are called."""
        return tuple(self._put(store, table, file) for table, file in self._files.items() if file.rows)

    def _put(self, store: ObjectStore, table: str, file: ParquetFile) -> HotFile:
        key = self._key_of(table)
        body = file.finish()
        size = body.seek(0, os.SEEK_END)
        body.seek(0)
        store.put(key, body)
        return HotFile(table=table, key=key, rows=file.rows, bytes=size)
