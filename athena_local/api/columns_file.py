"""The ``.metadata`` object beside a result: its columns, as Athena's drivers for JDBC and ODBC read them.

Athena does not document it. It is a message of protocol buffers, known from drivers that read it:

======  =====================================================================
field   of the file
======  =====================================================================
1       the engine's id of the query
2, 3    the kind of a statement that wrote rows, and their number
4       a column, for each of them: 1 catalog, 4 name, 5 label, 6 type,
        7 precision, 8 scale, 9 nullable (3: unknown), 10 case sensitive
======  =====================================================================

Which of a column's last fields are there depends on its type.
"""

from collections.abc import Iterable
from datetime import UTC, datetime

from athena_local.tables.types import OutputColumn

_UNKNOWN_NULLABLE = 3
_WITHOUT_PRECISION = ("boolean", "interval day to second", "interval year to month")
_BARE = ("array", "map", "row", "json", "string", "unknown")


def columns_file(
    query_id: str, columns: Iterable[OutputColumn], *, wrote: str | None = None, rows: int | None = None
) -> bytes:
    """Return the object's bytes.

    Parameters
    ----------
    wrote, rows
        The kind of a statement that wrote rows, such as ``INSERT``, and how many.
    """
    parts = [_text(1, query_id)]
    if wrote is not None:
        parts.append(_text(2, wrote))
    if rows is not None:
        parts.append(_number(3, rows))
    parts.extend(_bytes(4, _column(column)) for column in columns)
    return b"".join(parts)


def engine_query_id(execution_id: str, started: float, number: int) -> str:
    """Return an id in the engine's form, such as ``20260917_085344_00007_k6s5b``.

    Parameters
    ----------
    started
        Seconds since 1970.
    """
    moment = datetime.fromtimestamp(started, UTC)
    return f"{moment:%Y%m%d_%H%M%S}_{number % 100_000:05}_{execution_id[:5]}"


def _column(column: OutputColumn) -> bytes:
    shown = column.as_api()
    name, kind = str(shown["Name"]), str(shown["Type"])
    parts = [_text(1, str(shown["CatalogName"])), _text(4, name), _text(5, str(shown["Label"])), _text(6, kind)]
    if kind not in (*_BARE, *_WITHOUT_PRECISION, "date"):
        parts.append(_number(7, column.type.precision))
    if kind not in (*_BARE, *_WITHOUT_PRECISION):
        parts.append(_number(8, column.type.scale))
    parts.append(_number(9, _UNKNOWN_NULLABLE))
    if kind not in _BARE:
        parts.append(_number(10, int(bool(shown["CaseSensitive"]))))
    return b"".join(parts)


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _text(field: int, text: str) -> bytes:
    return _bytes(field, text.encode())


def _bytes(field: int, body: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(body)) + body


def _varint(value: int) -> bytes:
    written = bytearray()
    while value >= 0x80:
        written.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes((*written, value))
