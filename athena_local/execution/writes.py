"""CREATE TABLE AS, INSERT INTO and UNLOAD: a query's rows into a table, or into objects."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from athena_local.analyzer.hive_types import check_insert, hive_type, iceberg_type
from athena_local.analyzer.trino_types import UNKNOWN, Type, from_hive
from athena_local.errors import QueryError
from athena_local.execution.inner_query import InnerQuery
from athena_local.execution.requests import Answer
from athena_local.execution.table_rows import QueryColumn, table_rows
from athena_local.execution.unload import unload
from athena_local.statements.write_forms import CREATE, UNLOAD, WriteForm, write_form
from athena_local.tables.catalog import Catalog, Column, Table, as_folder
from athena_local.tables.hive_writing import already_exists
from athena_local.tables.new_tables import is_iceberg
from athena_local.tables.objects import ObjectWriter, check_target
from athena_local.tables.sources import TableName, TableSource
from athena_local.tables.types import OutputColumn, ResultType
from athena_local.tables.writing import NewTable, TableWriter, Written

_ROWS = (OutputColumn(name="rows", type=ResultType(name="bigint", precision=19)),)
_NOTHING_READ = Answer(columns=(), rows=())
_ENFORCED = (
    "The Create Table As Select query failed because it was submitted with an 'external_location' property to an "
    "Athena Workgroup that enforces a centralized output location for all queries. Please remove the "
    "'external_location' property and resubmit the query."
)


class Writes:
    """The statements that write rows, on kinds of tables.

    Parameters
    ----------
    hive, iceberg
        What writes tables of these kinds; without the second, Iceberg tables are refused.
    """

    def __init__(
        self,
        *,
        catalog: Catalog,
        tables: TableSource,
        objects: ObjectWriter,
        hive: TableWriter,
        iceberg: TableWriter | None = None,
    ) -> None:
        self._catalog = catalog
        self._tables = tables
        self._objects = objects
        self._hive = hive
        self._iceberg = iceberg

    def run(self, inner: InnerQuery) -> Answer:
        """Run a ``write`` statement completely, or change nothing.

        Raises
        ------
        QueryError
            It is refused or fails, under Trino's name.
        """
        form = write_form(inner.request.statement.text)
        if form.kind == CREATE:
            return self._create(form, inner)
        if form.kind == UNLOAD:
            return _answer(*unload(form, inner, self._objects))
        return self._insert(form, inner)

    # CREATE TABLE AS -------------------------------------------------------------------------------------------------

    def _create(self, form: WriteForm, inner: InnerQuery) -> Answer:
        database = self._database(form, inner)
        if form.columns is not None:
            raise QueryError("NOT_SUPPORTED", "names of columns before AS are not supported offline: use aliases")
        if self._tables.table(TableName(database=database, name=form.name)) is not None:
            if form.if_not_exists:
                return _answer(Written(rows=0), _NOTHING_READ)
            raise already_exists(database, form.name)
        iceberg = is_iceberg(form.properties)
        writer = self._writer(is_iceberg=iceberg)
        to_type: Callable[[Type, str], str] = iceberg_type if iceberg else hive_type
        described = inner.columns(form.query, named=True)
        columns = tuple(Column(name=column.name, type=to_type(column.type, column.name)) for column in described)
        table = NewTable(
            database=database,
            name=form.name,
            columns=columns,
            location=self._new_location(form, inner, database),
            properties=form.properties,
        )
        batches, read = inner.rows(form.query) if form.with_data else (iter(()), _NOTHING_READ)
        rows = table_rows(batches, columns, range(len(columns)), rounds=not iceberg)
        return _answer(writer.create(table, rows, inner.stopped), read)

    def _new_location(self, form: WriteForm, inner: InnerQuery, database: str) -> str:
        request = inner.request
        stated = form.properties.get("external_location") or form.properties.get("location")
        if stated and request.enforced and "external_location" in form.properties:
            raise QueryError("INVALID_TABLE_PROPERTY", _ENFORCED)
        folder = as_folder(str(stated)) if stated else f"{request.output_folder}tables/{request.execution_id}/"
        check_target(self._objects, folder, f"{database}.{form.name}")
        return folder

    # INSERT INTO -----------------------------------------------------------------------------------------------------

    def _insert(self, form: WriteForm, inner: InnerQuery) -> Answer:
        database = self._database(form, inner)
        table = self._tables.table(TableName(database=database, name=form.name))
        if table is not None and table.view_sql is not None:
            raise QueryError("NOT_SUPPORTED", "line 1:1: Inserting into views is not supported")
        if "$" in form.name:
            raise QueryError("NOT_SUPPORTED", f"line 1:1: '{form.name}' is no table that rows are written to")
        described = inner.columns(form.query, named=False)
        if table is None:
            message = f"line 1:1: Table 'awsdatacatalog.{database}.{form.name}' does not exist"
            raise QueryError("TABLE_NOT_FOUND", message)
        writer = self._writer(is_iceberg=table.is_iceberg)
        names = _insert_columns(form, table)
        types = {column.name: from_hive(column.type) for column in table.all_columns}
        check_insert([types[name] for name in names], [column.type for column in described])
        batches, read = inner.rows(_cast_query(form.query, described, [types[name] for name in names]))
        sources = [names.index(column.name) if column.name in names else None for column in table.all_columns]
        described_types = [column.type for column in described]
        rows = table_rows(batches, table.all_columns, sources, types=described_types, rounds=not table.is_iceberg)
        return _answer(writer.insert(table, rows, inner.stopped), read)

    def _writer(self, *, is_iceberg: bool) -> TableWriter:
        if not is_iceberg:
            return self._hive
        if self._iceberg is None:
            raise QueryError("NOT_SUPPORTED", "Iceberg tables are not written offline")
        return self._iceberg

    def _database(self, form: WriteForm, inner: InnerQuery) -> str:
        database = form.database or inner.request.database
        if database not in self._catalog.database_names():
            raise QueryError("SCHEMA_NOT_FOUND", f"line 1:1: Schema '{database}' does not exist")
        return database


def _answer(written: Written, read: Answer) -> Answer:
    """Return the answer of a statement that writes, which reads what its query does."""
    return replace(read, columns=_ROWS, rows=(), types=(), has_header=False, update_count=written.rows, written=written)


def _insert_columns(form: WriteForm, table: Table) -> list[str]:
    known = [column.name for column in table.all_columns]
    names = known if form.columns is None else list(form.columns)
    for number, name in enumerate(names):
        if name not in known:
            message = f"line 1:1: Insert column name does not exist in target table: {name}"
            raise QueryError("COLUMN_NOT_FOUND", message)
        if name in names[:number]:
            message = f"line 1:1: Insert column name is specified more than once: {name}"
            raise QueryError("DUPLICATE_COLUMN_NAME", message)
    return names


def _cast_query(query: str, columns: Sequence[QueryColumn], types: Sequence[Type]) -> str:
    """Return the query with casts to the table's types, as Trino adds them; NULL and texts, checked later, stay."""
    casts = []
    for number, (column, type_) in enumerate(zip(columns, types, strict=True)):
        stays = column.type in (type_, UNKNOWN) or column.type.name == type_.name == "varchar"
        casts.append(f"c{number}" if stays else f"CAST(c{number} AS {type_})")
    if not any(cast.startswith("CAST") for cast in casts):
        return query
    names = ", ".join(f"c{number}" for number in range(len(columns)))
    return f"SELECT {', '.join(casts)} FROM (\n{query}\n) AS inserted ({names})"  # noqa: S608  (it is parsed again)
