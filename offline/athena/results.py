"""Results as Athena shows them: text values, a CSV object, and pages."""

import json
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa

from offline.athena.types import ResultType

Row = Sequence[str | None]
_Formatter = Callable[[Any], str]


@dataclass(frozen=True, kw_only=True)
class OutputColumn:
    """A column of a result."""

    name: str
    type: ResultType

    def as_api(self) -> dict[str, object]:
        """The `ColumnInfo` structure."""
        return {
            "CatalogName": "hive",
            "SchemaName": "",
            "TableName": "",
            "Name": self.name,
            "Label": self.name,
            "Type": self.type.name,
            "Precision": self.type.precision,
            "Scale": self.type.scale,
            "Nullable": "UNKNOWN",
            "CaseSensitive": self.type.name in ("varchar", "char"),
        }


# Values --------------------------------------------------------------------------------------------------------------


def rows_of(batch: pa.RecordBatch, zones: dict[int, str]) -> Iterator[Row]:
    """Format a batch; `zones` gives the time zone of columns that show a wall clock."""
    columns = [_texts(batch.column(number), zones.get(number)) for number in range(batch.num_columns)]
    return zip(*columns, strict=True)


def _texts(column: Any, zone: str | None) -> list[str | None]:
    form = _with_zone(zone) if zone else formatter(column.type)
    return [None if value is None else form(value) for value in column.to_pylist()]


def _with_zone(zone: str) -> _Formatter:
    return lambda value: f"{_timestamp(value)} {zone}"


def formatter(type_: pa.DataType) -> _Formatter:
    """How values of an Arrow type are written."""
    if isinstance(type_, pa.BaseExtensionType):
        return formatter(type_.storage_type) if not pa.types.is_fixed_size_binary(type_.storage_type) else str
    for recognises, form in _SCALARS:
        if recognises(type_):
            return form
    if pa.types.is_map(type_):
        return _map(formatter(type_.key_type), formatter(type_.item_type))
    if pa.types.is_list(type_) or pa.types.is_large_list(type_) or pa.types.is_fixed_size_list(type_):
        return _array(formatter(type_.value_type))
    if pa.types.is_struct(type_):
        return _row({field.name: formatter(field.type) for field in type_})
    return str


def java_double(value: float, digits: str | None = None) -> str:
    """A number as Java's Double.toString writes it: plain between 1e-3 and 1e7, else ``1.0E10``."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    text = digits or repr(value)
    if value == 0 or 1e-3 <= abs(value) < 1e7:
        plain = format(Decimal(text), "f")
        return plain if "." in plain else f"{plain}.0"
    sign, figures, exponent = Decimal(text).normalize().as_tuple()
    fraction = "".join(str(figure) for figure in figures[1:]) or "0"
    return f"{'-' if sign else ''}{figures[0]}.{fraction}E{int(exponent) + len(figures) - 1}"


def _timestamp(value: Any) -> str:
    return f"{value:%Y-%m-%d %H:%M:%S}.{value.microsecond // 1000:03d}"


def _zoned(value: Any) -> str:
    return f"{_timestamp(value.astimezone(ZoneInfo('UTC')))} UTC"


def _interval(value: Any) -> str:
    seconds, nanoseconds = divmod(value.nanoseconds, 10**9)
    if value.months:
        return f"{value.months // 12}-{value.months % 12}"
    return f"{value.days} {seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{nanoseconds // 10**6:03d}"


def _array(item: _Formatter) -> _Formatter:
    return lambda values: "[" + ", ".join(_or_null(item, value) for value in values) + "]"


def _map(key: _Formatter, item: _Formatter) -> _Formatter:
    return lambda pairs: "{" + ", ".join(f"{key(name)}={_or_null(item, value)}" for name, value in pairs) + "}"


def _row(fields: dict[str, _Formatter]) -> _Formatter:
    return lambda row: "{" + ", ".join(f"{name}={_or_null(form, row[name])}" for name, form in fields.items()) + "}"


def _or_null(form: _Formatter, value: Any) -> str:
    return "null" if value is None else form(value)


_SCALARS: list[tuple[Callable[[pa.DataType], bool], _Formatter]] = [
    (pa.types.is_boolean, lambda value: "true" if value else "false"),
    (pa.types.is_float32, lambda value: java_double(value, str(np.float32(value)))),
    (pa.types.is_float64, java_double),
    (pa.types.is_decimal, lambda value: format(value, "f")),
    (lambda type_: pa.types.is_timestamp(type_) and type_.tz is not None, _zoned),
    (pa.types.is_timestamp, _timestamp),
    (pa.types.is_binary, lambda value: value.hex(" ")),
    (pa.types.is_interval, _interval),
    (pa.types.is_time, lambda value: f"{value:%H:%M:%S}.{value.microsecond // 1000:03d}"),
]

# Files ---------------------------------------------------------------------------------------------------------------


def csv_line(row: Row) -> str:
    """One line as Athena writes it: every value quoted, NULL as nothing."""
    return ",".join("" if value is None else '"' + value.replace('"', '""') + '"' for value in row) + "\n"


class ResultFile:
    """A finished result on disk: one JSON array a line, so that a page starts at a byte offset."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def write(self, rows: Iterable[Row], *, csv: Path, header: Row | None) -> int:
        """Write rows here and as CSV; return how many.

        Without a header `csv` is what Athena makes of DDL and SHOW: tab-separated text.
        """
        count = 0
        with self._path.open("w", encoding="utf-8") as pages, csv.open("w", encoding="utf-8", newline="") as text:
            if header is not None:
                text.write(csv_line(header))
            for row in rows:
                pages.write(json.dumps(row, ensure_ascii=False) + "\n")
                text.write(csv_line(row) if header is not None else "\t".join(value or "" for value in row) + "\n")
                count += 1
        return count

    def page(self, offset: int, size: int) -> tuple[list[Row], int | None]:
        """Up to `size` rows from a byte offset, and the offset of the next page if there is one."""
        rows: list[Row] = []
        with self._path.open("rb") as pages:
            pages.seek(offset)
            for _ in range(size):
                line = pages.readline()
                if not line:
                    return rows, None
                rows.append(json.loads(line))
            following = pages.tell()
            return rows, following if pages.read(1) else None

    def remove(self) -> None:
        """Delete it."""
        self._path.unlink(missing_ok=True)
