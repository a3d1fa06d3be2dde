"""The pages of GetQueryResults."""

from typing import Any

from athena_local.api.execution import Execution
from athena_local.api.validation import malformed_token
from athena_local.execution.result_file import ResultFile
from athena_local.tables.types import Row


def result_page(execution: Execution, pages: ResultFile, token: str | None, size: int) -> dict[str, Any]:
    """Return the answer for one page of an execution that has succeeded.

    As on Athena, the first page of a query begins with its header, and a full page has a NextToken even if nothing
    follows.

    Parameters
    ----------
    token
        The NextToken of the page before.
    size
        The most rows, the header among them.

    Raises
    ------
    InvalidRequestError
        No page of this execution gave the token.
    """
    names: Row = [column.name for column in execution.columns]
    header = [names] if execution.has_header and token is None else []
    rows, end = _rows(pages, token, size - len(header))
    answer: dict[str, Any] = {
        "ResultSet": {
            "Rows": [_row(row) for row in (*header, *rows)],
            "ResultSetMetadata": {"ColumnInfo": [column.as_api() for column in execution.columns]},
        },
    }
    if execution.request.statement.type != "DDL" or execution.update_count is not None:
        answer["UpdateCount"] = execution.update_count or 0
    return answer | ({"NextToken": str(end)} if len(header) + len(rows) == size else {})


def _rows(pages: ResultFile, token: str | None, size: int) -> tuple[list[Row], int]:
    if token is not None and not token.isdecimal():
        raise malformed_token(token)
    try:
        return pages.page(int(token or 0), size)
    except ValueError as error:
        raise malformed_token(str(token)) from error


def _row(row: Row) -> dict[str, Any]:
    return {"Data": [{} if value is None else {"VarCharValue": value} for value in row]}
