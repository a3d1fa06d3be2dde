"""Arrow tables → Parquet bytes. The same tables always give the same bytes."""

from __future__ import annotations

import struct
import tempfile
from types import TracebackType
from typing import IO, Any, Self, cast

import pyarrow as pa
import pyarrow.parquet as pq

# About four blocks of NDJSON: large enough for queries, small enough to be written while the next ones are read.
_ROW_GROUP_BYTES = 16 * 1024 * 1024
# Beyond it a column's values hardly repeat, and a dictionary would only take time and room.
_DICTIONARY_BYTES = 100_000
# Most files are smaller; a larger one goes to the disk, so that memory does not grow with the object.
_LARGEST_IN_MEMORY = 32 * 1024 * 1024


class ParquetFile:
    """A zstd-compressed Parquet file, to which tables are added one by one; it is gone when its context ends.

    Parameters
    ----------
    raw_key
        Value of the column ``_src``.
    schema
        The file's columns, ``_src`` among them.
    """

    def __init__(self, raw_key: str, schema: pa.Schema) -> None:
        self.rows = 0
        self._raw_key = raw_key
        self._schema = schema.set(schema.get_field_index("_src"), schema.field("_src").with_type(_SOURCE))
        self._waiting: list[pa.Table] = []
        self._waiting_bytes = 0
        self._out = cast(IO[bytes], tempfile.SpooledTemporaryFile(_LARGEST_IN_MEMORY))  # noqa: SIM115 - see __exit__
        self._writer = pq.ParquetWriter(
            self._out,
            self._schema,
            compression="zstd",
            coerce_timestamps="us",
            dictionary_pagesize_limit=_DICTIONARY_BYTES,
            write_page_index=True,
            store_schema=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._writer.close()
        self._out.close()

    def add(self, table: pa.Table) -> None:
        """Add rows; the table has all columns but ``_src``."""
        self.rows += table.num_rows
        self._waiting.append(table)
        self._waiting_bytes += table.nbytes
        if self._waiting_bytes >= _ROW_GROUP_BYTES:
            self._write()

    def finish(self) -> IO[bytes]:
        """Return the file, from its beginning."""
        self._write()
        self._writer.close()
        self._out.seek(0)
        return self._out

    def _write(self) -> None:
        if self._waiting:
            rows = pa.concat_tables(self._waiting)
            self._writer.write_table(_with_source(rows, self._raw_key, self._schema), rows.num_rows)
            self._waiting, self._waiting_bytes = [], 0


_SOURCE = pa.dictionary(pa.int32(), pa.string())


def _with_source(rows: pa.Table, raw_key: str, schema: pa.Schema) -> pa.Table:
    # One value for all rows: a dictionary costs nothing to make, and Parquet stores it as plain text.
    zeros = pa.Array.from_buffers(pa.int32(), rows.num_rows, [None, pa.py_buffer(bytes(4 * rows.num_rows))])
    source = pa.DictionaryArray.from_arrays(zeros, _one_text(raw_key))
    return rows.append_column(schema.field("_src"), source).select(schema.names)


def _one_text(text: str) -> pa.Array[Any]:
    """Return an array of one text; pa.array would import pandas first, where it is installed."""
    data = text.encode()
    offsets = struct.pack("=ii", 0, len(data))
    return pa.Array.from_buffers(pa.string(), 1, [None, pa.py_buffer(offsets), pa.py_buffer(data)])
