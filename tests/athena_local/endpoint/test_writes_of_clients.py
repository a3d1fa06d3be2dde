"""AWS SDK for pandas and PyAthena, unmodified, where they let Athena write."""

import warnings
from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from pyarrow import fs
from pyathena import connect
from pyathena.arrow.cursor import ArrowCursor
from pyathena.pandas.cursor import PandasCursor

from tests.athena_local.endpoint.tables import Endpoint

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # what it warns of at import is not ours
    import awswrangler as wr
    import pandas as pd

# PyAthena reads Parquet in a way that pandas 3 warns of.
pytestmark = pytest.mark.filterwarnings("ignore:engine='auto' is deprecated")
SQL = "SELECT event_id, event_time, amount, clicks, tags, DATE '2026-01-02' AS day FROM orders ORDER BY event_id"


@pytest.fixture
def wrangler(endpoint: Endpoint) -> Iterator[None]:
    before = wr.config.athena_endpoint_url, wr.config.s3_endpoint_url, wr.config.glue_endpoint_url
    wr.config.athena_endpoint_url = endpoint.athena_url
    wr.config.s3_endpoint_url = wr.config.glue_endpoint_url = wr.config.sts_endpoint_url = endpoint.aws_url
    yield
    wr.config.athena_endpoint_url, wr.config.s3_endpoint_url, wr.config.glue_endpoint_url = before


def check(frame: Any) -> None:
    assert list(frame["event_id"]) == ["e1", "e2", "e3", "e4"]
    assert frame["event_time"][0] == pd.Timestamp("2026-11-22 10:30:00")
    assert frame["amount"][1] == Decimal("3.000000000")
    assert pd.isna(frame["amount"][3])
    assert list(frame["clicks"]) == [1, 2, 3, 4]
    assert list(frame["tags"][0]) == ["a", "b"]
    assert str(frame["day"][0])[:10] == "2026-01-02"


@pytest.mark.usefixtures("wrangler")
def test_read_sql_query_makes_a_table_and_drops_it(endpoint: Endpoint) -> None:
    before = endpoint.rows("SHOW TABLES")
    check(wr.athena.read_sql_query(SQL, database="shop", workgroup="analysts"))
    none = wr.athena.read_sql_query("SELECT clicks FROM orders WHERE false", database="shop", workgroup="analysts")
    assert (len(none), list(none.columns)) == (0, ["clicks"])
    assert endpoint.rows("SHOW TABLES") == before


@pytest.mark.usefixtures("wrangler")
def test_read_sql_query_by_unload() -> None:
    frame = wr.athena.read_sql_query(
        SQL, database="shop", ctas_approach=False, unload_approach=True, s3_output="s3://results/unloaded/",
        workgroup="analysts",
    )  # fmt: skip
    check(frame)
    wr.athena.unload(SQL, path="s3://shop/wr-unload/", database="shop", workgroup="analysts", file_format="JSON")
    assert len(wr.s3.list_objects("s3://shop/wr-unload/", suffix=".gz")) == 1


@pytest.mark.usefixtures("wrangler")
@pytest.mark.parametrize("workgroup", ["analysts", "enforced"])
def test_create_ctas_table(endpoint: Endpoint, workgroup: str) -> None:
    made = wr.athena.create_ctas_table(
        "SELECT clicks, event_id, gen FROM shop.orders",
        database="shop",
        ctas_table=f"made_by_wrangler_{workgroup}",
        storage_format="parquet",
        write_compression="snappy",
        partitioning_info=["gen"],
        workgroup=workgroup,
        wait=True,
    )
    name = str(made["ctas_table"])
    assert wr.catalog.get_partitions(database="shop", table=name) is not None
    assert endpoint.rows(f"SELECT sum(clicks) FROM {name} WHERE gen = '2026-11-22-10'")[1:] == [["3"]]
    assert wr.catalog.delete_table_if_exists(database="shop", table=name)


@pytest.mark.usefixtures("wrangler")
def test_a_query_that_no_table_can_be_made_of() -> None:
    with pytest.raises(wr.exceptions.InvalidArgumentValue, match="define all columns names"):
        wr.athena.read_sql_query("SELECT max(clicks) FROM orders", database="shop", workgroup="analysts")
    with pytest.raises(wr.exceptions.InvalidCtasApproachQuery, match="distinct names"):
        wr.athena.read_sql_query("SELECT 1 AS a, 2 AS a", database="shop", workgroup="analysts")


@pytest.fixture
def connection(endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("AWS_ENDPOINT_URL_ATHENA", endpoint.athena_url)
    monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint.aws_url)
    # The cursor opens pyarrow's file system, which no setting leads to another address.
    here = partial(fs.S3FileSystem, endpoint_override=endpoint.aws_url)
    monkeypatch.setattr(fs, "S3FileSystem", here)
    return connect(
        s3_staging_dir="s3://results/pyathena/", schema_name="shop", work_group="analysts", region_name="us-east-1",
        poll_interval=0.02,
    )  # fmt: skip


def test_arrow_and_pandas_cursors_read_what_was_unloaded(connection: Any) -> None:
    cursor = connection.cursor(ArrowCursor, unload=True)
    check(cursor.execute(SQL).as_arrow().to_pandas())
    assert cursor.execute("SELECT * FROM orders LIMIT 0").as_arrow().shape == (0, 0)
    check(connection.cursor(PandasCursor, unload=True).execute(SQL).as_pandas())


def test_counts_of_rows(connection: Any) -> None:
    cursor = connection.cursor()
    cursor.execute(
        "CREATE TABLE counted WITH (format='PARQUET', external_location='s3://shop/counted/') "
        "AS SELECT clicks FROM orders LIMIT 1"
    )
    assert cursor.description == [("rows", "bigint", None, None, 19, 0, "UNKNOWN")]
    assert (cursor.rowcount, cursor.fetchone()) == (1, None)
    cursor.execute("INSERT INTO counted (clicks) VALUES (%(a)d), (%(b)d)", {"a": 7, "b": 8})
    assert (cursor.description, cursor.rowcount) == (None, 2)
    assert cursor.execute("SELECT count(*) FROM counted").fetchall() == [(3,)]
