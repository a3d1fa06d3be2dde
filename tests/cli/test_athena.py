from typing import Any

import pytest

from cli.athena import QueryResult, _cells, run_query
from cli.deployment import Deployment
from cli.errors import CliError

HEADER = {"Data": [{"VarCharValue": "_col0"}]}


class FakeAthena:
    """Answers as boto3's Athena client does for one query."""

    def __init__(
        self, states: list[str], pages: list[list[dict[str, Any]]], statement: str = "DML", sub: str = ""
    ) -> None:
        self.sub = sub
        self.states = iter(states)
        self.pages = pages
        self.statement = statement
        self.started: dict[str, Any] = {}

    def start_query_execution(self, **arguments: Any) -> dict[str, str]:
        self.started = arguments
        return {"QueryExecutionId": "q"}

    def get_query_execution(self, **_: Any) -> dict[str, Any]:
        status = {"State": next(self.states), "StateChangeReason": "line 1:8: Column 'x' cannot be resolved"}
        statistics = {"DataScannedInBytes": 7}
        kinds = {"StatementType": self.statement, "SubstatementType": self.sub}
        return {"QueryExecution": {"Status": status, **kinds, "Statistics": statistics}}

    def get_paginator(self, _: str) -> "FakeAthena":
        return self

    def paginate(self, **_: Any) -> list[dict[str, Any]]:
        metadata = {"ColumnInfo": [{"Name": "_col0", "Type": "bigint"}]}
        return [{"UpdateCount": 12, "ResultSet": {"ResultSetMetadata": metadata, "Rows": rows}} for rows in self.pages]


class FakeDeployment(Deployment):
    """A deployment whose only client is the fake."""

    def __init__(self, athena: FakeAthena) -> None:
        super().__init__(stage="local", ingest_url="", outputs={"WorkGroup": "wg", "Database": "db"})
        object.__setattr__(self, "athena", athena)

    def client(self, service: str) -> Any:
        assert service == "athena"
        return self.athena  # type: ignore[attr-defined]


def row(value: str | None) -> dict[str, Any]:
    return {"Data": [{"VarCharValue": value} if value is not None else {}]}


def test_every_page_is_read_and_the_header_is_left_out_once() -> None:
    athena = FakeAthena(["QUEUED", "RUNNING", "SUCCEEDED"], [[HEADER, row("1")], [row(None), row("_col0")]])
    result = run_query(FakeDeployment(athena), "select 1")
    assert result == QueryResult(columns=(("_col0", "bigint"),), rows=(("1",), (None,), ("_col0",)), scanned_bytes=7)
    assert athena.started["WorkGroup"] == "wg"
    assert athena.started["QueryExecutionContext"] == {"Database": "db"}


def test_a_statement_without_header_keeps_its_first_row() -> None:
    athena = FakeAthena(["SUCCEEDED"], [[HEADER, row("hot_clickstream")]], statement="DDL")
    result = run_query(FakeDeployment(athena), "show tables")
    assert len(result.rows) == 2
    assert result.is_text
    assert result.written is None


def test_what_a_statement_wrote_is_told() -> None:
    athena = FakeAthena(["SUCCEEDED"], [[]], sub="INSERT")
    assert run_query(FakeDeployment(athena), "insert into t values 1").written == 12


@pytest.mark.parametrize("state", ["FAILED", "CANCELLED"])
def test_a_failed_query_is_athenas_reason(state: str) -> None:
    with pytest.raises(CliError, match="Column 'x' cannot be resolved"):
        run_query(FakeDeployment(FakeAthena([state], [])), "select x")


def test_a_line_of_describe_is_split_into_its_columns() -> None:
    assert _cells([{"VarCharValue": "id   \tstring  \t   "}], 3) == ("id", "string", "")
    assert _cells([{"VarCharValue": "# Partition Information\t \t "}], 3) == ("# Partition Information", "", "")
    assert _cells([{"VarCharValue": "a\tb"}], 1) == ("a\tb",)
    assert _cells([{}, {"VarCharValue": "x"}], 2) == (None, "x")
