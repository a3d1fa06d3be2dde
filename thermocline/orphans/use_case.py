"""The orphan sweep: old objects that neither a table nor the ledger refers to are deleted (ADR 37)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Set

import msgspec

from thermocline.clock import Clock
from thermocline.contracts import Contract
from thermocline.errors import ReferencesMissing
from thermocline.layout import generation_of, ids_prefix, table_prefix, warm_prefix
from thermocline.orphans.ports import FoundObject, NamingLedger, Objects, References
from thermocline.streams import contract_of, feeders


class Orphans(msgspec.Struct, frozen=True, kw_only=True):
    """What nothing refers to.

    Attributes
    ----------
    listed
        Objects below the table's prefixes.
    bytes
        Size of the orphans.
    deleted
        False after a dry run.
    """

    table: str
    listed: int
    keys: tuple[str, ...]
    bytes: int
    deleted: bool


class SweepOrphans:
    """Looks for the orphans of a table.

    Parameters
    ----------
    safe_age
        A younger object is left alone: a change that will refer to it may be under way. It must be longer than the
        longest promotion, rewriting or attempt takes from its first file to its commit.
    """

    def __init__(
        self,
        *,
        objects: Objects,
        references: References,
        ledger: NamingLedger,
        contracts: Mapping[str, Contract],
        clock: Clock,
        safe_age: dt.timedelta,
    ) -> None:
        self._objects = objects
        self._references = references
        self._ledger = ledger
        self._contracts = contracts
        self._clock = clock
        self._safe_age = safe_age

    def __call__(self, table: str, *, dry_run: bool = True) -> Orphans:
        """Find the table's orphans, warm and hot, and delete them unless it is a dry run.

        The bucket is listed before the references are read: what is committed between the two is referred to by then.

        Raises
        ------
        UnknownStream
            No contract has this name.
        ReferencesMissing
            The table refers to nothing at all, which no table does.
        """
        contract_of(table, self._contracts)
        old_before = self._clock() - self._safe_age
        listed = list(self._listed(table))
        referenced = self._referenced(table)
        old = [found for found in listed if found.last_modified <= old_before and found.key not in referenced]
        named = self._named(table, {gen for found in old if (gen := generation_of(found.key))})
        orphans = [found for found in old if found.key not in named]
        if not dry_run:
            self._objects.delete([found.key for found in orphans])
        return Orphans(
            table=table,
            listed=len(listed),
            keys=tuple(found.key for found in orphans),
            bytes=sum(found.bytes for found in orphans),
            deleted=not dry_run,
        )

    def _listed(self, table: str) -> Iterator[FoundObject]:
        yield from self._objects.objects(warm_prefix(table))
        yield from self._objects.objects(ids_prefix(table))
        # An object beside the partitions is none of convert's, so that no entry could name it.
        yield from (found for found in self._objects.objects(table_prefix(table)) if generation_of(found.key))

    def _referenced(self, table: str) -> set[str]:
        referenced = self._references.referenced(table)
        if not referenced:
            raise ReferencesMissing(f"the warm table of {table} refers to no object: restore it before you sweep")
        return referenced

    def _named(self, table: str, gens: Set[str]) -> set[str]:
        return {
            file.key
            for gen in gens
            for stream in feeders(table, self._contracts)
            for entry in self._ledger.entries(stream, gen)
            for file in entry.files_of(table)
        }
