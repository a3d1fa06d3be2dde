"""Which objects of a table a query must read."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
from athena_local.tables.projection import MAX_ENUMERATED, is_projected, location, projections, values_of
from athena_local.tables.storage import ObjectStore, StoredObject, is_data_below, split_address
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
            return self._in_partition(Partition(values=(), location=use.table.location))
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

    def _list(self, address: str) -> Iterable[StoredObject]:
        return self._store.list(*split_address(address))

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
        if prod(key.count() for key in keys) <= MAX_ENUMERATED:
            rows = self._filter(use, list(product(*(key.values() for key in keys))))
            partitions = [Partition(values=values, location=_location(table, keys, values)) for values in rows]
            return self._in_partitions(partitions, None if use.predicates else _root(table))
        return self._in_many(use, keys)

    def _in_many(self, use: TableUse, keys: Sequence[Projected]) -> list[Located]:
        """Return the objects of more partitions than are listed: their values are read from the addresses."""
        root = _root(use.table)
        if root is None:
            message = f"{use.table.name} has too many projected partitions to list them offline"
            raise QueryError("NOT_SUPPORTED", message)
        values_at = values_of(use.table, keys)
        located = [
            Located(stored=stored, values=values)
            for stored in self._list(root)
            if (values := values_at(stored.address)) is not None
            and is_data_below(stored, _location(use.table, keys, values))
        ]
        kept_values = set(self._filter(use, sorted({each.values for each in located})))
        return [each for each in located if each.values in kept_values]

    def _filter(self, use: TableUse, values: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
        if not use.predicates or not values:
            return list(values)
        return self._keep(use.table, values, use.predicates)

    def _in_partitions(self, partitions: Sequence[Partition], root: str | None = None) -> list[Located]:
        """Return the objects of partitions; one below the locations of several is in each of them, as in Hive.

        Parameters
        ----------
        root
            The folder that they all are in, if all of it is to be listed.
        """
        if len(partitions) <= _LISTED_SINGLY and root is None:
            return self._one_by_one(partitions)
        by_location: dict[str, list[Partition]] = {}
        for partition in partitions:
            by_location.setdefault(partition.location, []).append(partition)
        folders: dict[str, list[Partition]] = {}
        located = []
        for prefix in [root] if root else _prefixes(by_location):
            for stored in self._list(prefix):
                folder = stored.address.rsplit("/", 1)[0] + "/"
                if folder not in folders:
                    folders[folder] = list(_above(folder, by_location))
                located += [
                    Located(stored=stored, values=partition.values)
                    for partition in folders[folder]
                    if is_data_below(stored, partition.location)
                ]
        return located

    def _one_by_one(self, partitions: Sequence[Partition]) -> list[Located]:
        if not partitions:
            return []
        with ThreadPoolExecutor(min(8, len(partitions))) as pool:
            return [each for located in pool.map(self._in_partition, partitions) for each in located]

    def _in_partition(self, partition: Partition) -> list[Located]:
        return [
            Located(stored=stored, values=partition.values)
            for stored in self._list(partition.location)
            if is_data_below(stored, partition.location)
        ]


def _location(table: Table, keys: Sequence[Projected], values: Sequence[str]) -> str:
    return location(table, [key.folder(value) for key, value in zip(keys, values, strict=True)])


def _root(table: Table) -> str | None:
    """Return the folder that all projected partitions are in; None when they are in several buckets."""
    template = table.parameters.get("storage.location.template")
    root = template.split("${", 1)[0] if template else table.location
    return root if "/" in root.removeprefix("s3://") else None


def _prefixes(locations: Iterable[str]) -> list[str]:
    """Return the common begin of the locations in each bucket."""
    by_bucket: dict[str, list[str]] = {}
    for each in locations:
        by_bucket.setdefault(split_address(each)[0], []).append(each)
    return [os.path.commonprefix(each) for each in by_bucket.values()]  # noqa: RUF071  (S3 prefixes are text)


def _above(folder: str, by_location: Mapping[str, list[Partition]]) -> Iterator[Partition]:
    """Yield the partitions whose location is a folder or above it."""
    while "/" in folder.removeprefix("s3://"):
        yield from by_location.get(folder, ())
        folder = folder[:-1].rpartition("/")[0] + "/"
