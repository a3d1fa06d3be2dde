"""Some rows of a generation leave a warm table, and others come: the rest stays as it is (ADR 43)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from thermocline.warm import identities
from thermocline.warm.engine import literal, reading
from thermocline.warm.identities import IDS_SCHEMA
from thermocline.warm.work import Amendment


def condition(gen: str, warm: Sequence[Path]) -> str:
    """Return the SQL of the rows of a generation: those of hot files do not say theirs."""
    return f"(gen = {literal(gen)} OR gen IS NULL)" if warm else "true"


def leave_out(connection: duckdb.DuckDBPyConnection, change: Amendment, warm: Sequence[Path]) -> None:
    """Make the table ``dropped`` out of ``hot``, whose first files are those of the warm table."""
    identities.drop_none(connection)
    _make(connection, "gone", change.gone, "UUID")
    _make(connection, "back", change.back or (), "UUID")
    _make(connection, "sources", change.sources, "VARCHAR")
    _make(connection, "stay", [f"{source}\x1f{event_id}" for source, event_id in change.stay], "VARCHAR")
    of_sources = "src::VARCHAR IN (FROM sources)"
    if change.stay and warm:
        connection.execute(f"""
            CREATE TEMP TABLE staying AS SELECT file_index::INTEGER AS file, file_row_number AS place
            FROM {reading(warm)} WHERE _src || chr(31) || event_id IN (FROM stay)
        """)  # noqa: S608 - paths of ours
        of_sources += " AND (file, place) NOT IN (SELECT (file, place) FROM staying)"
    connection.execute(f"""
        INSERT INTO dropped SELECT file, place FROM hot
        WHERE file < {len(warm)} AND (key IN (FROM gone) OR ({of_sources}))
    """)  # noqa: S608 - ours
    if change.back is not None:
        connection.execute(f"""
            INSERT INTO dropped SELECT file, place FROM hot WHERE file >= {len(warm)} QUALIFY key NOT IN (FROM back)
                OR row_number() OVER (PARTITION BY key ORDER BY received_at, src, file, place) > 1
        """)  # noqa: S608 - a number


def forget(change: Amendment, old: Path, path: Path) -> bool:
    """Write the identities without those that leave with their sources, where no row is left; False: none leaves.

    What an erasure left of a row is counted no more: its object, converted again, has no such line.
    """
    known = pq.read_table(old)
    told = zip(known["_src"].to_pylist(), known["kept"].to_pylist(), strict=True)
    stays = pa.array([source not in change.sources or kept is False for source, kept in told], pa.bool_())
    left = known.filter(stays)
    options: dict[str, Any] = {"compression": "zstd", "use_dictionary": ["_src"], "store_schema": False}
    pq.write_table(left, path, **options)
    return left.num_rows < known.num_rows


def _make(connection: duckdb.DuckDBPyConnection, name: str, values: Sequence[str], kind: str) -> None:
    connection.execute(f"CREATE TEMP TABLE {name} AS SELECT unnest(?::VARCHAR[])::{kind} AS key", [list(values)])


def write_ids(connection: duckdb.DuckDBPyConnection, change: Amendment, old: Path, path: Path, warm: int) -> None:
    """Write the identities of all rows, kept and dropped, as they are now."""
    connection.execute(f"""
        CREATE TEMP TABLE came AS
        SELECT key, src::VARCHAR AS src FROM hot ANTI JOIN dropped USING (file, place)
        WHERE file >= {warm} OR src::VARCHAR IN (FROM sources)
    """)  # noqa: S608 - a number
    known = f"""
        SELECT "key" AS key, "key"::UUID AS id, "_src" AS src, kept,
            row_number() OVER (PARTITION BY "key", "_src" ORDER BY kept) AS number
        FROM {reading([old])} WHERE "_src" NOT IN (FROM sources) OR NOT kept
    """  # noqa: S608 - paths of ours
    if change.back is None:
        query = f"SELECT key, src, kept FROM ({known}) UNION ALL SELECT key::BLOB, src, true FROM came"  # noqa: S608 - ours
    else:
        query = f"""
            SELECT known.key, known.src, CASE WHEN known.kept IS NULL THEN NULL WHEN id IN (FROM gone) THEN false
                WHEN came.key IS NOT NULL THEN true ELSE kept END AS kept
            FROM ({known}) AS known LEFT JOIN came ON came.key = id AND came.src = known.src AND number = 1
        """  # noqa: S608 - ours
    options: dict[str, Any] = {"compression": "zstd", "use_dictionary": ["_src"], "store_schema": False}
    with pq.ParquetWriter(path, IDS_SCHEMA, **options) as writer:
        for batch in _batches(connection, f"SELECT * FROM ({query}) ORDER BY key, src, kept"):  # noqa: S608 - ours
            writer.write_batch(batch)


def _batches(connection: duckdb.DuckDBPyConnection, query: str) -> Iterator[pa.RecordBatch]:
    for batch in connection.sql(query).to_arrow_reader():
        source: Any = batch["src"].cast(pa.string())
        columns: list[Any] = [batch["key"].cast(pa.binary(16)), source.dictionary_encode(), batch["kept"]]
        yield pa.record_batch(columns, schema=IDS_SCHEMA)
