"""A catalog and an object store in memory."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from athena_local.tables.catalog import Column, Partition, Table
from athena_local.tables.hidden import with_hidden_columns
from athena_local.tables.parquet_files import ParquetFile
from athena_local.tables.sources import TableName
from athena_local.tables.storage import StoredObject
from athena_local.tables.table_uses import TableUse

PROJECTION = {
    "projection.enabled": "true",
    "projection.gen.type": "date",
    "projection.gen.format": "yyyy-MM-dd-HH",
    "projection.gen.range": "2026-11-01-00,NOW+1HOURS",
    "projection.gen.interval": "1",
    "projection.gen.interval.unit": "HOURS",
}


def columns(**types: str) -> tuple[Column, ...]:
    return tuple(Column(name=name, type=type_) for name, type_ in types.items())


def clicks(
    *,
    keys: tuple[Column, ...] = columns(gen="string"),
    parameters: Mapping[str, str] = PROJECTION,
    name: str = "clicks",
) -> Table:
    return Table(
        database="shop",
        name=name,
        columns=columns(id="string", n="bigint", at="timestamp"),
        partition_keys=keys,
        location=f"s3://shop/{name}/",
        serde="parquet",
        parameters=parameters,
    )


def view(name: str, sql: str) -> Table:
    return Table(database="shop", name=name, columns=columns(id="string"), view_sql=sql)


@dataclass
class FakeCatalog:
    known: list[Table]
    registered: list[Partition] = field(default_factory=list)

    def database_names(self) -> list[str]:
        return sorted({table.database for table in self.known})

    def tables(self, database: str) -> list[Table]:
        return [table for table in self.known if table.database == database]

    def table(self, database: str, name: str) -> Table | None:
        return next((table for table in self.tables(database) if table.name == name), None)

    def partitions(self, table: Table) -> list[Partition]:
        return self.registered


@dataclass
class FakeStore:
    """Objects by key in one bucket; remembers what was listed and got."""

    objects: dict[str, bytes]
    listed: list[str] = field(default_factory=list)
    got: list[str] = field(default_factory=list)
    uploads: dict[str, str] = field(default_factory=dict)
    options: dict[str, Mapping[str, str]] = field(default_factory=dict)

    def list(self, bucket: str, prefix: str) -> Iterable[StoredObject]:
        self.listed.append(prefix)
        return [
            StoredObject(bucket=bucket, key=key, etag=str(hash(body)), size=len(body))
            for key, body in sorted(self.objects.items())
            if key.startswith(prefix)
        ]

    def get(self, bucket: str, key: str) -> bytes:
        self.got.append(key)
        return self.objects[key]

    def put(self, bucket: str, key: str, path: Path, options: Mapping[str, str] = MappingProxyType({})) -> None:
        self.put_bytes(bucket, key, path.read_bytes(), options)

    def put_bytes(self, bucket: str, key: str, body: bytes, options: Mapping[str, str] = MappingProxyType({})) -> None:
        self.uploads[f"s3://{bucket}/{key}"] = body.decode(errors="replace")
        self.options[f"s3://{bucket}/{key}"] = options

    def delete(self, bucket: str, key: str) -> None:
        self.uploads.pop(f"s3://{bucket}/{key}", None)


@dataclass
class FakeTables:
    """The tables of a catalog, without files."""

    catalog: FakeCatalog

    def table(self, name: TableName) -> Table | None:
        table = self.catalog.table(name.database, name.name)
        return table and with_hidden_columns(table)

    def files(self, use: TableUse) -> list[ParquetFile]:
        return []
