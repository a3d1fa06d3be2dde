"""One query execution, and how the API shows it."""

import time
from dataclasses import dataclass, field
from typing import Any

import duckdb

from athena_local.api.result_settings import ResultSettings
from athena_local.api.timeline import Timeline
from athena_local.errors import QueryError
from athena_local.execution.requests import Request
from athena_local.statements.kinds import Statement
from athena_local.tables.types import OutputColumn

FINAL_STATES = ("SUCCEEDED", "FAILED", "CANCELLED")
_FILES = {"INSERT": "{}", "UNLOAD": "{}", "CREATE_TABLE_AS_SELECT": "tables/{}", "EXPLAIN": "{}.txt"}


@dataclass(kw_only=True)
class Execution:
    """One query execution; the lock of `Executor` guards it.

    Attributes
    ----------
    token
        The ClientRequestToken.
    result_id
        The execution whose result it shows: its own, or an earlier one's that is reused.
    written_rows, written_bytes
        Size of the result.
    """

    id: str
    request: Request
    settings: ResultSettings
    token: str
    catalog: str | None = None
    database: str | None = None
    engine_version: dict[str, str] = field(default_factory=dict)
    result_id: str = ""
    output_location: str = ""
    state: str = "QUEUED"
    error: QueryError | None = None
    columns: tuple[OutputColumn, ...] = ()
    has_header: bool = True
    update_count: int | None = None
    scanned_bytes: int = 0
    scanned_rows: int = 0
    written_rows: int = 0
    written_bytes: int = 0
    timeline: Timeline = field(default_factory=Timeline)
    stop_asked: bool = False
    is_active: bool = False
    cursor: duckdb.DuckDBPyConnection | None = None

    def __post_init__(self) -> None:
        self.result_id = self.result_id or self.id
        self.output_location = self.output_location or self.settings.folder + result_name(
            self.request.statement, self.id
        )

    @property
    def is_final(self) -> bool:
        """Whether it has ended."""
        return self.state in FINAL_STATES

    @property
    def only_reads(self) -> bool:
        """Whether its statement changes nothing, so that it is over for the client as soon as it is stopped."""
        return self.request.statement.type != "DDL" and has_result_object(self.request.statement)

    @property
    def is_reused(self) -> bool:
        """Whether it shows the result of an earlier execution."""
        return self.result_id != self.id

    def asks_the_same(self, other: "Execution") -> bool:
        """Tell whether the same token may name both: Athena compares the text, its context and the location."""
        mine, others = (
            (each.request.statement.text, each.catalog, each.database, each.settings.folder) for each in (self, other)
        )
        return mine == others

    def as_api(self) -> dict[str, object]:
        """Return the `QueryExecution` structure."""
        statement = self.request.statement
        shown: dict[str, object] = {
            "QueryExecutionId": self.id,
            "Query": statement.text,
            "StatementType": statement.type,
            "SubstatementType": statement.substatement,
            "ResultConfiguration": self.settings.as_api(self.output_location),
            "ResultReuseConfiguration": dict(self.request.reuse),
            "QueryExecutionContext": self._context(),
            "Status": self._status(),
            "Statistics": self.statistics(),
            "WorkGroup": self.request.workgroup,
            "EngineVersion": self.engine_version,
        }
        return shown | ({"ExecutionParameters": list(self.request.parameters)} if self.request.parameters else {})

    @property
    def manifest_location(self) -> str:
        """Address of the object that lists the files which a statement has written."""
        return f"{self.output_location}-manifest.csv"

    def statistics(self) -> dict[str, Any]:
        """Return the `QueryExecutionStatistics` structure."""
        has_manifest = self.update_count is not None and self.state == "SUCCEEDED"
        manifest = {"DataManifestLocation": self.manifest_location} if has_manifest else {}
        return {
            **manifest,
            "DataScannedInBytes": self.scanned_bytes,
            **self.timeline.as_api(now=time.time()),
            "ResultReuseInformation": {"ReusedPreviousResult": self.is_reused},
        }

    def runtime_statistics(self) -> dict[str, object]:
        """Return the `QueryRuntimeStatistics` structure."""
        rows = {
            "InputRows": self.scanned_rows,
            "InputBytes": self.scanned_bytes,
            "OutputRows": self.written_rows,
            "OutputBytes": self.written_bytes,
        }
        shown: dict[str, object] = {"Timeline": self.timeline.as_api(now=time.time())}
        return shown | ({"Rows": rows} if self.state == "SUCCEEDED" else {})

    def _context(self) -> dict[str, str]:
        context = {"Database": self.database, "Catalog": self.catalog and self.catalog.lower()}
        return {name: value for name, value in context.items() if value}

    def _status(self) -> dict[str, object]:
        status: dict[str, object] = {"State": self.state, "SubmissionDateTime": self.timeline.received}
        if self.timeline.completed:
            status["CompletionDateTime"] = self.timeline.completed
        if self.error is not None:
            status["StateChangeReason"] = self.error.reason
            if self.state == "FAILED":
                status["AthenaError"] = self.error.as_api()
        return status


def result_name(statement: Statement, execution_id: str) -> str:
    """Return the name of a result's object; a statement that writes rows has no object of that name."""
    by_type = "{}.csv" if statement.type == "DML" else "{}.txt"
    return _FILES.get(statement.substatement, by_type).format(execution_id)


def has_result_object(statement: Statement) -> bool:
    """Tell whether the rows of a result are an object."""
    return result_name(statement, "").startswith(".")
