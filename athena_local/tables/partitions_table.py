"""What belongs to a table and is a table itself: ``"clicks$partitions"`` and ``"clicks$properties"``."""

from athena_local.errors import QueryError
from athena_local.tables.catalog import Catalog, Table
from athena_local.tables.local_rows import LocalRows, worked_out
from athena_local.tables.parquet_files import ParquetFile
from athena_local.tables.partition_names import NO_VALUE
from athena_local.tables.pruning import Pruner
from athena_local.tables.sources import TableName
from athena_local.tables.table_uses import TableUse

_PARTITIONS, _PROPERTIES = "$partitions", "$properties"


class PartitionsTables:
    """The partitions, and the properties, of Hive's tables.

    ``$partitions`` has a column per partition key, and a row per partition that is registered or projected.
    ``$properties`` has a column per property, and one row.
    """

    def __init__(self, *, catalog: Catalog, pruner: Pruner, rows: LocalRows) -> None:
        self._catalog = catalog
        self._pruner = pruner
        self._rows = rows

    def table(self, name: TableName) -> Table | None:
        """Return the table for a name with such a suffix."""
        base = self._base(name.database, name.name)
        if base is None:
            return None
        if name.name.endswith(_PARTITIONS):
            keys = {key.name: key.type for key in base.partition_keys}
            return worked_out(base.database, name.name, keys) if keys else None
        return worked_out(base.database, name.name, dict.fromkeys(_properties(base), "string"))

    def files(self, use: TableUse) -> list[ParquetFile]:
        """Return a file of the partitions that the conditions allow, or of the properties."""
        base = self._base(use.table.database, use.table.name)
        if base is None:
            return []
        if use.table.name.endswith(_PROPERTIES):
            return [self._rows.write(use.table, [tuple(_properties(base).values())])]
        of_base = TableUse(table=base, columns=frozenset(), predicates=use.conditions)
        values = self._pruner.partitions(of_base)
        return [self._rows.write(use.table, [tuple(map(_or_null, each)) for each in values])]

    def _base(self, database: str, name: str) -> Table | None:
        """Return the table before the suffix, if it is one of Hive's."""
        base, _, suffix = name.rpartition("$")
        if f"${suffix}" not in (_PARTITIONS, _PROPERTIES) or not base:
            return None
        table = self._catalog.table(database, base)
        return None if table is None or table.is_iceberg or table.view_sql is not None else table


def _properties(table: Table) -> dict[str, str]:
    names = [name.lower() for name in table.parameters]
    if not names or len(set(names)) < len(names):
        raise QueryError("NOT_SUPPORTED", f"{table.name}$properties has no columns, or two of one name: not offline")
    return {name.lower(): value for name, value in sorted(table.parameters.items())}


def _or_null(value: str) -> str | None:
    return None if value == NO_VALUE else value
