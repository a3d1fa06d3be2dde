"""Kinds of statements."""

import re
from dataclasses import dataclass

from athena_local.errors import InvalidRequestError, QueryError
from athena_local.statements.catalog_answers import catalog_kind
from athena_local.statements.definition_forms import definition_kind
from athena_local.statements.prepared import prepared_kind
from athena_local.statements.table_forms import table_kind
from athena_local.statements.write_forms import write_kind
from athena_local.syntax.grammar import place

_QUERIES = ("SELECT", "WITH", "VALUES", "TABLE", "(")
_OTHERS = frozenset(
    """
    ALTER ANALYZE CALL COMMENT CREATE DEALLOCATE DELETE DROP EXECUTE EXPLAIN INSERT MERGE MSCK OPTIMIZE
    PREPARE REFRESH RENAME RESET SET SHOW TRUNCATE UNLOAD UPDATE VACUUM DESCRIBE DESC
    """.split()  # noqa: SIM905
)
_DESCRIBED = ("EXTENDED", "FORMATTED", "INPUT", "OUTPUT")
_LEADING = re.compile(r"(?:\s+|--[^\n]*(?:\n|$)|/\*.*?\*/)*", re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A classified statement.

    Attributes
    ----------
    kind
        ``query``, ``explain``, ``catalog``, ``definition``, ``write`` or ``prepared``; ``unsupported`` for statements
        that only Athena can run.
    type, substatement
        StatementType and SubstatementType of the API.
    """

    text: str
    kind: str
    type: str
    substatement: str


def classify(sql: str) -> Statement:  # noqa: PLR0911  (one return per kind)
    """Return a statement with its kind, which its first words decide.

    Raises
    ------
    InvalidRequestError
        ``MALFORMED_QUERY``: no statement begins so.
    """
    text = sql.strip().rstrip(";").rstrip()
    body = text[_LEADING.match(text).end() :]  # type: ignore[union-attr]
    word = "(" if body.startswith("(") else (re.match(r"\w*", body) or [""])[0].upper()
    if word in _QUERIES:
        return Statement(text=text, kind="query", type="DML", substatement="SELECT")
    if word == "EXPLAIN":
        return Statement(text=body, kind="explain", type="UTILITY", substatement="EXPLAIN")
    if kind := catalog_kind(body):
        return Statement(text=body, kind="catalog", type="UTILITY", substatement=kind)
    if kind := write_kind(body):
        return Statement(text=text, kind="write", type="DDL" if word == "CREATE" else "DML", substatement=kind)
    if kind := definition_kind(body) or table_kind(body):
        type_ = "UTILITY" if word == "SHOW" else "DDL"
        return Statement(text=body, kind="definition", type=type_, substatement=kind)
    if kind := prepared_kind(body):
        type_ = "DML" if kind == "EXECUTE" else "DDL"
        return Statement(text=body, kind="prepared", type=type_, substatement=kind)
    return _other(word, body)


def _other(word: str, body: str) -> Statement:
    """Return a statement that only Athena can run."""
    if word in ("DESC", "DESCRIBE", "SHOW") and (quoted := re.search('"[^"]*"', body)):
        message = f"{place(quoted.start(), body)}: mismatched input '{quoted[0]}'"
        raise InvalidRequestError(message, code="MALFORMED_QUERY")
    if word in ("DESC", "DESCRIBE"):
        return Statement(text=body, kind="unsupported", type="UTILITY", substatement="DESCRIBE_TABLE")
    if word in _OTHERS:
        type_ = "DML" if word in ("INSERT", "DELETE", "UPDATE", "MERGE", "UNLOAD") else "DDL"
        return Statement(text=body, kind="unsupported", type=type_, substatement=word)
    first = (re.match(r"\w+|.", body) or ["<EOF>"])[0]
    raise InvalidRequestError(
        f"line 1:1: mismatched input '{first}'. Expecting: 'SELECT', 'WITH', 'VALUES', …", code="MALFORMED_QUERY"
    )


def unsupported(statement: Statement) -> QueryError:
    """Return the error of an ``unsupported`` statement."""
    words = statement.text.upper().split()
    if statement.substatement == "DESCRIBE_TABLE":
        kind = f" {words[1]}" if words[1:2] and words[1] in _DESCRIBED else " of a column or a partition"
        message = f"DESCRIBE{kind} is not answered offline: DESCRIBE has the columns of tables and views here"
        return QueryError("NOT_SUPPORTED", message)
    if statement.substatement == "SHOW":
        shown = " ".join(words[: 3 if words[1:2] == ["CREATE"] else 2])
        return QueryError(
            "NOT_SUPPORTED",
            f"{shown} is not answered offline: SHOW has DATABASES, TABLES, VIEWS, COLUMNS, PARTITIONS, TBLPROPERTIES, "
            "CREATE TABLE and CREATE VIEW here",
        )
    return QueryError(
        "NOT_SUPPORTED",
        f"{statement.substatement} statements do not run offline: this endpoint answers SELECT, WITH, VALUES, "
        "SHOW, DESCRIBE, EXPLAIN, PREPARE, EXECUTE, CREATE TABLE AS, INSERT INTO, UNLOAD, CREATE and DROP of "
        "databases, tables and views, ALTER TABLE and MSCK REPAIR TABLE",
    )
