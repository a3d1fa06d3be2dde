"""A table's files as a DuckDB query with the columns and types that Glue declares."""

import re
from collections.abc import Sequence
from itertools import groupby

from athena_local.errors import QueryError
from athena_local.tables.analysis import PATH_COLUMN
from athena_local.tables.catalog import Table
from athena_local.tables.storage import ParquetFile
from athena_local.tables.types import duckdb_type

_LOCAL = "local path"


def quoted(name: str) -> str:
    """Return a name as a quoted identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Return a text as a string literal."""
    return "'" + text.replace("'", "''") + "'"


def relation(table: Table, files: Sequence[ParquetFile], *, with_path: bool) -> str:
    """Return the query.

    Files with the same schema are one scan. A column that a file lacks is NULL, and a column of another type is cast.
    A table without files still has its columns.

    Parameters
    ----------
    with_path
        Whether the query needs the hidden column ``$path``.
    """
    types = column_types(table)
    groups = groupby(sorted(files, key=lambda file: file.schema), key=lambda file: file.schema)
    scans = [_scan(table, types, list(group), with_path) for _, group in groups]
    return "\nUNION ALL ".join(scans) if scans else _empty(types, with_path)


def column_types(table: Table) -> dict[str, str]:
    """Return DuckDB's type of each column, in order.

    Raises
    ------
    QueryError
        ``NOT_SUPPORTED`` for a type that the engine lacks.
    """
    try:
        return {column.name: duckdb_type(column.type) for column in table.all_columns}
    except ValueError as error:
        raise QueryError("NOT_SUPPORTED", f"{error} in table {table.database}.{table.name}") from error


def _empty(types: dict[str, str], with_path: bool) -> str:
    columns = [f"CAST(NULL AS {type_}) AS {quoted(name)}" for name, type_ in types.items()]
    if with_path:
        columns.append(f"CAST(NULL AS VARCHAR) AS {quoted(PATH_COLUMN)}")
    return f"SELECT {', '.join(columns)} WHERE false"


def _scan(table: Table, types: dict[str, str], files: list[ParquetFile], with_path: bool) -> str:
    keys = {key.name for key in table.partition_keys}
    present = set(files[0].column_bytes) | keys
    lengths = {column.name: _char_length(column.type) for column in table.all_columns}
    stored = {name: quoted(name) if name in present else "NULL" for name in types}
    columns = [
        f"{_padded(f'CAST({stored[name]} AS {type_})', lengths[name])} AS {quoted(name)}"
        for name, type_ in types.items()
    ]
    source = _read(files, {key: types[key] for key in types if key in keys}, with_path)
    if with_path:
        columns.append(f"address AS {quoted(PATH_COLUMN)}")
        addresses = ", ".join(f"({literal(file.path)}, {literal(file.address)})" for file in files)
        source += f" JOIN (VALUES {addresses}) AS paths({quoted(_LOCAL)}, address) USING ({quoted(_LOCAL)})"
    return f"SELECT {', '.join(columns)} FROM {source}"  # noqa: S608  (every name is quoted)


def _char_length(hive: str) -> int | None:
    match = re.fullmatch(r"char\((\d+)\)", hive.strip().lower())
    return int(match[1]) if match else None


def _padded(text: str, length: int | None) -> str:
    """Return a text of char(n) with all its characters: files leave blanks at the end out."""
    return text if length is None else f"rpad({text}, {length}, ' ')"


def _read(files: list[ParquetFile], partition_types: dict[str, str], with_path: bool) -> str:
    paths = ", ".join(literal(file.path) for file in files)
    options = ["hive_partitioning = false"]
    if partition_types:
        types = ", ".join(f"{quoted(key)}: {type_}" for key, type_ in partition_types.items())
        options = ["hive_partitioning = true", f"hive_types = {{{types}}}"]
    if with_path:
        options.append(f"filename = {literal(_LOCAL)}")
    return f"read_parquet([{paths}], {', '.join(options)})"
