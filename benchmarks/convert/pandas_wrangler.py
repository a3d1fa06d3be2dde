"""Pandas, as users of awswrangler write it: read_json, the contract's types, awswrangler's own conversion, Parquet."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import awswrangler
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.convert.contender import contract, run

_PANDAS: dict[str, Any] = {"string": "string", "bigint": "Int64", "double": "float64", "boolean": "boolean"}


def convert(source: Path, target: Path) -> None:
    """Convert one object."""
    columns = contract().ingested
    dtypes: dict[str, Any] = {column.name: _PANDAS.get(column.type, "string") for column in columns}
    frame = pd.read_json(source, lines=True, dtype=dtypes, convert_dates=False, precise_float=True)
    frame = frame.reindex(columns=[column.name for column in columns])
    for column in columns:
        if column.type == "timestamp":
            frame[column.name] = pd.to_datetime(frame[column.name], utc=True, format="ISO8601")
        elif column.type.startswith("decimal"):
            frame[column.name] = frame[column.name].map(Decimal, na_action="ignore").astype(object)
        else:
            frame[column.name] = frame[column.name].astype(dtypes[column.name])
    frame["_src"] = source.name
    types = {column.name: column.type for column in contract().stored}
    schema = awswrangler._data_types.pyarrow_schema_from_pandas(df=frame, index=False, ignore_cols=None, dtype=types)
    pq.write_table(pa.Table.from_pandas(frame, schema=schema, preserve_index=False), target, compression="zstd")


if __name__ == "__main__":
    run(convert)
