"""A table's files as a DuckDB query with the columns and types that Glue declares."""

import re
from collections.abc import Collection, Sequence
from itertools import groupby

from athena_local.errors import QueryError
from athena_local.syntax.quotes import literal, quoted
from athena_local.tables.catalog import Table
from athena_local.tables.hidden import file_facts, is_file_fact
from athena_local.tables.parquet_files import ParquetFile
from athena_local.tables.stored_columns import holds_unmarked_texts, stored_value
from athena_local.tables.types import duckdb_type

_LOCAL = "local path"


def relation(table: Table, files: Sequence[ParquetFile], *, hidden: Collection[str] = ()) -> str:
    """Return the query.

    Files with the same schema are one scan. A column that a file lacks is NULL, and a column of another type is cast.
    A table without files still has its columns.

    Parameters
    ----------
    hidden
        The names of the hidden columns that the query needs, which come last.
    """
    types = column_types(table)
    shown = {column.name: duckdb_type(column.type) for column in table.hidden if column.name in hidden}
    groups = groupby(sorted(files, key=lambda file: file.schema), key=lambda file: file.schema)
    scans = [_scan(table, types, shown, list(group)) for _, group in groups]
    if not scans:
        return _empty(types | shown)
    together = "\nUNION ALL ".join(scans)
    return f"SELECT DISTINCT * FROM ({together})" if table.is_distinct and len(files) > 1 else together  # noqa: S608


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


def _empty(types: dict[str, str]) -> str:
    columns = [f"CAST(NULL AS {type_}) AS {quoted(name)}" for name, type_ in types.items()]
    return f"SELECT {', '.join(columns)} WHERE false"


def _scan(table: Table, types: dict[str, str], hidden: dict[str, str], files: list[ParquetFile]) -> str:
    keys = {key.name for key in table.partition_keys}
    facts = {name: type_ for name, type_ in hidden.items() if is_file_fact(name)}
    present = set(files[0].column_bytes) | keys | set(facts)
    lengths = {column.name: _char_length(column.type) for column in table.all_columns}
    stored = {
        name: stored_value(table, files, name, quoted(name)) if name in present else "NULL" for name in types | hidden
    }
    columns = [
        f"{_padded(f'CAST({stored[name]} AS {type_})', lengths.get(name))} AS {quoted(name)}"
        for name, type_ in (types | hidden).items()
    ]
    source = _read(table, files, {key: types[key] for key in types if key in keys}, bool(facts))
    if facts:
        rows = ", ".join(f"({literal(file.path)}, {_texts(file_facts(table, file), facts)})" for file in files)
        names = ", ".join(map(quoted, (_LOCAL, *facts)))
        source += f" JOIN (VALUES {rows}) AS facts({names}) USING ({quoted(_LOCAL)})"
    return f"SELECT {', '.join(columns)} FROM {source}"  # noqa: S608  (every name is quoted)


def _texts(facts: dict[str, str], names: Collection[str]) -> str:
    return ", ".join(literal(facts[name]) if facts[name] else "NULL" for name in names)


def _char_length(hive: str) -> int | None:
    match = re.fullmatch(r"char\((\d+)\)", hive.strip().lower())
    return int(match[1]) if match else None


def _padded(text: str, length: int | None) -> str:
    """Return a text of char(n) with all its characters: files leave blanks at the end out."""
    return text if length is None else f"rpad({text}, {length}, ' ')"


def _read(table: Table, files: list[ParquetFile], partition_types: dict[str, str], with_path: bool) -> str:
    paths = ", ".join(literal(file.path) for file in files)
    options = ["hive_partitioning = false"]
    if partition_types:
        types = ", ".join(f"{quoted(key)}: {literal(type_)}" for key, type_ in partition_types.items())
        options = ["hive_partitioning = true", f"hive_types = {{{types}}}"]
    if holds_unmarked_texts(table, files[0]):
        options.append("binary_as_string = true")
    if with_path:
        options.append(f"filename = {literal(_LOCAL)}")
    return f"read_parquet([{paths}], {', '.join(options)})"
