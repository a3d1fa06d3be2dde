"""The file of a generation's identities, from Spark's rows: sorted by key, in the form that the function writes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from pyspark.sql import functions as f

from thermocline.spark.decisions import KEPT, KEY
from thermocline.spark.frames import FILE, PLACE
from thermocline.warm.identities import IDS_SCHEMA


def write(decided: Any, path: Path) -> None:
    """Write the identities of all rows; the driver holds those of one partition at a time."""
    known = f.col(KEPT).isNotNull()  # of suppressed rows it is only told where they come from
    order = (KEY, f.when(known, f.col(FILE)), f.when(known, f.col(PLACE)), "_src")
    ordered = decided.orderBy(*order).select(KEY, "_src", KEPT)
    options: dict[str, Any] = {"compression": "zstd", "use_dictionary": ["_src"], "store_schema": False}
    with pq.ParquetWriter(path, IDS_SCHEMA, **options) as writer:
        for row in ordered.mapInArrow(_packed, "batch binary").toLocalIterator():
            with pa.ipc.open_stream(row["batch"]) as stream:
                for batch in stream:
                    writer.write_batch(_as_ids(batch))


def _packed(batches: Iterator[Any]) -> Iterator[Any]:
    """Yield each batch as one value: Arrow's bytes come to the driver as they are, where rows would be pickled."""
    for batch in batches:
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, batch.schema) as stream:
            stream.write_batch(batch)
        yield pa.record_batch([pa.array([sink.getvalue().to_pybytes()], pa.binary())], ["batch"])


def _as_ids(batch: Any) -> Any:
    columns = (batch.column(number).cast(kind.type) for number, kind in enumerate(_plain()))
    key, src, kept = columns
    return pa.record_batch([key, src.dictionary_encode(), kept], schema=IDS_SCHEMA)


def _plain() -> tuple[Any, ...]:
    return (IDS_SCHEMA.field("key"), pa.field("_src", pa.string()), IDS_SCHEMA.field("kept"))
