"""information_schema: the catalog as tables."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from sqlglot import exp

from athena_local.errors import QueryError
from athena_local.tables.catalog import Catalog, Column, Table
from athena_local.tables.local_rows import LocalRows, worked_out
from athena_local.tables.parquet_files import ParquetFile
from athena_local.tables.pruning import PartitionFilter
from athena_local.tables.sources import TableName, TableSource
from athena_local.tables.table_uses import TableUse, static_values

SCHEMA = "information_schema"
_CATALOG = "awsdatacatalog"
# Up to this many names are looked up one by one instead of listing their database.
_LOOKED_UP_SINGLY = 20
_TABLE = ("table_catalog", "table_schema", "table_name")
_NAMES: dict[str, tuple[str, ...]] = {
    "schemata": ("catalog_name", "schema_name"),
    "tables": (*_TABLE, "table_type"),
    "views": (*_TABLE, "view_definition"),
    "columns": (*_TABLE, "column_name", "ordinal_position", "column_default", "is_nullable", "data_type"),
    "table_privileges": (
        "grantor", "grantor_type", "grantee", "grantee_type", *_TABLE, "privilege_type", "is_grantable",
        "with_hierarchy",
    ),
    "applicable_roles": ("grantee", "grantee_type", "role_name", "is_grantable"),
    "enabled_roles": ("role_name",),
    "roles": ("role_name",),
}  # fmt: skip
_HIDDEN = {"columns": {"comment": "string", "extra_info": "string"}}
_Rows = Iterator[Sequence[str | None]]


class InformationSchema:
    """The tables of ``information_schema``.

    Parameters
    ----------
    keep
        The filter of names by a query's conditions.
    type_text
        A Hive type → Trino's text for it.
    iceberg
        What knows the columns of Iceberg tables, whose types in Glue are not exact; without it, those are shown.
    """

    def __init__(
        self,
        *,
        catalog: Catalog,
        rows: LocalRows,
        keep: PartitionFilter,
        type_text: Callable[[str], str],
        iceberg: TableSource | None = None,
    ) -> None:
        self._catalog = catalog
        self._rows = rows
        self._keep = keep
        self._type_text = type_text
        self._iceberg = iceberg

    def table(self, name: TableName) -> Table | None:
        """Return a table of the schema."""
        if name.database != SCHEMA or name.name not in _NAMES:
            return None
        types = {each: "bigint" if each == "ordinal_position" else "string" for each in _NAMES[name.name]}
        return worked_out(SCHEMA, name.name, types, hidden=_HIDDEN.get(name.name))

    def files(self, use: TableUse) -> list[ParquetFile]:
        """Return a file of the rows in the databases, and for the tables, that the conditions allow.

        Raises
        ------
        QueryError
            ``NOT_SUPPORTED``: there are no roles and no privileges.
        """
        name = use.table.name
        if name == "schemata":
            return [self._rows.write(use.table, [(_CATALOG, each) for each in self._databases(use, "schema_name")])]
        rows_of = {"tables": _table_rows, "views": _view_rows, "columns": self._column_rows}.get(name)
        if rows_of is None:
            what = "table privileges" if name == "table_privileges" else "roles"
            raise QueryError("NOT_SUPPORTED", f"This connector does not support {what}")
        return [self._rows.write(use.table, [row for table in self._tables(use) for row in rows_of(table)])]

    def _databases(self, use: TableUse, column: str) -> list[str]:
        names = sorted({*self._catalog.database_names(), SCHEMA})
        conditions = [each for each in use.conditions if {part.name for part in each.find_all(exp.Column)} == {column}]
        if not conditions:
            return names
        key = Table(
            database=SCHEMA, name=use.table.name, columns=(), partition_keys=(Column(name=column, type="string"),)
        )
        return [name for (name,) in self._keep(key, [(name,) for name in names], conditions)]

    def _tables(self, use: TableUse) -> Iterator[Table]:
        wanted = static_values(replace(use, predicates=use.conditions), "table_name")
        for database in self._databases(use, "table_schema"):
            if database == SCHEMA:
                yield from filter(None, (self.table(TableName(database=SCHEMA, name=name)) for name in _NAMES))
            elif wanted is not None and len(set(wanted)) <= _LOOKED_UP_SINGLY:
                yield from filter(None, (self._catalog.table(database, name) for name in sorted(set(wanted))))
            else:
                yield from self._catalog.tables(database)

    def _column_rows(self, table: Table) -> _Rows:
        if table.is_iceberg and self._iceberg:
            table = _exact(self._iceberg, table)
        keys = {key.name for key in table.partition_keys}
        for number, column in enumerate(table.all_columns, start=1):
            type_ = table.view_types.get(column.name) or self._type_text(column.type)
            info = "partition key" if column.name in keys else None
            yield *_named(table), column.name, str(number), None, "YES", type_, column.comment or None, info


def _exact(source: TableSource, table: Table) -> Table:
    """Return a table with its own columns; with none when it cannot be read, as Trino leaves it out."""
    try:
        return source.table(TableName(database=table.database, name=table.name)) or table
    except QueryError:
        return replace(table, columns=())


def _named(table: Table) -> tuple[str, str, str]:
    return _CATALOG, table.database, table.name


def _table_rows(table: Table) -> _Rows:
    yield *_named(table), "BASE TABLE" if table.view_sql is None else "VIEW"


def _view_rows(table: Table) -> _Rows:
    if table.view_sql is not None:
        yield *_named(table), table.view_sql
