"""AWS SDK for pandas against the endpoint."""

import warnings
from collections.abc import Iterator
from decimal import Decimal

import pytest

from tests.athena_local.endpoint.tables import Endpoint

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # what it warns of at import is not ours
    import awswrangler as wr
    import pandas as pd

# awswrangler calls pandas in a way that pandas 3 warns of.
pytestmark = pytest.mark.filterwarnings("ignore:The copy keyword is deprecated")


@pytest.fixture
def wrangler(endpoint: Endpoint) -> Iterator[None]:
    before = wr.config.athena_endpoint_url, wr.config.s3_endpoint_url, wr.config.glue_endpoint_url
    wr.config.athena_endpoint_url = endpoint.athena_url
    wr.config.s3_endpoint_url = wr.config.glue_endpoint_url = wr.config.sts_endpoint_url = endpoint.aws_url
    yield
    wr.config.athena_endpoint_url, wr.config.s3_endpoint_url, wr.config.glue_endpoint_url = before


@pytest.mark.usefixtures("wrangler")
def test_read_sql_query() -> None:
    frame = wr.athena.read_sql_query(
        "SELECT event_id, event_time, amount, clicks FROM orders ORDER BY event_id",
        database="shop",
        ctas_approach=False,
        workgroup="analysts",
    )
    assert list(frame["event_id"]) == ["e1", "e2", "e3", "e4"]
    assert frame["event_time"][0] == pd.Timestamp("2026-11-22 10:30:00")
    assert frame["amount"][1] == Decimal("3.000000000")
    assert pd.isna(frame["amount"][3])
    assert frame["clicks"].dtype == "Int64"


@pytest.mark.usefixtures("wrangler")
def test_parameters_and_failures() -> None:
    frame = wr.athena.read_sql_query(
        "SELECT count(*) AS n FROM orders WHERE gen = :gen",
        database="shop",
        ctas_approach=False,
        workgroup="analysts",
        params={"gen": "2026-11-22-10"},
    )
    assert frame["n"][0] == 2
    with pytest.raises(wr.exceptions.QueryFailed, match="TABLE_NOT_FOUND"):
        wr.athena.read_sql_query("SELECT 1 FROM nosuch", database="shop", ctas_approach=False, workgroup="analysts")


@pytest.mark.usefixtures("wrangler")
def test_the_catalog() -> None:
    described = wr.athena.describe_table("orders", database="shop", workgroup="analysts")
    assert list(described.query("Partition")["Column Name"]) == ["gen"]
    assert dict(zip(described["Column Name"], described["Type"], strict=True))["amount"] == "decimal(38,9)"
