"""A small contract, and generations of hot rows under it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from tests.fakes import HASHER
from tests.fakes.files import FolderFiles
from thermocline.adapters.iceberg_tables import arrow_schema, table_schema
from thermocline.contracts import Column, Contract, load_contracts
from thermocline.contracts.arrow import stored_schema
from thermocline.ledger import Suppression
from thermocline.warm.model import WarmFile
from thermocline.warm.rows import ParquetRows
from thermocline.warm.work import Work

GEN = "2026-11-22-12"
NEXT_GEN = "2026-11-22-13"
NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
Row = dict[str, Any]


def _column(name: str, kind: str, *, required: bool = False, partition: bool = False) -> Column:
    return Column(
        name=name, description=name, type=kind, classification="internal", required=required, partition=partition
    )


CONTRACT = msgspec.structs.replace(
    load_contracts()["clickstream"],
    name="visits",
    table="visits",
    sorted_by=("visitor",),
    erasure_keys=("visitor",),
    columns=(
        _column("event_id", "string", required=True),
        _column("fingerprint", "bigint", required=True),
        _column("source", "string", required=True),
        _column("visitor", "string"),
        _column("quantity", "bigint"),
        _column("event_time", "timestamp", required=True),
        _column("received_at", "timestamp", required=True),
        _column("_src", "string", required=True),
        _column("gen", "string", required=True, partition=True),
    ),
)
OLD_COLUMNS = ("event_id", "fingerprint", "source", "event_time", "received_at", "_src")
"""Those of a hot file that was written before the others were added."""


def row(event_id: str, **values: Any) -> Row:
    """Return a row of one event; all else is by default."""
    return {
        "event_id": event_id,
        "fingerprint": 1,
        "source": "shop",
        "visitor": None,
        "quantity": None,
        "event_time": NOON,
        "received_at": NOON,
        "_src": "raw/visits/a",
    } | values


class Lake:
    """A folder as the lake's bucket, and rows that are written there; `table` is the contract of the warm table."""

    def __init__(
        self,
        folder: Path,
        contract: Contract = CONTRACT,
        *,
        table: Contract | None = None,
        others: Sequence[Contract] = (),
    ) -> None:
        self.files = FolderFiles(folder / "bucket")
        self.work_folder = folder / "work"
        self.work_folder.mkdir(parents=True, exist_ok=True)
        self.contract = contract
        self.rows = ParquetRows(
            files=self.files,
            contracts={each.name: each for each in (contract, *others)},
            hasher=HASHER,
            schema_of=lambda _: arrow_schema(table_schema(table or contract)),
            folder=self.work_folder,
            memory_mb=400,
        )

    def put_hot(self, key: str, rows: Sequence[Row], *, columns: Sequence[str] = (), narrow: bool = False) -> str:
        """Put a hot file; `narrow` stores whole numbers in 32 bits, as before a column was widened."""
        schema = stored_schema(self.contract)
        if columns:
            schema = pa.schema([schema.field(name) for name in columns])
        if narrow:
            schema = pa.schema([f.with_type(pa.int32()) if f.name == "quantity" else f for f in schema])
        path = self.files.folder / key
        path.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(pa.Table.from_pylist(list(rows), schema=schema), path)
        return key

    def work(self, hot: Sequence[str], **options: Any) -> Work:
        defaults: dict[str, Any] = {"gen": GEN, "earlier": (), "rest": (), "suppression": Suppression()}
        return Work(**{"table": self.contract.name, "hot": tuple(hot)} | defaults | options)

    def read(self, files: Sequence[WarmFile]) -> list[Row]:
        return [each for file in files for each in self.rows_of(file)]

    def rows_of(self, file: WarmFile) -> list[Row]:
        """Return the rows of a file; its times are UTC and do not say so."""
        rows: list[Row] = self.table(file).to_pylist()
        return [
            {
                name: value.replace(tzinfo=dt.UTC) if isinstance(value, dt.datetime) else value
                for name, value in r.items()
            }
            for r in rows
        ]

    def table(self, file: WarmFile) -> pa.Table:
        return pq.read_table(self.path(file.path), partitioning=None)

    def ids(self, key: str) -> list[Row]:
        rows: list[Row] = pq.read_table(self.path(key), partitioning=None).to_pylist()
        return rows

    def path(self, address: str) -> Path:
        return self.files.folder / self.files.key_of(address)
