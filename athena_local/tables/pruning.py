"""Which objects of a table a query must read."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from itertools import product
from math import prod
from typing import Protocol

from sqlglot import exp

from athena_local.errors import QueryError
from athena_local.tables.catalog import Catalog, Partition, Table
from athena_local.tables.projected_values import Projected
from athena_local.tables.projection import MAX_ENUMERATED, is_projected, location, location_pattern, projections
from athena_local.tables.storage import ObjectStore, StoredObject, is_data, split_address
from athena_local.tables.table_uses import TableUse, static_values

# Up to this many partitions are listed one by one; for more, one listing of their common prefix is faster.
_LISTED_SINGLY = 24


class PartitionFilter(Protocol):
    """A filter of partition values by predicates; the engine does it, so that they mean the same as in a query."""

    def __call__(
        self, table: Table, rows: Sequence[tuple[str, ...]], predicates: Sequence[exp.Expr]
    ) -> list[tuple[str, ...]]:
        """Return the rows that may satisfy all predicates."""


@dataclass(frozen=True, kw_only=True)
class Located:
    """An object and the values of its partition."""

    stored: StoredObject
    values: tuple[str, ...]


class Pruner:
    """A listing of the objects that may hold rows for a use of a table."""

    def __init__(
        self, *, catalog: Catalog, store: ObjectStore, keep: PartitionFilter, clock: Callable[[], datetime]
    ) -> None:
        self._catalog = catalog
        self._store = store
        self._keep = keep
        self._clock = clock

    def objects(self, use: TableUse) -> list[Located]:
        """Return the objects of `use`, ordered by key.

        With predicates on partition keys, only the partitions that they allow are listed. Without any, the table's
        location is listed once, and objects outside the projection are left out.
        """
        if not use.table.partition_keys:
            objects = self._list(use.table.location)
            return [Located(stored=stored, values=()) for stored in objects]
        located = self._projected(use) if is_projected(use.table) else self._registered(use)
        return sorted(located, key=lambda each: each.stored.key)

    def partitions(self, use: TableUse) -> list[tuple[str, ...]]:
        """Return the values of the partitions that the predicates allow, with objects or without.

        Raises
        ------
        QueryError
            ``NOT_SUPPORTED``: the projection has too many to list.
        """
        if not is_projected(use.table):
            return self._filter(use, [partition.values for partition in self._catalog.partitions(use.table)])
        keys = self._projections(use)
        if prod(key.count() for key in keys) > MAX_ENUMERATED:
            message = f"more than {MAX_ENUMERATED} projected partitions are not listed offline ({use.table.name})"
            raise QueryError("NOT_SUPPORTED", message)
        return self._filter(use, list(product(*(key.values() for key in keys))))

    def _projections(self, use: TableUse) -> list[Projected]:
        static = {key.name: static_values(use, key.name) for key in use.table.partition_keys}
        injected = {name: values for name, values in static.items() if values is not None}
        return projections(use.table, now=self._clock(), injected=injected)

    def _list(self, address: str) -> list[StoredObject]:
        bucket, prefix = split_address(address)
        return [stored for stored in self._store.list(bucket, prefix) if is_data(stored)]

    def _registered(self, use: TableUse) -> list[Located]:
        partitions = self._catalog.partitions(use.table)
        allowed = set(self._filter(use, [partition.values for partition in partitions]))
        kept = [partition for partition in partitions if partition.values in allowed]
        for partition in kept:
            if partition.serde not in ("", use.table.serde):
                raise QueryError(
                    "NOT_SUPPORTED", f"partitions with a SerDe of their own are not read offline: {partition.values}"
                )
        return self._in_partitions(kept)

    def _projected(self, use: TableUse) -> list[Located]:
        table = use.table
        keys = self._projections(use)
        if use.predicates and prod(key.count() for key in keys) <= MAX_ENUMERATED:
            rows = self._filter(use, list(product(*(key.values() for key in keys))))
            return self._in_partitions([Partition(values=values, location=location(table, values)) for values in rows])
        pattern = location_pattern(table)
        located = []
        for stored in self._list(self._root(table)):
            match = pattern.match(stored.address)
            values = tuple(match.group(key.name) for key in table.partition_keys) if match else ()
            if values and all(key.contains(value) for key, value in zip(keys, values, strict=True)):
                located.append(Located(stored=stored, values=values))
        kept_values = set(self._filter(use, sorted({each.values for each in located})))
        return [each for each in located if each.values in kept_values]

    def _root(self, table: Table) -> str:
        template = table.parameters.get("storage.location.template")
        return template.split("${", 1)[0] if template else table.location

    def _filter(self, use: TableUse, values: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
        if not use.predicates or not values:
            return list(values)
        return self._keep(use.table, values, use.predicates)

    def _in_partitions(self, partitions: Sequence[Partition]) -> list[Located]:
        if len(partitions) <= _LISTED_SINGLY:
            return self._one_by_one(partitions)
        by_location: Mapping[str, tuple[str, ...]] = {each.location: each.values for each in partitions}
        located = []
        prefix = os.path.commonprefix(list(by_location))  # noqa: RUF071  (S3 prefixes are text, not folders)
        for stored in self._list(prefix):
            values = _values_of(stored, by_location)
            if values is not None:
                located.append(Located(stored=stored, values=values))
        return located

    def _one_by_one(self, partitions: Sequence[Partition]) -> list[Located]:
        if not partitions:
            return []
        with ThreadPoolExecutor(min(8, len(partitions))) as pool:
            listings: Iterable[list[StoredObject]] = pool.map(lambda each: self._list(each.location), partitions)
            return [
                Located(stored=stored, values=partition.values)
                for partition, listing in zip(partitions, listings, strict=True)
                for stored in listing
            ]


def _values_of(stored: StoredObject, by_location: Mapping[str, tuple[str, ...]]) -> tuple[str, ...] | None:
    """Return the values of the partition whose location is a folder above the object."""
    folder = stored.address
    while "/" in folder.removeprefix("s3://"):
        folder = folder.rstrip("/").rsplit("/", 1)[0] + "/"
        if folder in by_location:
            return by_location[folder]
        if folder.count("/") <= 3:
            return None
    return None
