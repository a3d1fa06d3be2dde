"""The lake's views as analysts ask them: over hot files and an Iceberg table, on the emulator's Glue."""

import datetime as dt
import io
import json
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.athena_local.endpoint.conftest import aws_url, endpoint
from tests.athena_local.endpoint.tables import Endpoint, glue_table
from thermocline.adapters.glue_views import GlueViews
from thermocline.contracts import Contract, load_contracts
from thermocline.contracts.arrow import stored_schema
from thermocline.contracts.glue import glue_columns, glue_partition_keys, projection_parameters
from thermocline.errors import ViewChanged
from thermocline.publish.since import key_of
from thermocline.publish.view import view_columns

__all__ = ["aws_url", "endpoint"]

CONTRACT = load_contracts()["clickstream"]
GENS = [f"2026-11-22-{hour:02d}" for hour in range(10, 16)]
ROWS = 500
LOCATION = "s3://shop/hot/clickstream/"
TYPED = [column for column in CONTRACT.stored if column.written_by == "convert" and column.path]


def rows_of(hour: int, contract: Contract = CONTRACT) -> list[dict[str, Any]]:
    """Rows of a generation; the first is one of every generation, and there twice."""
    at = dt.datetime(2026, 11, 10 + hour, 10 + hour, 30, tzinfo=dt.UTC)
    received = dt.datetime(2026, 11, 22, 10 + hour, 30, tzinfo=dt.UTC)
    same = {"source": "web", "event_type": "track", "event_time": at, "received_at": received, "time_clamped": False}
    rows = [
        same
        | {
            "event_id": f"event {hour}-{number:06d}",
            "fingerprint": number,
            "_src": f"raw/{hour}",
            "properties": json.dumps({"price": number, "filler": str(hash((hour, number)))}),
        }
        for number in range(1, ROWS)
    ]
    twin = rows[0] | {"event_id": "everywhere", "fingerprint": 0}
    return [*rows, twin, twin | {"_src": f"raw/{hour}/again"}, twin]


@pytest.fixture(scope="module")
def lake(endpoint: Endpoint) -> Iterator[Endpoint]:
    """Hot files without typed columns, and all but the twins in the Iceberg table."""
    parameters = projection_parameters(location=LOCATION, first_generation="2026-11-01-00")
    table = glue_table("hot_clickstream", LOCATION, Parameters=parameters, PartitionKeys=glue_partition_keys(CONTRACT))
    table["StorageDescriptor"]["Columns"] = glue_columns(CONTRACT)
    endpoint.glue.create_table(DatabaseName="shop", TableInput=table)
    schema = pa.schema([field for field in stored_schema(CONTRACT) if field.name not in {c.name for c in TYPED}])
    for hour, gen in enumerate(GENS):
        body = io.BytesIO()
        rows = [dict.fromkeys(schema.names) | row for row in rows_of(hour)]
        pq.write_table(pa.Table.from_pylist(rows, schema=schema), body)
        endpoint.s3.put_object(Bucket="shop", Key=f"hot/clickstream/gen={gen}/one.parquet", Body=body.getvalue())
    columns = ", ".join(f'"{column.name}" {column.type}' for column in view_columns(CONTRACT)).replace('"', "`")
    done(endpoint, f"CREATE TABLE warm_clickstream ({columns}) PARTITIONED BY (day(event_time)) "
                   "LOCATION 's3://shop/warm/' TBLPROPERTIES ('table_type' = 'ICEBERG')")  # fmt: skip
    for gen in GENS:
        names = ", ".join(f'"{column.name}"' for column in view_columns(CONTRACT))
        once = f"gen = '{gen}' AND (event_id <> 'everywhere' OR gen = '{GENS[0]}')"
        done(endpoint, f"INSERT INTO warm_clickstream SELECT {names} FROM (SELECT *, row_number() OVER (PARTITION BY "
                       f"event_id ORDER BY 1) AS n FROM hot_clickstream WHERE {once}) WHERE n = 1")  # fmt: skip
    yield endpoint
    for name in ("clickstream", "hot_clickstream"):
        endpoint.glue.delete_table(DatabaseName="shop", Name=name)
    done(endpoint, "DROP TABLE warm_clickstream")


def done(endpoint: Endpoint, sql: str) -> dict[str, Any]:
    execution = endpoint.execute(sql)
    assert execution["Status"]["State"] == "SUCCEEDED", execution["Status"]
    return execution


def scanned(endpoint: Endpoint, sql: str) -> int:
    return int(done(endpoint, sql)["Statistics"]["DataScannedInBytes"])


