"""A store, a catalog and its partitions that can fail on purpose, and that remember what is left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from athena_local.tables.catalog import Partition, Table
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

    def put(self, bucket: str, key: str, path: Path, options: Mapping[str, str] = NO_OPTIONS) -> None:
        self.puts += 1
        fails = self.puts == self.fails_at
        if not fails or self.stores_first:
            self.put_bytes(bucket, key, path.read_bytes(), options)
        if fails:
            raise BrokenError


@dataclass
class FakeWriter:
    """The definitions of tables, by name; `refuses` makes it create none."""

    definitions: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    refuses: bool = False

    def put_table(self, database: str, definition: Mapping[str, Any], *, replace: bool) -> None:
        if self.refuses:
            raise BrokenError
        self.definitions[f"{database}.{definition['Name']}"] = definition

    def drop_table(self, database: str, name: str) -> None:
        del self.definitions[f"{database}.{name}"]

    def definition(self, database: str, name: str) -> Mapping[str, Any]:
        return self.definitions[f"{database}.{name}"]


@dataclass
class FakePartitions:
    """Registered partitions; `refuses` makes it fail when it has added some of them."""

    registered: list[Partition] = field(default_factory=list)
    refuses: bool = False

    def add(self, _: Table, partitions: Sequence[Partition]) -> None:
        self.registered += partitions[: 1 if self.refuses else None]
        if self.refuses:
            raise BrokenError

    def remove(self, _: Table, partitions: Sequence[Partition]) -> None:
        self.registered = [each for each in self.registered if each not in partitions]
