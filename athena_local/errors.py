"""The errors that a client sees, and their base class.

::

    AthenaError
    ├── ForwardedError        the AWS endpoint's error for an operation that was forwarded to it
    ├── InvalidRequestError   refused by the API: HTTP 400 `InvalidRequestException` with an AthenaErrorCode
    └── QueryError            a query execution that ends as FAILED, with a Trino error name
        └── CancelledError    a query execution that ends as CANCELLED
"""

import re

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
    "Binder Error": "SYNTAX_ERROR",
    "Catalog Error": "SYNTAX_ERROR",
    "Parser Error": "SYNTAX_ERROR",
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

# A `QueryError` that a Python function raised, in DuckDB's words or Arrow's.
_RAISED = re.compile(r"while executing the UDF: QueryError: (\w+): (.*?)(?:\n\nAt:\n|\Z)", re.DOTALL)
_CAST = re.compile(r"Could not convert (?:string|\w+) ['\"]?(?:not an integer: )?(.*?)['\"]? to (\w+(?:\([\d,]+\))?)")
_FORMATTED = re.compile(r"(?:invalid )?(date|timestamp) field (?:format:|value out of range:) \"(.*?)\"")
_COLUMN = re.compile(r"(?:Referenced column|does not have a column named|Table \"?\w+\"? does not have) \"(.*?)\"")


def from_duckdb(message: str) -> QueryError:
    """Return an error of DuckDB under Trino's name for it.

    Parameters
    ----------
    message
        The text of a `duckdb.Error`.
    """
    if raised := _RAISED.search(message):
        return QueryError(raised.group(1), raised.group(2))
    first = message.split("\n", 1)[0]
    kind, _, text = first.partition(": ")
    if "Division by zero" in text:
        return QueryError("DIVISION_BY_ZERO", "Division by zero")
    if kind == "Conversion Error":
        return _conversion_error(text)
    if kind == "Binder Error" and (column := _COLUMN.search(text)):
        return QueryError("COLUMN_NOT_FOUND", f"line 1:1: Column '{column.group(1)}' cannot be resolved")
    name = _NAMES.get(kind, "GENERIC_INTERNAL_ERROR")
    return QueryError(name, first if name == "GENERIC_INTERNAL_ERROR" else _malformed_json(text))


def _conversion_error(text: str) -> QueryError:
    if re.match(r"Object .* (does not have|has unknown) key|Expected OBJECT, but got ARRAY", text):
        return QueryError("NOT_SUPPORTED", "the cast of this JSON to a row is not implemented offline")
    if match := _FORMATTED.search(text):
        return QueryError("INVALID_CAST_ARGUMENT", f"Value cannot be cast to {match.group(1)}: {match.group(2)}")
    if match := _CAST.search(text):
        target = _TYPE_NAMES.get(match.group(2), match.group(2))
        return QueryError("INVALID_CAST_ARGUMENT", f"Cannot cast '{match.group(1)}' to {target}")
    return QueryError("INVALID_CAST_ARGUMENT", text)


def _malformed_json(text: str) -> str:
    match = re.search(r'Malformed JSON.*Input: "(.*)"', text)
    return f"Cannot convert value to JSON: '{match.group(1)}'" if match else text
