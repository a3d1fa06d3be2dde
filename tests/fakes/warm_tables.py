"""A small warm table of every type, in the real catalog over the emulator, and a Glue that loses answers."""

from __future__ import annotations

import datetime as dt
import io
import itertools
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from tests.fakes.emulator import client
from thermocline.adapters.iceberg import IcebergCatalog
from thermocline.contracts import Column, Contract
from thermocline.layout import warm_table
from thermocline.warm.model import Base, Change, WarmFile
from thermocline.warm.parquet import options

DATABASE = "lake"
BUCKET = "warm-lake"
_TYPES = {
    "event_id": "string",
    "event_time": "timestamp",
    "person": "string",
    "clicks": "int",
    "total": "bigint",
    "share": "double",
    "is_bot": "boolean",
    "day": "date",
    "revenue": "decimal(38,9)",
    "properties": "string",
}
_names = itertools.count()
_START = dt.datetime(2026, 11, 1)  # noqa: DTZ001  (the table's times have no zone)


def trial(name: str, **changes: Any) -> Contract:
    """Return a contract with a column of every type."""
    columns = [
        Column(
            name=column,
            description=f"The {column}.",
            type=type_,
            classification="internal",
            required=column in ("event_id", "event_time"),
            encoding="json" if column == "properties" else None,
        )
        for column, type_ in _TYPES.items()
    ]
    gen = Column(name="gen", description="When.", type="string", classification="internal", partition=True)
    contract = Contract(
        id=name,
        name=name,
        table=name,
        version="1.0.0",
        purpose="Tests.",
        usage="Tests.",
        limitations="None.",
        grain="An event.",
        columns=(*columns, gen),
        sorted_by=("person",),
        erasure_keys=("person",),
    )
    return msgspec.structs.replace(contract, **changes)


def with_column(contract: Contract, name: str, type_: str, **options: Any) -> Contract:
    """Return a contract with a column more, or with another type of one."""
    column = Column(name=name, description="Later.", type=type_, classification="internal", **options)
    kept = [column if each.name == name else each for each in contract.columns]
    return msgspec.structs.replace(contract, columns=tuple(kept if column in kept else [*kept, column]))


def row(number: int, **changes: Any) -> dict[str, Any]:
    """Return a row; each tenth has nulls where there may be some."""
    full = {
        "event_id": f"e{number:04}",
        "event_time": _START + dt.timedelta(hours=7 * number, microseconds=number),
        "person": f"person {number % 3}",
        "clicks": number - 2**31,
        "total": 2**60 + number,
        "share": number / 7,
        "is_bot": number % 2 == 0,
        "day": dt.date(2026, 11, 1) + dt.timedelta(days=number),
        "revenue": Decimal(number) / 8 - Decimal("1e20"),
        "properties": f'{{"ä": "{number}"}}',
    }
    nullable = {name: None for name in full if name not in ("event_id", "event_time")}
    return full | (nullable if number % 10 == 9 else {}) | changes


