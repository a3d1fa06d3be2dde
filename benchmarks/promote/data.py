"""The input: hot files of click events of about 600 bytes, one in a hundred of them sent twice, made by DuckDB."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import duckdb
import pyarrow as pa

from thermocline.contracts import load_contracts
from thermocline.contracts.arrow import stored_schema
from thermocline.convert.parquet import ParquetFile

CONTRACT = load_contracts()["clickstream"]
EVENTS_PER_FILE = 100_000
_SCHEMA = stored_schema(CONTRACT)
_SPAN = dt.timedelta(days=3)
_VISITOR_EVENTS = 20

# Row n repeats event n - 50 when n % 100 = 99; everything else follows from the event's number e by hashing.
_EVENTS = """
WITH numbers AS (
    SELECT n, CASE WHEN n % 100 = 99 THEN n - 50 ELSE n END AS e FROM range({first}, {last}) AS rows (n)
), draws AS (
    SELECT n, e, (hash(e) >> 1)::BIGINT AS h, (hash(e, 2) % 5000)::BIGINT AS product,
        (hash(e // 7, 1) % ({events} // {visitor_events} + 1))::BIGINT AS visitor
    FROM numbers
)
SELECT
    md5(e::VARCHAR) AS event_id,
    (hash(e, 3) >> 1)::BIGINT AS fingerprint,
    'shop-' || ['web', 'ios', 'android'][1 + visitor % 3] AS source,
    'track' AS event_type,
    ['catalog', 'product', 'search', 'cart', 'payment_choice', 'payment_done'][1 + h % 6] AS event_name,
    CASE WHEN visitor % 5 < 3 THEN 'user-' || visitor END AS user_id,
    md5('a' || visitor) AS anonymous_id,
    md5('s' || visitor || '-' || e // 200000) AS session_id,
    make_timestamptz((({start} + e * {step} + h % 1000000) // 1000 * 1000)::BIGINT) AS event_time,
    make_timestamptz(({start} + n * {step} + 2000000)::BIGINT) AS received_at,
    false AS time_clamped,
    'https://shop.example/p/' || product || '?ref=' || h % 40 AS page_url,
    'shop.example' AS page_host,
    '/p/' || product AS page_path,
    'Product ' || product AS page_title,
    CASE WHEN h % 3 = 0 THEN 'https://search.example/?q=' || product % 300 END AS page_referrer,
    ['spring', 'summer', NULL, NULL][1 + h % 4] AS campaign_name,
    CASE WHEN h % 6 = 5 THEN (h % 100000 / 100)::DECIMAL(38, 9) END AS revenue,
    CASE WHEN h % 6 = 5 THEN 'EUR' END AS currency,
    ['de-DE', 'en-GB', 'fr-FR'][1 + visitor % 3] AS locale,
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/' || 100 + visitor % 40
        || '.0.0.0 Safari/537.36' AS user_agent,
    'Chrome' AS browser_name,
    (100 + visitor % 40)::VARCHAR AS browser_version,
    ['Linux', 'Android', 'iOS'][1 + visitor % 3] AS os_name,
    false AS is_bot,
    '192.0.2.' || visitor % 256 AS ip_masked,
    ['DE', 'GB', 'FR'][1 + visitor % 3] AS country_code,
    '{{"product_id":"sku-' || product || '","price":' || h % 90000 / 100 || ',"quantity":' || 1 + h % 8
        || ',"list":"' || hash(e, 4) || '","position":' || h % 60 || '}}' AS properties,
    '{{"screen":{{"width":' || 800 + visitor % 9 * 100 || ',"height":900}},"session":"' || md5('s' || visitor)
        || '","trace":"' || hash(e, 5) || '"}}' AS context,
    'sku-' || product AS product_id,
    (h % 90000 / 100)::DECIMAL(38, 9) AS price,
    (1 + h % 8)::INTEGER AS quantity
FROM draws
"""


def write_hot(folder: Path, events: int) -> list[Path]:
    """Write files of 100,000 events as convert does, unless they are there."""
    paths = [folder / f"{number:04}.parquet" for number in range(-(-events // EVENTS_PER_FILE))]
    complete = folder / f"{events}.complete"
    if not complete.exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        with duckdb.connect() as connection:
            for number, path in enumerate(paths):
                first = number * EVENTS_PER_FILE
                _write(path, _events(connection, first, min(first + EVENTS_PER_FILE, events), events))
        complete.touch()
    return paths


def _events(connection: duckdb.DuckDBPyConnection, first: int, last: int, events: int) -> pa.Table:
    query = _EVENTS.format(
        first=first,
        last=last,
        events=events,
        visitor_events=_VISITOR_EVENTS,
        start=int(dt.datetime(2026, 11, 21, tzinfo=dt.UTC).timestamp() * 1_000_000),
        step=_SPAN // dt.timedelta(microseconds=1) // events,
    )
    made = connection.sql(query).to_arrow_table()
    fields = [field for field in _SCHEMA if field.name != "_src"]
    columns = [
        made[field.name].cast(field.type) if field.name in made.column_names else pa.nulls(made.num_rows, field.type)
        for field in fields
    ]
    return pa.table(columns, schema=pa.schema(fields))


def _write(path: Path, table: pa.Table) -> None:
    raw_key = f"raw/clickstream/2026/11/24/12/{path.stem}.ndjson.zst"
    with ParquetFile(raw_key, _SCHEMA) as file, path.open("wb") as out:
        for start in range(0, table.num_rows, 25_000):  # a block of lines, as convert reads them
            file.add(table.slice(start, 25_000))
        shutil.copyfileobj(file.finish(), out)
