"""DESCRIBE and SHOW COLUMNS: the columns of a table or view as lines, in Hive's form."""

from athena_local.analyzer.trino_types import from_hive
from athena_local.errors import QueryError
from athena_local.statements.storage_formats import CSV_SERDE, JSON_SERDES
from athena_local.tables.catalog import Column, Table
from athena_local.tables.types import OutputColumn, ResultType, Row

_FIELD = 20  # characters that Hive pads a name to
_BLANK = "\t \t "  # the line that Hive writes around a heading
_FROM_SERDE = "from deserializer"
DESCRIBED = tuple(
    OutputColumn(name=name, type=ResultType(name="string")) for name in ("col_name", "data_type", "comment")
)
VIEW_COLUMNS = tuple(OutputColumn(name=name, type=ResultType(name="varchar")) for name in ("column", "type"))


def as_hive_shows(columns: tuple[Column, ...], serde: str) -> tuple[Column, ...]:
    """Return columns as Hive shows them: some SerDes have no comments, and one has texts only.

    Parameters
    ----------
    serde
        The SerDe's class; what follows it is not looked at.
    """
    library = serde.partition(" ")[0]
    if library == CSV_SERDE:
        return tuple(Column(name=column.name, type="string", comment=_FROM_SERDE) for column in columns)
    if library in JSON_SERDES:
        return tuple(Column(name=column.name, type=column.type, comment=_FROM_SERDE) for column in columns)
    return columns


def described(table: Table) -> list[Row]:
    """Return the lines of DESCRIBE: the columns, and the partition keys once more.

    Raises
    ------
    QueryError
        ``NOT_SUPPORTED``: it is an Iceberg table.
    """
    if table.is_iceberg:
        raise QueryError("NOT_SUPPORTED", f"DESCRIBE {table.name} is not answered offline: it is an Iceberg table")
    lines = [_described(column) for column in (*as_hive_shows(table.columns, table.serde), *table.partition_keys)]
    if table.partition_keys:
        lines += [_BLANK, "# Partition Information\t \t ", _padded("# col_name", "data_type", "comment"), _BLANK]
        lines += [_described(key) for key in table.partition_keys]
    return [[line] for line in lines]


def described_view(view: Table) -> list[Row]:
    """Return the lines of DESCRIBE and SHOW COLUMNS for a view: names, and types as Trino writes them."""
    return [[f"{column.name}\t{from_hive(column.type)}"] for column in view.columns]


def shown_columns(table: Table) -> list[Row]:
    """Return the lines of SHOW COLUMNS; only Hive's tables have them padded."""
    return [[column.name if table.is_iceberg else column.name.ljust(_FIELD)] for column in table.all_columns]


def _described(column: Column) -> str:
    return _padded(column.name, column.type, column.comment).split("\n")[0]


def _padded(*values: str) -> str:
    """Return one line, which GetQueryResults gives as one value although the result has three columns.

    Of a comment with a tab, Athena shows what comes before it.
    """
    *others, last = (value.ljust(_FIELD) for value in values)
    return "\t".join([*others, last.split("\t")[0]])
