"""An object in any format, decoded once into a local Parquet file with the table's columns."""

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from athena_local.formats.csv_lines import CsvRows
from athena_local.formats.delimited import DelimitedRows
from athena_local.formats.hive_json import HiveJsonRows
from athena_local.formats.hive_types import arrow_type
from athena_local.formats.layout import Layout, UnreadableError
from athena_local.formats.lines import lines
from athena_local.formats.openx_json import OpenXRows
from athena_local.formats.orc_files import orc_batches
from athena_local.formats.rows import Failures, RowReader

_BATCH_ROWS = 10_000
_BATCH_BYTES = 2 << 20
_FAILURES = "athena_local.failures"

ORC = "org.apache.hadoop.hive.ql.io.orc.OrcSerde"
_READERS: dict[str, Callable[[Layout], RowReader]] = {
    "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe": DelimitedRows,
    "org.apache.hadoop.hive.serde2.OpenCSVSerde": CsvRows,
    "org.openx.data.jsonserde.JsonSerDe": OpenXRows,
    "org.apache.hive.hcatalog.data.JsonSerDe": HiveJsonRows,
    "org.apache.hadoop.hive.serde2.JsonSerDe": HiveJsonRows,
}


def check_layout(layout: Layout) -> None:
    """Refuse a layout that cannot be read.

    Raises
    ------
    UnreadableError
        Its SerDe, a property or a type is not read offline.
    """
    _schema(layout)
    if layout.serde == ORC:
        return
    if layout.serde not in _READERS:
        raise UnreadableError(f"tables with SerDe '{layout.serde}' are not read offline")
    layout.count("skip.header.line.count")
    layout.count("skip.footer.line.count")
    _READERS[layout.serde](layout)


def decode(content: bytes, key: str, layout: Layout, to: Path) -> None:
    """Write an object's rows as a Parquet file.

    Values that are not valid are NULL there; `failures_of` tells which columns have one.

    Parameters
    ----------
    key
        The object's name; its extension tells the compression of text.

    Raises
    ------
    UnreadableError, MalformedError
        It is not what the layout says, or not read offline.
    """
    failures = Failures()
    schema = _schema(layout)
    if layout.serde == ORC:
        batches = orc_batches(content, key, layout, failures)
    else:
        batches = _batches(lines(content, key, layout), _READERS[layout.serde](layout), schema, failures)
    with pq.ParquetWriter(to, schema, compression="zstd") as writer:
        for batch in batches:
            writer.write_batch(batch)
        writer.add_key_value_metadata({_FAILURES: json.dumps(failures.by_column)})


def failures_of(metadata: pq.FileMetaData) -> dict[str, tuple[str, str]]:
    """Return the failures of a decoded file by column; `ANY_COLUMN` is one of every query that reads a column."""
    stored = (metadata.metadata or {}).get(_FAILURES.encode(), b"{}")
    return {column: (name, message) for column, (name, message) in json.loads(stored).items()}


def _schema(layout: Layout) -> pa.Schema:
    if not layout.columns:
        raise UnreadableError("a table without columns is not read offline")
    try:
        return pa.schema([(name, arrow_type(type_)) for name, type_ in zip(layout.names, layout.types, strict=True)])
    except (ValueError, pa.ArrowException) as error:
        raise UnreadableError(f"{error} in a table with SerDe '{layout.serde}'") from error


def _batches(
    rows: Iterator[bytes], reader: RowReader, schema: pa.Schema, failures: Failures
) -> Iterator[pa.RecordBatch]:
    while some := list(_some(rows)):
        columns = zip(*(reader.row(line, failures) for line in some), strict=True)
        arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
        yield pa.RecordBatch.from_arrays(arrays, schema=schema)


def _some(rows: Iterable[bytes]) -> Iterator[bytes]:
    """Yield as many lines as a batch should have."""
    size = 0
    for row in islice(rows, _BATCH_ROWS):
        yield row
        size += len(row)
        if size > _BATCH_BYTES:
            return
