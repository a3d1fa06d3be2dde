"""The wide pass: rows of local files, sorted by DuckDB, into warm files."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final, NamedTuple

import duckdb
import pyarrow as pa

from thermocline import layout
from thermocline.contracts import Contract
from thermocline.warm.cuts import SEALED_TARGET_BYTES, TARGET_BYTES, Cut, Day, cuts
from thermocline.warm.engine import cast, day_of, quoted, reading
from thermocline.warm.enums import as_enum
from thermocline.warm.local import LocalFiles, filled_columns, rows_of
from thermocline.warm.model import WarmFile
from thermocline.warm.parquet import ParquetOutput, utc
from thermocline.warm.schema import REPEATING, as_dictionary, repeated, writer_schema

_BATCH_ROWS: Final = 8 * 1024


class Chosen(NamedTuple):
    """Rows of local files.

    Attributes
    ----------
    condition
        SQL that they meet.
    days
        How many there are of each day, in order.
    gen
        The generation of all of them; None: each says it itself.
    without_dropped
        Rows in the table ``dropped`` are left out.
    """

    paths: Sequence[Path]
    condition: str
    days: Sequence[Day]
    gen: str | None = None
    without_dropped: bool = False


class Sorting:
    """Writes rows in the order of a contract: by day, its ``sortedBy``, the event time, then as they lie in the files.

    Parameters
    ----------
    schema
        Of the table, with the ids of Iceberg's fields.
    gen
        The generation that names the files.
    sealed
        They are of the cold level: named so, and larger.
    """

    def __init__(
        self, contract: Contract, schema: pa.Schema, gen: str, local: LocalFiles, *, sealed: bool = False
    ) -> None:
        self._contract = contract
        self._schema = writer_schema(schema)
        self._gen = gen
        self._local = local
        self._sealed = sealed

    @property
    def day(self) -> str:
        """SQL of a row's day."""
        return day_of(self._contract.time_column)

    def write(self, connection: duckdb.DuckDBPyConnection, chosen: Chosen) -> tuple[WarmFile, ...]:
        """Write the rows into files of about the target size, and store them."""
        sizes = sum(path.stat().st_size for path in chosen.paths)
        planned = cuts(
            chosen.days,
            partitioned_by=self._contract.partitioned_by,
            time_column=self._contract.time_column,
            row_bytes=sizes / max(1, rows_of(chosen.paths)),
            target=SEALED_TARGET_BYTES if self._sealed else TARGET_BYTES,
        )
        rows = _Rows(self._sorted(connection, chosen))
        with ThreadPoolExecutor(1) as pool:
            storing = [pool.submit(self._store, cut, self._encode(cut, rows)) for cut in planned]
        rows.require_end()
        return tuple(each.result() for each in storing)

    def _sorted(self, connection: duckdb.DuckDBPyConnection, chosen: Chosen) -> Iterator[pa.RecordBatch]:
        """Yield the rows in order; columns that are empty or the same in every row are not sorted, but added here."""
        filled = filled_columns(chosen.paths) - ({"gen"} if chosen.gen else set())
        taken = [field for field in self._schema if field.name in filled]
        values = [as_enum(f.name) if f.name in REPEATING else cast(f.name, f.type) for f in taken]
        keys = [f"rows.{quoted(name)} NULLS FIRST" for name in self._contract.sorted_by if name in filled]
        time = self._contract.time_column
        dropped = "ANTI JOIN dropped ON file_index = dropped.file AND file_row_number = dropped.place"
        query = f"""
            SELECT {", ".join(f"{value} AS {quoted(f.name)}" for f, value in zip(taken, values, strict=True))}
            FROM {reading(chosen.paths)} AS rows {dropped if chosen.without_dropped else ""}
            WHERE {chosen.condition}
            ORDER BY {", ".join([self.day, *keys, f"rows.{quoted(time)}", "file_index", "file_row_number"])}
        """  # noqa: S608 - names and paths of ours
        for batch in connection.sql(query).to_arrow_reader(_BATCH_ROWS):
            columns = [self._column(field, batch, filled, chosen.gen) for field in self._schema]
            yield pa.record_batch(columns, schema=self._schema)

    def _column(self, field: pa.Field[Any], batch: pa.RecordBatch, filled: frozenset[str], gen: str | None) -> Any:
        if field.name in filled:
            column = batch[field.name]
            return as_dictionary(column) if field.name in REPEATING else column
        return repeated(gen, batch.num_rows) if gen and field.name == "gen" else pa.nulls(batch.num_rows, field.type)

    def _encode(self, cut: Cut, rows: _Rows) -> ParquetOutput:
        with ParquetOutput(self._local.new_path(), self._schema, self._contract, rows=cut.rows) as output:
            output.add(rows.take(cut.rows))
        return output

    def _store(self, cut: Cut, output: ParquetOutput) -> WarmFile:
        size = output.path.stat().st_size
        name = f"{self._gen}-{uuid.uuid4().hex}"
        key = layout.warm_data_key(self._contract.name, cut.partition, name, sealed=self._sealed)
        return WarmFile(
            path=self._local.store(output.path, key),
            rows=cut.rows,
            bytes=size,
            first_gen=output.gens.first,
            last_gen=output.gens.last,
            first_time=utc(output.times.first),
            last_time=utc(output.times.last),
        )


class _Rows:
    """Batches, from which so many rows are taken at a time."""

    def __init__(self, batches: Iterator[pa.RecordBatch]) -> None:
        self._batches = batches
        self._left: pa.RecordBatch | None = None

    def take(self, rows: int) -> Iterator[pa.RecordBatch]:
        """Yield the next rows; an error if there are fewer."""
        while rows:
            batch = self._left or next(self._batches)
            part, self._left = batch.slice(0, rows), batch.slice(rows)
            rows -= part.num_rows
            yield part

    def require_end(self) -> None:
        """Raise an error if rows are left: what was counted and what is written must be the same."""
        if self._left or next(self._batches, None):
            raise RuntimeError("more rows were sorted than counted: the local files changed")
