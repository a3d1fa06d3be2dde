"""Files of SQL over real tables: the same Glue catalog and S3 objects, read by Trino and by a running endpoint."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import boto3
from sqlglot import exp

from athena_local.syntax.dialect import parse
from tests.athena_local.conformance.asking import asked_of_trino
from tests.athena_local.conformance.entries import Answer, Entry
from tests.athena_local.conformance.judge import Verdict, verdict
from tests.athena_local.conformance.trino.client import Client

HIVE, ICEBERG = "awsdatacatalog", "iceberg"
_VIEW = "Presto View"
_VIEW_MEMBERS = (
    "Name", "TableType", "Parameters", "PartitionKeys", "StorageDescriptor", "ViewOriginalText", "ViewExpandedText",
)  # fmt: skip
_ESTIMATES = {"approx_percentile", "approx_distinct"}
_ESTIMATE_TOLERANCE = 0.03
_FINAL = ("SUCCEEDED", "FAILED", "CANCELLED")
_HIVE = """
connector.name=hive
hive.metastore=glue
hive.partition-projection-enabled=true
hive.iceberg-catalog-name=iceberg
hive.non-managed-table-writes-enabled=true
hive.parquet.use-column-names=true
"""
_ICEBERG = """
connector.name=iceberg
iceberg.catalog.type=glue
"""
_AWS = """
hive.metastore.glue.endpoint-url={url}
hive.metastore.glue.region={region}
hive.metastore.glue.aws-access-key={key}
hive.metastore.glue.aws-secret-key={secret}
hive.metastore.glue.default-warehouse-dir={warehouse}
fs.native-s3.enabled=true
s3.endpoint={url}
s3.region={region}
s3.path-style-access=true
s3.aws-access-key={key}
s3.aws-secret-key={secret}
"""


def catalogs(environment: Mapping[str, str], *, warehouse: str) -> dict[str, str]:
    """Return the properties of Trino's catalogs over an emulator's Glue and S3.

    Parameters
    ----------
    environment
        With ``AWS_ENDPOINT_URL``, as ``lake env`` prints it.
    warehouse
        Where tables without a location go, such as ``s3://bucket/``.

    Raises
    ------
    KeyError
        There is no ``AWS_ENDPOINT_URL``: a real account is never asked.
    """
    aws = _AWS.format(
        url=environment["AWS_ENDPOINT_URL"],
        region=environment.get("AWS_REGION", "us-east-1"),
        key=environment.get("AWS_ACCESS_KEY_ID", "test"),
        secret=environment.get("AWS_SECRET_ACCESS_KEY", "test"),
        warehouse=warehouse,
    )
    return {HIVE: _HIVE + aws, ICEBERG: _ICEBERG + aws}


def let_trino_know_views(glue: Any, database: str) -> list[str]:
    """Describe each view as what it is, and return their names.

    Trino knows its views by their comment, and takes a description for one. Emulators answer an empty description for
    a table that has none.
    """
    pages = glue.get_paginator("get_tables").paginate(DatabaseName=database)
    views = [table for page in pages for table in page["TableList"] if table.get("TableType") == "VIRTUAL_VIEW"]
    for view in views:
        described = {member: view[member] for member in _VIEW_MEMBERS if member in view} | {"Description": _VIEW}
        glue.update_table(DatabaseName=database, TableInput=described, SkipArchive=True)
    return [view["Name"] for view in views]


def files(folder: Path) -> list[Entry]:
    """Read one statement per file, its comments included."""
    return [
        Entry(id=str(path.relative_to(folder)), sql=path.read_text("utf-8")) for path in sorted(folder.rglob("*.sql"))
    ]


def compared(
    trino: Client, athena: "Athena", statements: list[Entry]
) -> Iterator[tuple[Entry, Verdict, Answer, Answer]]:
    """Ask both, and yield the verdicts."""
    for entry in statements:
        theirs, mine = asked_of_trino(trino, entry), athena.answer(entry)
        yield entry, verdict(entry, theirs, with_estimates(entry.sql, theirs, mine)), theirs, mine


def with_estimates(sql: str, trino: Answer, endpoint: Answer) -> Answer:
    """Return the endpoint's answer with Trino's estimates in place of numbers that are near to them.

    Trino's approx_percentile and approx_distinct answer a little differently from run to run. An estimate is a column
    with the name that the statement gives to such a call.
    """
    names = {
        alias.alias.lower() for alias in parse(sql).find_all(exp.Alias) if _ESTIMATES & {c.name for c in _calls(alias)}
    }
    estimates = [name.lower() in names for name, _ in trino.columns]
    if not any(estimates) or len(trino.rows) != len(endpoint.rows):
        return endpoint
    rows = [
        tuple(b if estimated and _near(a, b) else a for a, b, estimated in zip(mine, theirs, estimates, strict=True))
        for mine, theirs in zip(endpoint.rows, trino.rows, strict=True)
    ]
    return replace(endpoint, rows=tuple(rows))


def _calls(node: exp.Expr) -> Iterator[exp.Anonymous]:
    return node.find_all(exp.Anonymous)


def _near(mine: str | None, theirs: str | None) -> bool:
    if mine is None or theirs is None:
        return False
    return abs(float(mine) - float(theirs)) <= max(1, _ESTIMATE_TOLERANCE * abs(float(theirs)))


class Athena:
    """Asks the endpoint that ``AWS_ENDPOINT_URL_ATHENA`` names, over its API.

    Parameters
    ----------
    workgroup
        It says where results go.
    """

    def __init__(self, *, database: str, workgroup: str) -> None:
        self._client = boto3.client("athena")
        self._context = {"Database": database}
        self._workgroup = workgroup

    def output_location(self) -> str:
        """Where the workgroup's results go, such as ``s3://bucket/results/``."""
        group = self._client.get_work_group(WorkGroup=self._workgroup)["WorkGroup"]
        return str(group["Configuration"]["ResultConfiguration"]["OutputLocation"])

    def answer(self, entry: Entry) -> Answer:
        """Run a statement to its end."""
        asked = self._client.start_query_execution(
            QueryString=entry.sql, QueryExecutionContext=self._context, WorkGroup=self._workgroup
        )
        status = self._ended(asked["QueryExecutionId"])
        if status["State"] != "SUCCEEDED":
            name, _, message = str(status.get("StateChangeReason", status["State"])).partition(": ")
            return Answer(error=name, message=message)
        return self._result(asked["QueryExecutionId"])

    def _ended(self, execution: str) -> dict[str, Any]:
        while True:
            status: dict[str, Any] = self._client.get_query_execution(QueryExecutionId=execution)["QueryExecution"][
                "Status"
            ]
            if status["State"] in _FINAL:
                return status
            time.sleep(0.05)

    def _result(self, execution: str) -> Answer:
        pages = list(self._client.get_paginator("get_query_results").paginate(QueryExecutionId=execution))
        columns = pages[0]["ResultSet"]["ResultSetMetadata"]["ColumnInfo"]
        rows = [
            [cell.get("VarCharValue") for cell in row["Data"]] for page in pages for row in page["ResultSet"]["Rows"]
        ]
        return Answer(
            columns=tuple((column["Name"], _type(column)) for column in columns),
            rows=tuple(tuple(row) for row in rows[1:]),  # the first are the names
        )


def _type(column: dict[str, Any]) -> str:
    return f"decimal({column['Precision']}, {column['Scale']})" if column["Type"] == "decimal" else str(column["Type"])
