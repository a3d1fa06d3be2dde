"""How a stored column becomes the declared one, where a cast alone would change its value."""

import re
from collections.abc import Sequence

from athena_local.formats.hive_types import TEXTS, HiveType, parse_type
from athena_local.tables.catalog import Table
from athena_local.tables.parquet_files import ParquetFile
from athena_local.tables.parquet_types import leaves_of, names_in

_BOUND = re.compile(r"varchar\((\d+)\)")


def holds_unmarked_texts(table: Table, file: ParquetFile) -> bool:
    """Tell whether a file's texts are not marked as such, as old writers leave them: DuckDB takes them for bytes."""
    text_columns = {column.name for column in table.columns if _has_text(column.type)}
    return any(
        names_in(path)[0].lower() in text_columns and (physical, logical) == ("BYTE_ARRAY", "None")
        for path, physical, logical in file.schema
    )


def stored_value(table: Table, files: Sequence[ParquetFile], column: str, quoted: str) -> str:
    """Return the expression of a column before its cast.

    Parameters
    ----------
    files
        With the same schema.
    quoted
        The column's name as an identifier.
    """
    if any(column in file.fine_times for file in files):
        half = "INTERVAL 500 MICROSECONDS"
        return f"time_bucket(INTERVAL 1 MILLISECOND, CAST({quoted} AS TIMESTAMP) + {half})"
    file = files[0]
    declared = next((each.type.strip().lower() for each in table.columns if each.name == column), "")
    if declared == "binary":
        is_text = any(leaf.is_text for leaf in leaves_of(file.schema, column)) or holds_unmarked_texts(table, file)
        return f"encode({quoted})" if is_text else quoted
    bound = _BOUND.fullmatch(declared)
    return f"left({quoted}, {bound.group(1)})" if bound else quoted


def _has_text(type_: str) -> bool:
    try:
        return _is_text(parse_type(type_))
    except ValueError:
        return False


def _is_text(type_: HiveType) -> bool:
    return type_.name in TEXTS or any(map(_is_text, type_.items))
