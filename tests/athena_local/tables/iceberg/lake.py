"""Iceberg tables in memory, which pyiceberg writes and the engine reads."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pyiceberg.schema import Schema
from pyiceberg.table import Table as Loaded

from athena_local.execution.engine import Engine
from athena_local.execution.query_runner import QueryRunner
from athena_local.execution.requests import Answer, Request
from athena_local.statements.kinds import classify
from athena_local.tables.catalog import Table, table_from_glue
from athena_local.tables.iceberg.catalog import StoreCatalog
from athena_local.tables.iceberg.definitions import IcebergDefinitions
from athena_local.tables.iceberg.files import IcebergFiles
from athena_local.tables.iceberg.loading import Metadata
from athena_local.tables.iceberg.source import IcebergTables
from athena_local.tables.iceberg.store import StoreFiles
from athena_local.tables.iceberg.writer import IcebergWriter
from athena_local.tables.object_cache import ObjectCache
from athena_local.tables.objects import ObjectWriter
from athena_local.tables.storage import StoredObject
from tests.athena_local.fakes import FakeCatalog
from tests.athena_local.tables.iceberg.glue import FakeGlue

_NONE: Mapping[str, str] = MappingProxyType({})


@dataclass
class MemoryStore:
    """Objects by bucket and key; remembers what was got."""

    objects: dict[tuple[str, str], bytes] = field(default_factory=dict)
    got: list[str] = field(default_factory=list)

    def list(self, bucket: str, prefix: str) -> Iterable[StoredObject]:
        return [
            StoredObject(bucket=bucket, key=key, etag=str(hash(body)), size=len(body))
            for (each, key), body in sorted(self.objects.items())
            if each == bucket and key.startswith(prefix)
        ]

    def get(self, bucket: str, key: str) -> bytes:
        self.got.append(key)
        try:
            return self.objects[bucket, key]
        except KeyError as error:
            raise FileNotFoundError(key) from error

    def put(self, bucket: str, key: str, path: Path, options: Mapping[str, str] = _NONE) -> None:
        self.objects[bucket, key] = path.read_bytes()

    def put_bytes(self, bucket: str, key: str, body: bytes, options: Mapping[str, str] = _NONE) -> None:
        self.objects[bucket, key] = body

    def delete(self, bucket: str, key: str) -> None:
        self.objects.pop((bucket, key), None)


class _Catalog(FakeCatalog):
    """What a fake Glue has."""

    def __init__(self, glue: FakeGlue) -> None:
        super().__init__([])
        self._glue = glue

    def tables(self, database: str) -> list[Table]:
        return [table_from_glue(table) for (each, _), table in self._glue.tables.items() if each == database]

    def database_names(self) -> list[str]:
        return ["shop"]


class Lake:
    """A store, a catalog over it, and the engine's view of both."""

    def __init__(self, folder: Path, engine: Engine) -> None:
        self.engine = engine
        self.store, self.glue = MemoryStore(), FakeGlue()
        self.io = StoreFiles(self.store)
        self.iceberg = StoreCatalog(client=self.glue, files=self.io)
        self.catalog = _Catalog(self.glue)
        self.copies = engine.folder / folder.name
        cache = ObjectCache(store=self.store, folder=self.copies)
        files = IcebergFiles(cache=cache, folder=self.copies / "made")
        self.tables = IcebergTables(
            catalog=self.catalog,
            metadata=Metadata(self.io),
            files=files,
            constant=engine.constant,
            folder=self.copies / "facts",
        )
        self.objects = ObjectWriter(store=self.store, folder=self.copies / "writes")
        self.definitions = IcebergDefinitions(client=self.glue, store=self.store)
        self.writer = IcebergWriter(client=self.glue, store=self.store, objects=self.objects, tables=self.definitions)
        self._runner = QueryRunner(engine=engine, catalog=self.catalog, tables=self.tables)

    def create(self, name: str, schema: Schema, **options: Any) -> Loaded:
        return self.iceberg.create_table(f"shop.{name}", schema, location=f"s3://lake/{name}", **options)

    def answer(self, sql: str) -> tuple[Answer, list[list[str | None]]]:
        with self._runner.cursor() as cursor:
            request = Request(statement=classify(sql), database="shop")
            answer = self._runner.run(request, cursor, lambda: False)
            return answer, [list(row) for row in answer.rows]

    def rows(self, sql: str) -> list[list[str | None]]:
        return self.answer(sql)[1]
