"""PREPARE, EXECUTE and DEALLOCATE PREPARE: statements that a workgroup keeps by name, or that are given at once."""

import re
from collections.abc import Callable
from typing import Any

from sqlglot import TokenType

from athena_local.errors import ForwardedError, QueryError
from athena_local.syntax.dialect import AthenaSql, parse
from athena_local.syntax.quotes import blank

_NAME = r"(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
_FORMS = {
    "PREPARE": rf"PREPARE\s+{_NAME}\s+FROM\b(?P<query>.+)",
    "EXECUTE": rf"EXECUTE\s+(?:IMMEDIATE\s+'(?P<text>(?:[^']|'')*)'|(?!IMMEDIATE\b){_NAME})"
    r"(?:\s+USING\b(?P<using>.+))?",
    "DEALLOCATE": rf"DEALLOCATE\s+PREPARE\s+{_NAME}",
}
_PATTERNS = {kind: re.compile(form, re.IGNORECASE | re.DOTALL) for kind, form in _FORMS.items()}
_OPENING = (TokenType.L_PAREN, TokenType.L_BRACKET)
_CLOSING = (TokenType.R_PAREN, TokenType.R_BRACKET)
# An operation of Athena's API and its parameters → its answer.
Forward = Callable[[str, dict[str, Any]], dict[str, Any]]


def prepared_kind(body: str) -> str | None:
    """Return the first word of a statement about prepared statements; None for others."""
    return next((kind for kind, pattern in _PATTERNS.items() if pattern.fullmatch(body)), None)


class PreparedStatements:
    """The prepared statements of workgroups, which the AWS endpoint's Athena keeps for the API too.

    Parameters
    ----------
    forward
        Call an operation of that Athena.
    """

    def __init__(self, forward: Forward) -> None:
        self._forward = forward

    def prepare(self, body: str, workgroup: str) -> None:
        """Keep a query under a name.

        Raises
        ------
        QueryError
            ``ALREADY_EXISTS``, or the endpoint refuses.
        """
        name, query = self._parts("PREPARE", body, "query")
        if self._find(name, workgroup) is not None:
            raise QueryError("ALREADY_EXISTS", f"Prepared statement already exists: {name}")
        self._forward(
            "CreatePreparedStatement", {"StatementName": name, "WorkGroup": workgroup, "QueryStatement": query.strip()}
        )

    def deallocate(self, body: str, workgroup: str) -> None:
        """Forget a prepared statement."""
        name, _ = self._parts("DEALLOCATE", body, "name")
        self._existing(name, workgroup)
        self._forward("DeletePreparedStatement", {"StatementName": name, "WorkGroup": workgroup})

    def execution(self, body: str, workgroup: str) -> tuple[str, tuple[str, ...]]:
        """Return the query that EXECUTE names or has, and the values after USING as SQL texts.

        Spaces stand for what is before a query that EXECUTE IMMEDIATE has, so that its positions are the statement's.
        """
        name, using = self._parts("EXECUTE", body, "using")
        values = tuple(split_values(using))
        return (self._existing(name, workgroup) if name else _immediate(body)), values

    def query(self, body: str) -> str:
        """Return the query of a PREPARE statement."""
        return self._parts("PREPARE", body, "query")[1].strip()

    def _parts(self, kind: str, body: str, other: str) -> tuple[str, str]:
        match = _PATTERNS[kind].fullmatch(body)
        if match is None:
            raise QueryError("SYNTAX_ERROR", f"line 1:1: not a {kind} statement")
        return match["name"], match[other] or ""

    def _existing(self, name: str, workgroup: str) -> str:
        query = self._find(name, workgroup)
        if query is None:
            raise QueryError("NOT_FOUND", f"Prepared statement not found: {name}")
        return query

    def _find(self, name: str, workgroup: str) -> str | None:
        try:
            answer = self._forward("GetPreparedStatement", {"StatementName": name, "WorkGroup": workgroup})
        except ForwardedError as error:
            if error.code == "ResourceNotFoundException":
                return None
            raise QueryError("GENERIC_INTERNAL_ERROR", error.message) from error
        return str(answer["PreparedStatement"]["QueryStatement"])


def _immediate(body: str) -> str:
    match = _PATTERNS["EXECUTE"].fullmatch(body)
    text, start = (match["text"], match.start("text")) if match else ("", 0)
    return blank(body[:start]) + text.replace("''", "'")


def split_values(text: str) -> list[str]:
    """Return the SQL texts between the commas that are outside brackets.

    Raises
    ------
    InvalidRequestError
        ``MALFORMED_QUERY``: the text is not a list of expressions.
    """
    if not text.strip():
        return []
    parse(f"SELECT {text}")
    depth, start, values = 0, 0, []
    for token in AthenaSql().tokenize(text):
        depth += (token.token_type in _OPENING) - (token.token_type in _CLOSING)
        if token.token_type == TokenType.COMMA and depth == 0:
            values.append(text[start : token.start].strip())
            start = token.end + 1
    return [*values, text[start:].strip()]