class WarmTable:
    """A warm table of its own.

    Parameters
    ----------
    url
        Of the emulator.
    glue
        Makes the catalog's Glue client of the true one.
    """

    def __init__(self, url: str, *, glue: Callable[[Any], Any] = lambda true: true, **catalog: Any) -> None:
        self.name = f"trial{next(_names)}"
        self.contract = trial(self.name)
        self.glue, self.s3 = client("glue", url), client("s3", url)
        if BUCKET not in [each["Name"] for each in self.s3.list_buckets()["Buckets"]]:
            self.s3.create_bucket(Bucket=BUCKET)
            self.glue.create_database(DatabaseInput={"Name": DATABASE})
        self.catalog = self.catalog_with(glue(self.glue), self.contract, **catalog)
        self.catalog.ensure(self.name)
        self._files = itertools.count()

    def catalog_with(self, glue: Any, contract: Contract, **more: Any) -> IcebergCatalog:
        """Return a catalog of the table by another contract or client."""
        contracts = {self.name: contract}
        return IcebergCatalog(glue=glue, s3=self.s3, bucket=BUCKET, database=DATABASE, contracts=contracts, **more)

    def write(self, gen: str, rows: Iterable[Mapping[str, Any]], schema: pa.Schema | None = None) -> WarmFile:
        """Write a file of rows of one partition, as promotion writes them."""
        rows = [{"gen": gen, **each} for each in rows]
        sink = io.BytesIO()
        columns = schema or self.catalog.schema_of(self.name)
        pq.write_table(pa.Table.from_pylist(rows, schema=columns), sink, **options(columns, self.contract, len(rows)))
        key = f"warm/{self.name}/data/{gen}-{next(self._files)}.parquet"
        self.s3.put_object(Bucket=BUCKET, Key=key, Body=sink.getvalue())
        times = [each["event_time"].replace(tzinfo=dt.UTC) for each in rows]
        gens = [each["gen"] for each in rows]
        return WarmFile(
            path=f"s3://{BUCKET}/{key}",
            rows=len(rows),
            bytes=len(sink.getvalue()),
            first_gen=min(gens),
            last_gen=max(gens),
            first_time=min(times),
            last_time=max(times),
        )

    def replace(self, gen: str, token: int, numbers: Iterable[int], base: Base | None = None) -> Change:
        """Return the change that makes some rows a generation's."""
        base = base or self.catalog.load(self.name)
        old = self.catalog.files(base, gen=gen) if gen in base.ids else ()
        new = [self.write(gen, [row(number)]) for number in numbers]
        return Change(token=token, gens=(gen,), add=tuple(new), remove=tuple(old), ids={gen: f"ids/{gen}-{token}"})

    def put(self, gen: str, token: int, numbers: Iterable[int]) -> None:
        """Commit some rows as a generation's."""
        base = self.catalog.load(self.name)
        self.catalog.commit(base, self.replace(gen, token, numbers, base))

    def rows(self) -> list[tuple[str, str]]:
        """Return generation and event of every row, as the files of the table's metadata have them."""
        files = self.catalog.files(self.catalog.load(self.name))
        tables = [pq.read_table(io.BytesIO(self.body(file.path))) for file in files]
        return sorted((each["gen"], each["event_id"]) for table in tables for each in table.to_pylist())

    def body(self, address: str) -> bytes:
        """Return an object."""
        body: bytes = self.s3.get_object(Bucket=BUCKET, Key=address.removeprefix(f"s3://{BUCKET}/"))["Body"].read()
        return body

    def object_keys(self) -> set[str]:
        """Return the keys of all objects of the table."""
        pages = self.s3.get_paginator("list_objects_v2").paginate(Bucket=BUCKET)
        mine = (f"warm/{self.name}/", f"ids/{self.name}/")
        return {each["Key"] for page in pages for each in page["Contents"] if each["Key"].startswith(mine)}

    def definition(self) -> dict[str, Any]:
        """Return what Glue has of the table."""
        known: dict[str, Any] = self.glue.get_table(DatabaseName=DATABASE, Name=warm_table(self.name))["Table"]
        return known


class InterruptedCallError(Exception):
    """An answer that never came."""


class LosingGlue:
    """A Glue client whose next change of a table fails in a way.

    Attributes
    ----------
    failure
        ``before``: it is not made. ``after``: it is made, and its answer is lost. ``again``: it is made, and refused
        when the client makes it again. ``late``: it is under way, until `arrive`.
    """

    def __init__(self, client: Any) -> None:
        self._client = client
        self.failure: str | None = None
        self._under_way: list[dict[str, Any]] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def update_table(self, **asked: Any) -> Any:
        failure, self.failure = self.failure, None
        if failure == "late":
            self._under_way.append(asked)
        elif failure != "before":
            answer = self._client.update_table(**asked)
            if failure is None:
                return answer
        if failure == "again":
            return self._client.update_table(**asked)
        raise InterruptedCallError(failure)

    def arrive(self) -> None:
        """Let what is under way arrive at Glue."""
        self._client.update_table(**self._under_way.pop())
