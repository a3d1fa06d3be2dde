"""How a test reads the bytes of an object."""

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from athena_local.formats.decode import check_layout, decode, failures_of
from athena_local.formats.layout import Layout

LAZY = "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe"
CSV = "org.apache.hadoop.hive.serde2.OpenCSVSerde"
OPENX = "org.openx.data.jsonserde.JsonSerDe"
HIVE_JSON = "org.apache.hive.hcatalog.data.JsonSerDe"


def layout(serde: str, columns: dict[str, str], properties: dict[str, str] | None = None) -> Layout:
    return Layout(serde=serde, properties=Layout.reading(properties or {}), columns=tuple(columns.items()))


def read(
    folder: Path,
    serde: str,
    columns: dict[str, str],
    content: bytes,
    properties: dict[str, str] | None = None,
    key: str = "a.txt",
) -> list[tuple[Any, ...]]:
    """Return the rows."""
    return rows_and_failures(folder, layout(serde, columns, properties), content, key)[0]


def rows_and_failures(
    folder: Path, how: Layout, content: bytes, key: str = "a.txt"
) -> tuple[list[tuple[Any, ...]], dict[str, tuple[str, str]]]:
    check_layout(how)
    path = folder / "decoded.parquet"
    decode(content, key, how, path)
    rows = [tuple(row.values()) for row in pq.read_table(path).to_pylist()]
    return rows, failures_of(pq.read_metadata(path))
