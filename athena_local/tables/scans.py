"""What a query reads of a table: partitions and objects, without reading them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from athena_local.tables.partition_names import NO_VALUE
from athena_local.tables.pruning import Pruner
from athena_local.tables.storage import StoredObject
from athena_local.tables.table_uses import TableUse

# A domain of more values is told by its bounds, as in Trino.
_MOST_VALUES = 32
_INTEGERS = ("tinyint", "smallint", "int", "integer", "bigint")


@dataclass(frozen=True, kw_only=True)
class Domain:
    """The values of one partition key.

    Attributes
    ----------
    ranges
        The least and the greatest value of each range, both inclusive.
    """

    has_null: bool
    ranges: tuple[tuple[str, str], ...]


class Scans:
    """The partitions and the objects that uses of Hive's tables need."""

    def __init__(self, pruner: Pruner) -> None:
        self._pruner = pruner

    def objects(self, use: TableUse) -> list[StoredObject] | None:
        """Return the objects that a query reads, by key; None for a table of another kind."""
        return [each.stored for each in self._pruner.objects(use)] if _is_hives(use) else None

    def domains(self, use: TableUse) -> dict[str, Domain] | None:
        """Return the values of each partition key that the predicates allow; None when no partition is left."""
        keys = use.table.partition_keys if _is_hives(use) else ()
        rows = self._pruner.partitions(use) if keys else [()]
        if not rows:
            return None
        return {key.name: _domain(key.type, [row[number] for row in rows]) for number, key in enumerate(keys)}


def _is_hives(use: TableUse) -> bool:
    return not use.table.is_distinct and not use.table.is_iceberg


def _domain(type_: str, values: Sequence[str]) -> Domain:
    known = [value for value in values if value != NO_VALUE]
    is_number = type_.lower() in _INTEGERS and all(re.fullmatch(r"-?\d+", value) for value in known)
    ordered = [str(number) for number in sorted(set(map(int, known)))] if is_number else sorted(set(known))
    ranges = [(value, value) for value in ordered]
    if len(ranges) > _MOST_VALUES:
        ranges = [(ordered[0], ordered[-1])]
    return Domain(has_null=NO_VALUE in values, ranges=tuple(ranges))
