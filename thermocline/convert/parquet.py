"""Arrow tables → Parquet bytes. The same table always gives the same bytes."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as pq


def with_source(table: pa.Table, raw_key: str, schema: pa.Schema) -> pa.Table:
    """Return the table with the column ``_src``, in the order of `schema`."""
    # One value for all rows: a dictionary costs nothing to make, and Parquet stores it as plain text.
    zeros = pa.Array.from_buffers(pa.int32(), table.num_rows, [None, pa.py_buffer(bytes(4 * table.num_rows))])
    source = pa.DictionaryArray.from_arrays(zeros, pa.array([raw_key], pa.string()))
    field = schema.field("_src").with_type(source.type)
    return table.append_column(field, source).select(schema.names)


def parquet_bytes(table: pa.Table) -> bytes:
    """Return the table as a zstd-compressed Parquet file."""
    out = pa.BufferOutputStream()
    pq.write_table(table, out, compression="zstd", coerce_timestamps="us", write_page_index=True, store_schema=False)
    return out.getvalue().to_pybytes()
