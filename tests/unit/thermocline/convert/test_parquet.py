from __future__ import annotations

import pyarrow.parquet as pq
from pyarrow import BufferReader

from tests.unit.thermocline.convert.rows import CONTRACTS, clicks
from thermocline.contracts.arrow import ingested_schema, stored_schema
from thermocline.convert.ndjson import read_ndjson
from thermocline.convert.parquet import parquet_bytes, with_source


def file(count: int) -> bytes:
    table, _ = read_ndjson(b"".join(clicks(count)), ingested_schema(CONTRACTS["clickstream"]))
    return parquet_bytes(with_source(table, "raw/clickstream/k", stored_schema(CONTRACTS["clickstream"])))


def test_the_same_table_gives_the_same_bytes() -> None:
    assert file(100) == file(100)


def test_the_source_costs_next_to_nothing() -> None:
    chunk = pq.ParquetFile(BufferReader(file(1_000))).metadata.row_group(0)
    columns = {chunk.column(index).path_in_schema: chunk.column(index) for index in range(chunk.num_columns)}
    assert "RLE_DICTIONARY" in columns["_src"].encodings
    assert columns["_src"].total_compressed_size < 200
    assert {column.compression for column in columns.values()} == {"ZSTD"}
    assert columns["event_time"].has_offset_index
