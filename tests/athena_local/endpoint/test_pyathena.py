"""PyAthena, as its documentation sets it up: a staging folder, and the workgroup ``primary``."""

from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
import sqlalchemy as sa
from pyarrow import fs
from pyathena import connect
from pyathena.arrow.cursor import ArrowCursor
from pyathena.async_cursor import AsyncCursor
from pyathena.cursor import DictCursor
from pyathena.error import OperationalError
from pyathena.pandas.cursor import PandasCursor

from tests.athena_local.endpoint.tables import Endpoint

STAGING = "s3://results/staging/"
SQL = "SELECT event_id, event_time, amount, tags FROM orders ORDER BY event_id"
SETTINGS: dict[str, Any] = {
    "s3_staging_dir": STAGING,
    "region_name": "us-east-1",
    "schema_name": "shop",
    "poll_interval": 0.02,
}


@pytest.fixture
def addresses(endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_ATHENA", endpoint.athena_url)
    monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint.aws_url)


@pytest.fixture
def connection(addresses: None) -> Iterator[Any]:
    with connect(**SETTINGS) as connection:
        yield connection


@pytest.fixture
def engine(addresses: None) -> Iterator[sa.Engine]:
    address = f"awsathena+rest://@athena.us-east-1.amazonaws.com:443/shop?s3_staging_dir={STAGING}&poll_interval=0.02"
    engine = sa.create_engine(f"{address}&location=s3://shop/by-sqlalchemy/")
    yield engine
    engine.dispose()


def test_rows_and_their_description(connection: Any) -> None:
    cursor = connection.cursor()
    rows = cursor.execute(SQL).fetchall()
    assert [row[0] for row in rows] == ["e1", "e2", "e3", "e4"]
    assert rows[0][2:] == (Decimal("1.500000000"), ["a", "b"])
    assert rows[3][2:] == (None, None)
    assert [column[:2] for column in cursor.description] == [
        ("event_id", "varchar"), ("event_time", "timestamp"), ("amount", "decimal"), ("tags", "array"),
    ]  # fmt: skip
    assert cursor.output_location.startswith(STAGING)
    assert cursor.state == "SUCCEEDED"
    assert cursor.data_scanned_in_bytes > 0


def test_parameters_of_both_kinds(connection: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("SELECT clicks FROM orders WHERE event_id = %(id)s", {"id": "e2"})
    assert cursor.fetchall() == [(2,)]
    cursor.execute("SELECT clicks FROM orders WHERE event_id = ?", ["'e3'"], paramstyle="qmark")
    assert cursor.fetchall() == [(3,)]


def test_rows_by_name(connection: Any) -> None:
    cursor = connection.cursor(DictCursor)
    assert cursor.execute("SELECT count(*) AS n, max(clicks) AS most FROM orders").fetchall() == [{"n": 4, "most": 4}]


def test_a_failure(connection: Any) -> None:
    with pytest.raises(OperationalError, match="COLUMN_NOT_FOUND: line 1:8: Column 'nosuch' cannot be resolved"):
        connection.cursor().execute("SELECT nosuch FROM orders")


def test_queries_that_do_not_wait(connection: Any) -> None:
    with connection.cursor(AsyncCursor) as cursor:
        futures = [cursor.execute(f"SELECT {number}")[1] for number in range(4)]
        assert [future.result().fetchone() for future in futures] == [(0,), (1,), (2,), (3,)]


def test_pandas(connection: Any) -> None:
    frame = connection.cursor(PandasCursor).execute(SQL).as_pandas()
    assert list(frame["event_id"]) == ["e1", "e2", "e3", "e4"]
    assert frame["event_time"][0] == pd.Timestamp("2026-11-22 10:30:00")
    assert frame["amount"][1] == Decimal("3.000000000")


@pytest.mark.parametrize("unload", [False, True])
def test_arrow(connection: Any, endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch, unload: bool) -> None:
    # The cursor opens pyarrow's file system, which no setting leads to another address.
    monkeypatch.setattr(fs, "S3FileSystem", partial(fs.S3FileSystem, endpoint_override=endpoint.aws_url))
    table = connection.cursor(ArrowCursor, unload=unload).execute("SELECT event_id, amount FROM orders").as_arrow()
    assert sorted(table["event_id"].to_pylist()) == ["e1", "e2", "e3", "e4"]
    assert table.schema.field("amount").type == (pa.decimal128(38, 9) if unload else pa.string())


def test_tables_are_reflected(engine: sa.Engine) -> None:
    inspector = sa.inspect(engine)
    assert "shop" in inspector.get_schema_names()
    assert {"orders", "empty"} <= set(inspector.get_table_names(schema="shop"))
    assert inspector.has_table("orders")
    assert not inspector.has_table("nosuch")
    table = sa.Table("orders", sa.MetaData(), autoload_with=engine)
    assert {"event_id", "amount", "gen"} <= set(table.columns.keys())
    assert isinstance(table.c.amount.type, sa.DECIMAL)
    with engine.connect() as connection:
        names = connection.scalars(sa.select(table.c.event_id).where(table.c.clicks > 2).order_by(table.c.event_id))
        assert names.all() == ["e3", "e4"]


def test_a_frame_becomes_a_table(engine: sa.Engine, endpoint: Endpoint) -> None:
    frame = pd.DataFrame({"id": [1, 2], "name": ["one", "it's two"], "price": [1.5, None]})
    with engine.connect() as connection:
        frame.to_sql("framed", connection, schema="shop", index=False, method="multi")
        frame.assign(id=frame["id"] + 2).to_sql("framed", connection, index=False, if_exists="append")
        framed = pd.read_sql("SELECT * FROM framed ORDER BY id", connection)
    assert framed["id"].tolist() == [1, 2, 3, 4]
    assert framed["name"].tolist() == ["one", "it's two"] * 2
    assert framed["price"].isna().tolist() == [False, True] * 2
    endpoint.execute("DROP TABLE framed")
