"""Columns that a query must name: Hive's facts about the file of a row."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

from sqlglot import exp

from athena_local.errors import QueryError
from athena_local.tables.catalog import Column, Table
from athena_local.tables.parquet_files import ParquetFile
from athena_local.tables.partition_names import partition_name as name_of

FILE_COLUMNS = (
    Column(name="$path", type="string"),
    Column(name="$file_size", type="bigint"),
    Column(name="$file_modified_time", type="timestamp with time zone"),
)
PARTITION_COLUMN = Column(name="$partition", type="string")


def with_hidden_columns(table: Table) -> Table:
    """Return a table of files with its hidden columns; a view has none."""
    if table.view_sql is not None:
        return table
    return replace(table, hidden=(*FILE_COLUMNS, PARTITION_COLUMN) if table.partition_keys else FILE_COLUMNS)


def is_file_fact(name: str) -> bool:
    """Tell whether a hidden column says something about the file; others are columns in it."""
    return name.startswith("$")


def file_facts(table: Table, file: ParquetFile) -> dict[str, str]:
    """Return the texts of the hidden columns for the rows of one file."""
    return {
        "$path": file.address,
        "$file_size": str(file.size),
        "$file_modified_time": file.modified.isoformat() if file.modified else "",
        "$partition": partition_name(table, _values(table, file)),
    }


def partition_name(table: Table, values: list[str]) -> str:
    """Return Hive's name of a partition, such as ``year=2026/city=a%2Fb``."""
    return name_of([key.name for key in table.partition_keys], values)


def _values(table: Table, file: ParquetFile) -> list[str]:
    """Return the values of the file's partition, which its local folders have."""
    folders = Path(file.path).parts[:-1][-len(table.partition_keys) :] if table.partition_keys else ()
    return [unquote(folder.partition("=")[2]) for folder in folders]


def keep_hidden(tree: exp.Expr, shown: Mapping[str, set[str]]) -> None:
    """Take the hidden columns that a query names out of its stars.

    Parameters
    ----------
    tree
        A query of `resolve`; it is changed in place.
    shown
        The hidden columns that each table of the query has in the engine, by the table's name in the tree.
    """
    for table in list(tree.find_all(exp.Table)):
        select = table.parent_select
        if isinstance(select, exp.Select) and shown.get(table.name):
            for star in _stars(select, table.alias_or_name):
                left_out = {each.name for each in star.args.get("except_") or ()} | shown[table.name]
                _check_others(select, star, left_out)
                star.set("except_", [exp.to_identifier(name, quoted=True) for name in sorted(left_out)])


def _stars(select: exp.Select, alias: str) -> list[exp.Star]:
    columns = [
        each.this
        for each in select.expressions
        if isinstance(each, exp.Column) and isinstance(each.this, exp.Star) and each.table.lower() == alias.lower()
    ]
    return [*columns, *(each for each in select.expressions if isinstance(each, exp.Star))]


def _check_others(select: exp.Select, star: exp.Star, names: set[str]) -> None:
    """Refuse ``*`` where a subquery has a column of such a name, which belongs to it."""
    first: exp.From | None = select.args.get("from_")
    sources = [each.this for each in (first, *(select.args.get("joins") or ())) if each]
    others = [each for each in sources if not isinstance(each, exp.Table)]
    common = [each for with_ in select.root().find_all(exp.With) for each in with_.expressions]
    if any(isinstance(each, exp.Table) and each.name in {named.alias for named in common} for each in sources):
        others += common
    named = {node.output_name for other in others for node in other.find_all(exp.Column, exp.Alias)}
    if isinstance(star.parent, exp.Select) and named & names:
        message = f"a star beside a subquery's column {min(named & names)} is not supported offline"
        raise QueryError("NOT_SUPPORTED", message)
