"""Which rows of a generation stay, and the file of all their identities.

The identity of a row is ``md5(source + U+001F + fingerprint + U+001F + event_id)`` over UTF-8, 16 bytes: the
fingerprint in decimal digits, an absent value as the empty text. Neither a source nor a number has a U+001F, so that
no two identities are spelt alike.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any, Final

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from thermocline.warm.cuts import Day
from thermocline.warm.engine import count_days, quoted, reading
from thermocline.warm.enums import as_enum, make_enum
from thermocline.warm.schema import as_dictionary

IDS_SCHEMA: Final = pa.schema(
    [
        pa.field("key", pa.binary(16), nullable=False),
        pa.field("_src", pa.dictionary(pa.int32(), pa.string()), nullable=False),
        pa.field("kept", pa.bool_()),
    ]
)
"""Of the file of a generation's identities, which is sorted by key.

A row that was left out for its subject has `NO_KEY`, and null for ``kept``: it is counted, and not known any more.
"""

NO_KEY: Final = bytes(16)

_PARTS: Final = ("source", "fingerprint", "event_id")
_BATCH_ROWS: Final = 128 * 1024


def key(present: Collection[str]) -> str:
    """Return the SQL of a row's identity, given the columns that the files have."""
    parts = [f"coalesce({quoted(name)}::VARCHAR, '')" if name in present else "''" for name in _PARTS]
    return f"md5({' || chr(31) || '.join(parts)})::UUID"


def gather(connection: duckdb.DuckDBPyConnection, hot: Sequence[Path], *, day: str, condition: str) -> int:
    """Make the table ``hot``: what decides about each row, and where the row lies; no wide column is read.

    Parameters
    ----------
    day
        SQL of a row's day.
    condition
        SQL: rows that do not meet it are suppressed; the table ``suppressed`` has where they come from.

    Returns
    -------
    int
        How many rows it has.
    """
    source = reading(hot)
    make_enum(connection, "_src", source)
    present = connection.sql(f"SELECT * FROM {source}").columns  # noqa: S608 - paths of ours
    connection.execute(f"""
        CREATE TEMP TABLE hot AS
        SELECT {key(present)} AS key, {as_enum("_src")} AS src, received_at, {day} AS day,
            file_index::INTEGER AS file, file_row_number AS place
        FROM {source} WHERE {condition}
    """)  # noqa: S608 - names and paths of ours
    connection.execute(f"""
        CREATE TEMP TABLE suppressed AS SELECT {as_enum("_src")} AS src FROM {source} WHERE NOT ({condition})
    """)  # noqa: S608 - names and paths of ours
    return len(connection.table("hot"))


def drop_none(connection: duckdb.DuckDBPyConnection) -> None:
    """Make an empty table ``dropped``."""
    connection.execute("CREATE TEMP TABLE dropped (file INTEGER, place BIGINT)")


def drop_twins(connection: duckdb.DuckDBPyConnection, earlier: Sequence[Path]) -> None:
    """Make the table ``dropped``: the rows whose identity an earlier generation has, and all twins but the first."""
    drop_none(connection)
    connection.execute("""
        INSERT INTO dropped
        SELECT file, place FROM hot SEMI JOIN (SELECT key FROM hot GROUP BY key HAVING count(*) > 1) USING (key)
        QUALIFY row_number() OVER (PARTITION BY key ORDER BY received_at, src, file, place) > 1
    """)
    if earlier:
        connection.execute(f"""
            CREATE TEMP TABLE seen AS
            SELECT DISTINCT key FROM (SELECT "key"::UUID AS key FROM {reading(earlier)}) SEMI JOIN hot USING (key)
        """)  # noqa: S608 - paths of ours
        connection.execute("""
            INSERT INTO dropped
            SELECT file, place FROM hot SEMI JOIN seen USING (key) ANTI JOIN dropped USING (file, place)
        """)


def days(connection: duckdb.DuckDBPyConnection) -> list[Day]:
    """Return how many rows of each day stay."""
    return count_days(connection, "hot ANTI JOIN dropped USING (file, place)")


def write_no_ids(path: Path) -> None:
    """Write the identities of a generation without rows."""
    pq.write_table(IDS_SCHEMA.empty_table(), path, store_schema=False)


def write_ids(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Write the identities of all rows, kept and dropped, in the order of their keys, behind the suppressed ones."""
    query = """
        SELECT key::BLOB AS key, src, kept FROM (
            SELECT key, src, dropped.file IS NULL AS kept, file, place
            FROM hot LEFT JOIN dropped USING (file, place)
            UNION ALL
            SELECT '00000000-0000-0000-0000-000000000000'::UUID, src, NULL, NULL, NULL FROM suppressed
        ) AS identities
        ORDER BY identities.key, file, place, src
    """
    write(connection, query, path)


def write(connection: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    """Write the identities that a query returns, in its order."""
    rows = connection.sql(query)
    options: dict[str, Any] = {"compression": "zstd", "use_dictionary": ["_src"], "store_schema": False}
    with pq.ParquetWriter(path, IDS_SCHEMA, **options) as writer:
        for batch in rows.to_arrow_reader(_BATCH_ROWS):
            columns: list[Any] = [batch["key"].cast(pa.binary(16)), as_dictionary(batch["src"]), batch["kept"]]
            writer.write_batch(pa.record_batch(columns, schema=IDS_SCHEMA))
