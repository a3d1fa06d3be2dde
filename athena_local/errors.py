"""The errors that a client sees, and their base class.

::

    AthenaError
    ├── ForwardedError        the AWS endpoint's error for an operation that was forwarded to it
    ├── InvalidRequestError   refused by the API: HTTP 400 `InvalidRequestException` with an AthenaErrorCode
    ├── ThrottledError        too many active queries: HTTP 400 `TooManyRequestsException`
    └── QueryError            a query execution that ends as FAILED, with a Trino error name
        ├── CancelledError    a query execution that ends as CANCELLED
        └── HiveError         one that fails in Hive's words; of `athena_local.statements.hive_errors`
"""

import re

from athena_local import failures

USER_ERROR = 2
SYSTEM_ERROR = 1
_ERROR_TYPES = {"SYNTAX_ERROR": 1003, "TABLE_NOT_FOUND": 1006, "COLUMN_NOT_FOUND": 1006, "GENERIC_INTERNAL_ERROR": 200}
_OTHER_USER_ERROR = 1001


class AthenaError(Exception):
    """Base of every error that a client may see."""


class ForwardedError(AthenaError):
    """An error of the AWS endpoint.

    Parameters
    ----------
    status
        The HTTP status.
    code
        The error's name, such as ``ResourceNotFoundException``.
    """

    def __init__(self, *, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message


class InvalidRequestError(AthenaError):
    """A request that the API refuses.

    Parameters
    ----------
    message
        What is wrong, in Athena's words.
    code
        The `AthenaErrorCode`, such as ``MALFORMED_QUERY``.
    """

    def __init__(self, message: str, *, code: str = "INVALID_INPUT") -> None:
        super().__init__(message)
        self.message = message
        self.code = code


class ThrottledError(AthenaError):
    """A query that is refused because too many are active."""

    def __init__(self) -> None:
        super().__init__(
            "You have exceeded the limit for the number of queries you can run concurrently. Please reduce the number "
            "of concurrent queries submitted by this account. Contact customer support to request a concurrent query "
            "limit increase."
        )


class QueryError(AthenaError):
    """A query execution that fails.

    Parameters
    ----------
    name
        The Trino error name, such as ``TABLE_NOT_FOUND``.
    message
        The rest of the reason; it begins with a position, if there is one: ``line 1:15: Table …``.
    """

    state = "FAILED"

    def __init__(self, name: str, message: str) -> None:
        super().__init__(f"{name}: {message}")
        self.name = name

    @property
    def reason(self) -> str:
        """The execution's StateChangeReason."""
        return str(self)

    def as_api(self) -> dict[str, object]:
        """Return the `AthenaError` structure of GetQueryExecution."""
        category = SYSTEM_ERROR if self.name == "GENERIC_INTERNAL_ERROR" else USER_ERROR
        error_type = _ERROR_TYPES.get(self.name, _OTHER_USER_ERROR)
        return {"ErrorCategory": category, "ErrorType": error_type, "Retryable": False, "ErrorMessage": self.reason}


class CancelledError(QueryError):
    """A query execution that was stopped, by its user or by the workgroup's limit."""

    state = "CANCELLED"

    def __init__(self, reason: str) -> None:
        super().__init__("CANCELLED", reason)
        self._reason = reason

    @property
    def reason(self) -> str:
        """The execution's StateChangeReason, without an error name."""
        return self._reason


_NAMES = {
    "Invalid Input Error": "INVALID_FUNCTION_ARGUMENT",
    "Out of Range Error": "NUMERIC_VALUE_OUT_OF_RANGE",
    "Out of Memory Error": "EXCEEDED_LOCAL_MEMORY_LIMIT",
}
_TYPE_NAMES = {
    "INT8": "TINYINT",
    "INT16": "SMALLINT",
    "INT32": "INTEGER",
    "INT64": "BIGINT",
    "BOOL": "BOOLEAN",
    "FLOAT": "REAL",
    "date": "DATE",
    "timestamp": "TIMESTAMP",
}

# What DuckDB says, and Trino's name for it.
_MEANT = (
    ("from hive partition column", "HIVE_INVALID_PARTITION_VALUE"),
    ("MemoryError", "EXCEEDED_LOCAL_MEMORY_LIMIT"),
    ("GROUPING statement cannot be used without groups", "MISSING_GROUP_BY"),
    ("More than one row returned by a subquery", "SUBQUERY_MULTIPLE_ROWS"),
)
# Trino reads the statement, so that what DuckDB does not read is ours.
_OURS = ("Binder Error", "Catalog Error", "Parser Error", "Not implemented Error")

# What a macro raises: the text of a cast that fails.
_RAISED = re.compile(r"trino-error (\w+): (.*?);;")
# A `QueryError` that a Python function raised, in DuckDB's words or Arrow's.
_RAISED_BY_PYTHON = re.compile(r"while executing the UDF: QueryError: (\w+): (.*?)(?:\n\nAt:\n|\Z)", re.DOTALL)
_CAST = re.compile(r"Could not convert (?:string|\w+) ['\"]?(?:not an integer: )?(.*?)['\"]? to (\w+(?:\([\d,]+\))?)")
_NOT_AN_INTEGER = re.compile(r"value -?(nan|inf)|Type (DOUBLE|FLOAT).* INT64")
_FORMATTED = re.compile(r"(?:invalid )?(date|timestamp) field (?:format:|value out of range:) \"(.*?)\"")
# Where this process keeps objects is nobody's business.
_LOCAL_COPY = re.compile(r"/[^\s\"']*\.parquet")
_COLUMN = re.compile(r"(?:Referenced column|does not have a column named|Table \"?\w+\"? does not have) \"(.*?)\"")


def out_of_memory() -> QueryError:
    """Return the error of a query that needs more memory than there is.

    Python's own are a MemoryError, or a SystemError where an extension module could not even make that.
    """
    return QueryError("EXCEEDED_LOCAL_MEMORY_LIMIT", "the query needs more memory than the process may use")


def from_duckdb(message: str) -> QueryError:  # noqa: PLR0911 (one return per kind of error)
    """Return an error of DuckDB under Trino's name for it.

    Parameters
    ----------
    message
        The text of a `duckdb.Error`.
    """
    if match := _RAISED.search(message) or _RAISED_BY_PYTHON.search(message):
        return QueryError(match.group(1), match.group(2))
    first = _LOCAL_COPY.sub("a file", message.split("\n", 1)[0])
    kind, _, text = first.partition(": ")
    if (named := failures.named(kind, text)) is not None:
        return QueryError(*named)
    if "Division by zero" in text:
        return QueryError("DIVISION_BY_ZERO", "Division by zero")
    if kind == "Conversion Error":
        return _conversion_error(text)
    if kind == "Binder Error" and (column := _COLUMN.search(text)):
        return QueryError("COLUMN_NOT_FOUND", f"line 1:1: Column '{column.group(1)}' cannot be resolved")
    meant = next((name for part, name in _MEANT if part in text), "")
    if meant:
        return QueryError(meant, text)
    if kind in _OURS:
        return QueryError("NOT_SUPPORTED", f"the statement is not supported offline: {text}")
    name = _NAMES.get(kind, "GENERIC_INTERNAL_ERROR")
    return QueryError(name, first if name == "GENERIC_INTERNAL_ERROR" else _malformed_json(text))


def _conversion_error(text: str) -> QueryError:
    if "out of range for the destination type INT" in text and not _NOT_AN_INTEGER.search(text):
        return QueryError("NUMERIC_VALUE_OUT_OF_RANGE", f"Out of range: {text}")
    if text.startswith("Date out of range: "):  # what strptime says of 2024-02-30
        return QueryError("INVALID_FUNCTION_ARGUMENT", f"Invalid date: {text.split(': ')[1]}")
    if match := _FORMATTED.search(text):
        return QueryError("INVALID_CAST_ARGUMENT", f"Value cannot be cast to {match.group(1)}: {match.group(2)}")
    if match := _CAST.search(text):
        target = _TYPE_NAMES.get(match.group(2), match.group(2))
        return QueryError("INVALID_CAST_ARGUMENT", f"Cannot cast '{match.group(1)}' to {target}")
    return QueryError("INVALID_CAST_ARGUMENT", text)


def _malformed_json(text: str) -> str:
    match = re.search(r'Malformed JSON.*Input: "(.*)"', text)
    return f"Cannot convert value to JSON: '{match.group(1)}'" if match else text
