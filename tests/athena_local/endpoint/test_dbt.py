"""dbt-athena, unmodified: models, seeds, tests and documentation. Its environment is made once from its lock."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.athena_local.endpoint.environments import python_of
from tests.athena_local.endpoint.tables import Endpoint

pytestmark = [pytest.mark.long, pytest.mark.timeout(600)]
PROJECT = Path(__file__).parent / "dbt"
BUCKET = "dbt"
DATABASE = "shop_models"
LATER = ("--vars", "later: true")
Dbt = Callable[..., str]


@pytest.fixture(scope="module")
def dbt(endpoint: Endpoint, tmp_path_factory: pytest.TempPathFactory) -> Dbt:
    folder = tmp_path_factory.mktemp("dbt")
    program = python_of(PROJECT / "requirements.txt").parent / "dbt"
    endpoint.s3.create_bucket(Bucket=BUCKET)
    environment = {
        **os.environ,
        "AWS_ENDPOINT_URL": endpoint.aws_url,
        "AWS_ENDPOINT_URL_ATHENA": endpoint.athena_url,
        "AWS_ENDPOINT_URL_GLUE": endpoint.athena_url,
        "DBT_BUCKET": BUCKET,
        "DBT_SCHEMA": DATABASE,
        "DBT_TARGET_PATH": str(folder / "target"),
        "DBT_LOG_PATH": str(folder / "logs"),
    }

    def run(*arguments: str) -> str:
        project = ("--profiles-dir", str(PROJECT), "--project-dir", str(PROJECT))
        command = (str(program), "--no-use-colors", *arguments, *project)
        ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert ended.returncode == 0, ended.stdout + ended.stderr
        return (folder / "target" / "catalog.json").read_text() if "docs" in arguments else ended.stdout

    return run


def rows(endpoint: Endpoint, sql: str) -> list[list[str | None]]:
    return endpoint.rows(sql, QueryExecutionContext={"Database": DATABASE})[1:]


def days(endpoint: Endpoint) -> dict[str, list[str]]:
    """Return when the objects of each day of `daily_sales` were written, by day."""
    paths = rows(endpoint, 'SELECT DISTINCT cast(ordered_on AS varchar), "$path" FROM daily_sales')
    return {str(day): sorted(str(path) for at, path in paths if at == day) for day, _ in paths}


def test_models_are_run_again(endpoint: Endpoint, dbt: Dbt) -> None:
    dbt("seed")
    dbt("run")
    assert rows(endpoint, "SELECT * FROM daily_sales ORDER BY ordered_on, customer") == [
        ["ada", "12.50", "1", "2026-11-20"],
        ["ben", "7.25", "1", "2026-11-20"],
        ["ada", "3.00", "1", "2026-11-21"],
    ]
    before = days(endpoint)
    assert "ERROR=0" in dbt("run", *LATER)
    assert rows(endpoint, "SELECT * FROM daily_sales ORDER BY ordered_on, customer") == [
        ["ada", "12.50", "1", "2026-11-20"],
        ["ben", "7.25", "1", "2026-11-20"],
        ["ada", "3.00", "1", "2026-11-21"],
        ["cleo", "40.00", "1", "2026-11-21"],
        ["ben", "1.50", "1", "2026-11-22"],
    ]
    after = days(endpoint)
    assert after["2026-11-20"] == before["2026-11-20"]  # that day was not seen again
    assert after["2026-11-21"] != before["2026-11-21"]
    assert rows(endpoint, "SELECT customer, orders, amount FROM customers ORDER BY customer") == [
        ["ada", "2", "15.50"],
        ["ben", "2", "8.75"],
        ["cleo", "1", "40.00"],
    ]
    assert rows(endpoint, "SELECT order_id FROM ledger ORDER BY 1") == [[str(number)] for number in range(1, 6)]
    assert rows(endpoint, "SELECT * FROM regions ORDER BY customer") == [
        ["ada", "Europe, north", "2026-01-31"],
        ["ben", "America", None],
    ]
    left = endpoint.rows("SHOW TABLES", QueryExecutionContext={"Database": DATABASE})
    assert left == [[name] for name in ("customers", "daily_sales", "ledger", "orders", "regions")]


def test_tests_and_documentation(dbt: Dbt) -> None:
    assert "PASS=6 WARN=0 ERROR=0" in dbt("test")
    catalog: dict[str, Any] = json.loads(dbt("docs", "generate"))
    nodes = catalog["nodes"]
    customers = nodes["model.shop.customers"]
    assert {name: column["type"] for name, column in customers["columns"].items()} == {
        "customer": "string",
        "orders": "bigint",
        "amount": "decimal(38,2)",
        "first_order": "date",
    }
    assert customers["metadata"]["comment"] == "One row per customer."
    assert customers["columns"]["customer"]["comment"] == "Who ordered."
    assert nodes["model.shop.orders"]["metadata"]["type"] == "view"
    assert nodes["model.shop.ledger"]["metadata"]["type"] == "iceberg_table"
