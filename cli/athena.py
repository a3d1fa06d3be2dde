"""Runs one SQL statement on Athena and reads its result."""

import time
from dataclasses import dataclass
from typing import Any

from cli.deployment import Deployment
from cli.errors import CliError

_FIRST_WAIT_SECONDS = 0.02
_LONGEST_WAIT_SECONDS = 1.0
_WAIT_GROWTH = 1.6
_WRITES = frozenset({"CREATE_TABLE_AS_SELECT", "INSERT", "UNLOAD"})

Cell = str | None


@dataclass(frozen=True, kw_only=True)
class QueryResult:
    """A statement's result.

    Attributes
    ----------
    columns
        Each one's name and Athena type.
    rows
        Values as Athena's strings.
    is_text
        The rows are lines of one text, such as a plan or a statement.
    written
        Rows that the statement wrote; None for one that only reads.
    """

    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[Cell, ...], ...]
    scanned_bytes: int
    is_text: bool = False
    written: int | None = None


def run_query(deployment: Deployment, sql: str) -> QueryResult:
    """Run a statement, and return its whole result.

    An interrupted query is stopped: Athena would go on with it, and bill it.

    Raises
    ------
    CliError
        The query failed; the text is Athena's reason.
    """
    athena = deployment.client("athena")
    query_id = athena.start_query_execution(
        QueryString=sql,
        WorkGroup=deployment.output("WorkGroup"),
        QueryExecutionContext={"Database": deployment.output("Database")},
    )["QueryExecutionId"]
    try:
        execution = _wait(athena, query_id)
    except KeyboardInterrupt:
        athena.stop_query_execution(QueryExecutionId=query_id)
        raise
    return _read(athena, query_id, execution)


def _wait(athena: Any, query_id: str) -> dict[str, Any]:
    wait = _FIRST_WAIT_SECONDS
    while True:
        execution: dict[str, Any] = athena.get_query_execution(QueryExecutionId=query_id)["QueryExecution"]
        state = execution["Status"]["State"]
        if state == "SUCCEEDED":
            return execution
        if state in {"FAILED", "CANCELLED"}:
            raise CliError(execution["Status"].get("StateChangeReason", f"the query was {state.lower()}"))
        time.sleep(wait)
        wait = min(wait * _WAIT_GROWTH, _LONGEST_WAIT_SECONDS)


def _read(athena: Any, query_id: str, execution: dict[str, Any]) -> QueryResult:
    columns: tuple[tuple[str, str], ...] = ()
    rows: list[tuple[Cell, ...]] = []
    written = 0
    for page in athena.get_paginator("get_query_results").paginate(QueryExecutionId=query_id):
        result = page["ResultSet"]
        columns = columns or tuple((c["Name"], c["Type"]) for c in result["ResultSetMetadata"]["ColumnInfo"])
        rows += [_cells(row["Data"], len(columns)) for row in result["Rows"]]
        written = written or page.get("UpdateCount") or 0
    # Only a SELECT's first row repeats the columns' names; SHOW and DESCRIBE have none.
    has_header = execution.get("StatementType") == "DML" and rows[:1] == [tuple(name for name, _ in columns)]
    return QueryResult(
        columns=columns,
        rows=tuple(rows[1:] if has_header else rows),
        scanned_bytes=execution.get("Statistics", {}).get("DataScannedInBytes", 0),
        is_text=not has_header and len(columns) == 1,
        written=written if execution.get("SubstatementType") in _WRITES else None,
    )


def _cells(data: list[dict[str, str]], width: int) -> tuple[Cell, ...]:
    """Return a row's values; DESCRIBE gives one value for all of its columns, with tabs between them."""
    values = [cell.get("VarCharValue") for cell in data]
    if len(values) == 1 and width > 1 and values[0] is not None:
        parts = [part.strip() for part in values[0].split("\t")]
        return tuple([*parts, *[""] * width][:width])
    return tuple(values)
