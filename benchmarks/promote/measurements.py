"""Hot files of measurements: ten metrics at each of 200 stations, every eight minutes."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pyarrow as pa

from thermocline.contracts import load_contracts
from thermocline.contracts.arrow import stored_schema
from thermocline.convert.parquet import ParquetFile

CONTRACT = load_contracts()["telemetry"]
_SCHEMA = stored_schema(CONTRACT)
_ROWS_PER_FILE = 100_000
_ROWS = """
SELECT
    md5(n::VARCHAR) AS event_id,
    (hash(n, 3) >> 1)::BIGINT AS fingerprint,
    'devices' AS source,
    'dt/site/station-' || n // 10 % 200 || '/weather' AS topic,
    'station-' || n // 10 % 200 AS device_id,
    ['temp', 'wind_speed', 'rain', 'snow', 'pressure', 'gust', 'dew', 'sun', 'cloud', 'soil'][1 + n % 10] AS metric,
    ['Cel', 'm/s', 'mm', 'mm', 'hPa', 'm/s', 'Cel', 'min', '%', 'Cel'][1 + n % 10] AS unit,
    ((hash(n, 4) % 400)::DOUBLE / 10) AS value_double,
    TIMESTAMPTZ '2026-11-21 00:00:00Z' + to_seconds(480 * (n // 2000)) AS event_time,
    TIMESTAMPTZ '2026-11-21 00:00:02Z' + to_seconds(480 * (n // 2000)) + to_milliseconds(n % 900) AS received_at,
    false AS time_clamped
FROM range({first}, {last}) AS rows (n)
"""


def write_hot(folder: Path, files: int) -> list[Path]:
    """Write files as convert does."""
    folder.mkdir(parents=True)
    with duckdb.connect() as connection:
        return [_write(folder / f"{number:04}.parquet", number, connection) for number in range(files)]


def _write(path: Path, number: int, connection: duckdb.DuckDBPyConnection) -> Path:
    first = number * _ROWS_PER_FILE
    made = connection.sql(_ROWS.format(first=first, last=first + _ROWS_PER_FILE)).to_arrow_table()
    fields = [field for field in _SCHEMA if field.name != "_src"]
    columns = [
        made[field.name].cast(field.type) if field.name in made.column_names else pa.nulls(made.num_rows, field.type)
        for field in fields
    ]
    with ParquetFile(f"raw/telemetry/2026/11/24/12/{path.stem}.ndjson.zst", _SCHEMA) as file, path.open("wb") as out:
        file.add(pa.table(columns, schema=pa.schema(fields)))
        shutil.copyfileobj(file.finish(), out)
    return path