def publish(endpoint: Endpoint, watermark: str, since: str | None = None) -> None:
    views = GlueViews(endpoint.glue, "shop")
    view = views.read("clickstream")
    noted = {} if since is None else {key_of(column): since for column in TYPED}
    views.write(CONTRACT, watermark=watermark, since=noted, version=view.version if view else None)


@pytest.mark.parametrize("watermark", ["", GENS[0], GENS[2], "2026-11-22-16"])
def test_every_row_once_wherever_the_watermark_is(lake: Endpoint, watermark: str) -> None:
    publish(lake, watermark)
    total, ids = lake.rows("SELECT count(*), count(DISTINCT event_id) FROM clickstream")[1]
    # A twin in hot of a row in warm stays, until it is promoted.
    twins = 1 if GENS[0] < watermark < "2026-11-22-16" else 0
    assert (total, ids) == (str(6 * (ROWS - 1) + 1 + twins), str(6 * (ROWS - 1) + 1))
    assert lake.rows("SELECT gen FROM clickstream WHERE event_id = 'everywhere' ORDER BY gen")[1] == [GENS[0]]


@pytest.mark.parametrize("since", [None, "", GENS[1], GENS[3], "2026-11-22-20"])
def test_generations_before_a_typed_column_have_it_from_the_text(lake: Endpoint, since: str | None) -> None:
    publish(lake, GENS[2], since)
    sql = "SELECT gen, count(price), sum(price) FROM clickstream WHERE event_id <> 'everywhere' GROUP BY 1 ORDER BY 1"
    computed = [gen for gen, count, _ in lake.rows(sql)[1:] if count == str(ROWS - 1)]
    assert computed == [gen for gen in GENS if since is None or gen < since]
    assert {total for gen, _, total in lake.rows(sql)[1:] if gen in computed} <= {f"{ROWS * (ROWS - 1) // 2}.000000000"}


def test_later_generations_never_read_the_text(lake: Endpoint) -> None:
    publish(lake, GENS[2], GENS[1])
    condition = f"WHERE gen >= '{GENS[1]}'"
    with_text = scanned(lake, f"SELECT count(price), count(properties) FROM clickstream {condition}")
    assert scanned(lake, f"SELECT count(price) FROM clickstream {condition}") < with_text / 2


def test_conditions_prune_both_levels(lake: Endpoint) -> None:
    publish(lake, GENS[3], "")
    everything = scanned(lake, "SELECT count(properties) FROM clickstream")
    in_warm = scanned(lake, f"SELECT count(properties) FROM clickstream WHERE gen = '{GENS[0]}'")
    assert in_warm < everything / 3  # the identities of hot rows are read all the same
    in_hot = scanned(lake, f"SELECT count(properties) FROM clickstream WHERE gen >= '{GENS[5]}'")
    assert in_hot < everything / 2
    assert lake.rows(f"SELECT count(*) FROM clickstream WHERE gen >= '{GENS[5]}'")[1] == [str(ROWS - 1)]


def test_nothing_of_hot_is_read_when_everything_is_promoted(lake: Endpoint) -> None:
    publish(lake, "2026-11-22-16", "")
    for columns in ("count(*)", "count(properties)", "count(DISTINCT source), max(received_at)"):
        in_warm = scanned(lake, f"SELECT {columns} FROM warm_clickstream WHERE gen < '2026-11-22-16'")
        assert scanned(lake, f"SELECT {columns} FROM clickstream") == in_warm


def test_event_time_prunes_warm(lake: Endpoint) -> None:
    publish(lake, "2026-11-22-16", "")
    everything = scanned(lake, "SELECT count(properties) FROM clickstream")
    day = "event_time >= TIMESTAMP '2026-11-12 00:00:00' AND event_time < TIMESTAMP '2026-11-13 00:00:00'"
    assert 0 < scanned(lake, f"SELECT count(properties) FROM clickstream WHERE {day}") < everything / 4
    assert lake.rows(f"SELECT count(*) FROM clickstream WHERE {day}")[1] == [str(ROWS - 1)]


def test_a_view_that_another_changed_is_refused(lake: Endpoint) -> None:
    publish(lake, GENS[1])
    views = GlueViews(lake.glue, "shop")
    before = views.read("clickstream")
    assert before is not None
    publish(lake, GENS[2])
    with pytest.raises(ViewChanged):
        views.write(CONTRACT, watermark=GENS[1], since={}, version=before.version)
    after = views.read("clickstream")
    assert after is not None
    assert after.watermark == GENS[2]
