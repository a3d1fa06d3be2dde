"""Files that do not hold what their table says: an error for the queries that use such a column."""

from collections.abc import Sequence

from athena_local.errors import QueryError
from athena_local.formats.hive_types import HiveType, parse_type
from athena_local.formats.rows import ANY_COLUMN
from athena_local.tables.parquet_files import ParquetFile
from athena_local.tables.parquet_types import incompatible, leaves_of
from athena_local.tables.table_uses import TableUse


def check_files(use: TableUse, files: Sequence[ParquetFile]) -> None:
    """Refuse files with a column that the query needs and that cannot be read.

    Raises
    ------
    QueryError
        ``HIVE_BAD_DATA``, ``HIVE_CURSOR_ERROR`` or ``NOT_SUPPORTED``.
    """
    types = {column.name: _type(column.type) for column in use.table.columns if column.name in use.columns}
    if not types:
        return
    if chars := [name for name, type_ in types.items() if type_ is not None and any(map(_has_char, type_.items))]:
        raise QueryError("NOT_SUPPORTED", f"char(n) inside of other types is not read offline: {', '.join(chars)}")
    schemas = set()
    for file in files:
        for column in (ANY_COLUMN, *types) if file.failures else ():
            if column in file.failures:
                name, message = file.failures[column]
                raise QueryError(name, f"{message} ({file.address})")
        if file.schema not in schemas:
            schemas.add(file.schema)
            _check_types(types, file)


def _check_types(types: dict[str, HiveType | None], file: ParquetFile) -> None:
    for column, type_ in types.items():
        leaves = leaves_of(file.schema, column)
        if type_ is not None and (leaf := incompatible(type_, leaves)) is not None:
            stored = ".".join((column, *leaf.path))
            raise QueryError(
                "HIVE_BAD_DATA",
                f"Field {stored}'s type {leaf.physical} in parquet file {file.address} "
                f"is incompatible with type {type_.name} defined in table schema",
            )


def _has_char(type_: HiveType) -> bool:
    """Tell whether a type has texts of one length in it."""
    return type_.name == "char" or any(map(_has_char, type_.items))


def _type(text: str) -> HiveType | None:
    try:
        return parse_type(text)
    except ValueError:
        return None
