"""Errors of the statements that Athena gives to Hive, in Hive's words: ``FAILED: SemanticException …``."""

from athena_local.errors import SYSTEM_ERROR, USER_ERROR, QueryError

_NOT_FOUND = 1006
_PARSE = 1003
_TASK = "Execution Error, return code 1 from org.apache.hadoop.hive.ql.exec.DDLTask."


class HiveError(QueryError):
    """A statement that Hive refuses.

    Parameters
    ----------
    words
        What Hive says after ``FAILED: ``.
    category, error_type
        ErrorCategory and ErrorType of the API.
    """

    def __init__(self, words: str, *, category: int = USER_ERROR, error_type: int = _NOT_FOUND) -> None:
        super().__init__("FAILED", words)
        self._category = category
        self._error_type = error_type

    def as_api(self) -> dict[str, object]:
        """Return the `AthenaError` structure of GetQueryExecution."""
        return super().as_api() | {"ErrorCategory": self._category, "ErrorType": self._error_type}


def semantic(message: str, code: int | None = None) -> HiveError:
    """Return the error of a statement that does not fit the catalog or itself."""
    return HiveError(f"SemanticException {f'[Error {code}]: ' if code else ''}{message}")


def task_failed(message: str) -> HiveError:
    """Return the error of a statement that the catalog refuses."""
    return HiveError(f"{_TASK} {message}")


def unreadable(message: str) -> HiveError:
    """Return the error of a statement that only Hive's own grammar refuses."""
    return HiveError(f"ParseException {message}", category=SYSTEM_ERROR, error_type=_PARSE)


def table_not_found(name: str) -> HiveError:
    """Return the error for a table that does not exist; `name` is as the statement has it."""
    return semantic(f"Table not found {name}", 10001)


def database_not_found(name: str) -> HiveError:
    """Return the error for a database that does not exist."""
    return semantic(f"Database does not exist: {name}", 10072)


def not_for_iceberg() -> QueryError:
    """Return the error of a statement that Athena has for other tables only."""
    return QueryError("NOT_SUPPORTED", "Query type not supported by Athena Iceberg at this time")
