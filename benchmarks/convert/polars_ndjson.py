"""Polars: read_ndjson with a schema, casts to the contract's types, write_parquet."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from benchmarks.convert.contender import contract, run

_READ = {"bigint": pl.Int64(), "double": pl.Float64(), "boolean": pl.Boolean()}


def _cast(name: str, kind: str) -> pl.Expr:
    if kind == "timestamp":
        return pl.col(name).str.to_datetime("%Y-%m-%dT%H:%M:%S%.fZ", time_unit="us", time_zone="UTC")
    if kind.startswith("decimal"):
        return pl.col(name).cast(pl.Decimal(38, 9))
    return pl.col(name)


def convert(source: Path, target: Path) -> None:
    """Convert one object."""
    columns = contract().ingested
    schema = {column.name: _READ.get(column.type, pl.String()) for column in columns}
    frame = pl.read_ndjson(source, schema=schema)
    frame = frame.with_columns([_cast(column.name, column.type) for column in columns])
    frame.with_columns(pl.lit(source.name).alias("_src")).write_parquet(target, compression="zstd")


if __name__ == "__main__":
    run(convert)
