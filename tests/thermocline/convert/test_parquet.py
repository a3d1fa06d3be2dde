from __future__ import annotations

import pyarrow.parquet as pq
from pyarrow import BufferReader

from tests.thermocline.convert.rows import CONTRACTS, clicks
from thermocline.contracts.arrow import ingested_schema, stored_schema
from thermocline.convert.ndjson import read_blocks
from thermocline.convert.parquet import ParquetFile
from thermocline.convert.typed_columns import typed_columns_of


def file(count: int) -> bytes:
    with ParquetFile("raw/clickstream/k", stored_schema(CONTRACTS["clickstream"])) as found:
        for table, _ in read_blocks([b"".join(clicks(count))], ingested_schema(CONTRACTS["clickstream"])):
            found.add(typed_columns_of(CONTRACTS["clickstream"]).fill(table)[0])
        assert found.rows == count
        return found.finish().read()


def test_the_same_table_gives_the_same_bytes() -> None:
    assert file(100) == file(100)


def test_an_object_of_many_blocks_is_one_file_in_order() -> None:
    rows = pq.read_table(BufferReader(file(120_000)), columns=["event_id", "_src"])
    assert rows["event_id"].to_pylist() == [f"e{number}" for number in range(120_000)]
    assert rows["_src"].unique().to_pylist() == ["raw/clickstream/k"]


def test_the_source_costs_next_to_nothing() -> None:
    chunk = pq.ParquetFile(BufferReader(file(1_000))).metadata.row_group(0)
    columns = {chunk.column(index).path_in_schema: chunk.column(index) for index in range(chunk.num_columns)}
    assert "RLE_DICTIONARY" in columns["_src"].encodings
    assert columns["_src"].total_compressed_size < 200
    assert {column.compression for column in columns.values()} == {"ZSTD"}
    assert columns["event_time"].has_offset_index
