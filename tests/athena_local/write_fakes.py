"""A store, a catalog and its partitions that can fail on purpose, and that remember what is left."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from athena_local.errors import QueryError
from athena_local.tables.catalog import Partition, Table
from athena_local.tables.storage import StoredObject
from tests.athena_local.fakes import FakeStore

NO_OPTIONS: Mapping[str, str] = MappingProxyType({})


class BrokenError(Exception):
    """What a broken part raises."""


@dataclass
class FragileStore(FakeStore):
    """A store whose put of a number fails, before or after the object is there."""

    fails_at: int = 0
    stores_first: bool = False
    puts: int = 0

    def list(self, bucket: str, prefix: str) -> Iterable[StoredObject]:
        keys = sorted(address.removeprefix(f"s3://{bucket}/") for address in self.uploads)
        return [StoredObject(bucket=bucket, key=key, etag=key, size=1) for key in keys if key.startswith(prefix)]

    def put(self, bucket: str, key: str, path: Path, options: Mapping[str, str] = NO_OPTIONS) -> None:
        self.puts += 1
        fails = self.puts == self.fails_at
        if not fails or self.stores_first:
            self.put_bytes(bucket, key, path.read_bytes(), options)
        if fails:
            raise BrokenError


@dataclass
class FakeWriter:
    """The definitions of tables, by name.

    `refuses` makes it create none, and `repeats` report its own table after a lost answer.
    """

    definitions: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    refuses: bool = False
    repeats: bool = False

    def put_table(self, database: str, definition: Mapping[str, Any], *, replace: bool) -> None:
        if self.refuses:
            raise BrokenError
        name = f"{database}.{definition['Name']}"
        if name in self.definitions:
            raise QueryError("TABLE_ALREADY_EXISTS", f"Table {name} already exists")
        if self.repeats:
            self.definitions[name] = definition
            raise QueryError("TABLE_ALREADY_EXISTS", f"Table {name} already exists")
        self.definitions[f"{database}.{definition['Name']}"] = definition

    def drop_table(self, database: str, name: str) -> None:
        del self.definitions[f"{database}.{name}"]

    def definition(self, database: str, name: str) -> Mapping[str, Any]:
        return self.definitions[f"{database}.{name}"]


@dataclass
class FakePartitions:
    """Registered partitions; `refuses` makes it fail, and `meanwhile` is what another registers before it adds."""

    registered: list[Partition] = field(default_factory=list)
    meanwhile: list[Partition] = field(default_factory=list)
    refuses: bool = False

    def add(self, _: Table, partitions: Sequence[Partition]) -> list[Partition]:
        if self.refuses:
            raise BrokenError
        self.registered += self.meanwhile
        there = {each.values for each in self.registered}
        added = [each for each in partitions if each.values not in there]
        self.registered += added
        return added

    def remove(self, _: Table, partitions: Sequence[Partition]) -> None:
        self.registered = [each for each in self.registered if each not in partitions]
