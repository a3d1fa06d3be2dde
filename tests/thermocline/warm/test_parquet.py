from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.thermocline.warm.tables import CONTRACT, NOON
from thermocline.adapters.iceberg_tables import arrow_schema, table_schema
from thermocline.warm.parquet import GROUP_ROWS, ParquetOutput
from thermocline.warm.schema import repeated, writer_schema

SCHEMA = writer_schema(arrow_schema(table_schema(CONTRACT)))


def _batch(first: int, rows: int, visitor: str = "v") -> pa.RecordBatch:
    noon = int(NOON.timestamp())
    values: dict[str, Any] = {
        "event_id": [f"e{number}" for number in range(first, first + rows)],
        "fingerprint": range(rows),
        "source": ["shop"] * rows,
        "visitor": [visitor] * rows,
        "quantity": range(rows),
        "event_time": range((noon + first) * 10**6, (noon + first + rows) * 10**6, 10**6),
        "received_at": range(rows),
    }
    columns = [pa.array(values[f.name], f.type) for f in SCHEMA if f.name in values]
    return pa.record_batch([*columns, repeated("raw/a", rows), repeated("2026-11-22-12", rows)], schema=SCHEMA)


@pytest.mark.parametrize("batch_rows", [8192, GROUP_ROWS + 5000])
def test_rows_keep_their_order_over_row_groups(tmp_path: Path, batch_rows: int) -> None:
    total = 2 * GROUP_ROWS + 100
    with ParquetOutput(tmp_path / "file", SCHEMA, CONTRACT, rows=total) as output:
        output.add(_batch(first, min(batch_rows, total - first)) for first in range(0, total, batch_rows))
    written = pq.ParquetFile(tmp_path / "file")
    sizes = [written.metadata.row_group(number).num_rows for number in range(written.metadata.num_row_groups)]
    assert sizes == [GROUP_ROWS, GROUP_ROWS, 100]
    assert written.read(["event_id"])["event_id"].to_pylist() == [f"e{number}" for number in range(total)]
    assert (output.gens.first, output.gens.last) == ("2026-11-22-12", "2026-11-22-12")
    assert output.times.last - output.times.first == dt.timedelta(seconds=total - 1)


def test_long_texts_make_smaller_row_groups(tmp_path: Path) -> None:
    with ParquetOutput(tmp_path / "file", SCHEMA, CONTRACT, rows=1500) as output:
        output.add(_batch(first, 500, visitor="x" * 100_000) for first in range(0, 1500, 500))
    metadata = pq.read_metadata(tmp_path / "file")
    assert [metadata.row_group(number).num_rows for number in range(metadata.num_row_groups)] == [1000, 500]


def test_an_error_in_the_thread_that_writes_is_not_lost(tmp_path: Path) -> None:
    broken = _batch(0, 10).set_column(2, SCHEMA.field("source"), pa.nulls(10, pa.large_string()))
    with (
        pytest.raises(pa.ArrowInvalid, match="source"),
        ParquetOutput(tmp_path / "file", SCHEMA, CONTRACT, rows=10) as output,
    ):
        output.add([broken])
    assert output.path.exists()
