"""Trino's grammar: what Trino refuses to read is refused before anything else looks at it."""

from functools import lru_cache
from importlib.resources import files

from athena_local.errors import InvalidRequestError, QueryError
from athena_local.syntax.peg import Reading, grammar
from athena_local.syntax.tokens import Token, tokens

_RULES = grammar(files(__package__).joinpath("grammar.peg").read_text("utf-8"))
_TYPES = frozenset(
    """
    BIGINT BINGTILE BOOLEAN CHAR CODEPOINTS COLOR DATE DECIMAL DOUBLE GEOMETRY HYPERLOGLOG INT INTEGER IPADDRESS
    IPPREFIX JSON JSON2016 JSONPATH JSONPATH2016 KDBTREE LIKEPATTERN P4HYPERLOGLOG QDIGEST REAL SETDIGEST
    SMALLINT SPHERICALGEOGRAPHY TDIGEST TIME TIMESTAMP TINYINT UNKNOWN UUID VARBINARY VARCHAR ARRAY MAP ROW
    """.split()  # noqa: SIM905
)
_NAMES = {
    "BACKQUOTED": "backquoted identifiers are not supported; use double quotes to quote identifiers",
    "DIGITS": "identifiers must not start with a digit; surround the identifier with double quotes",
}
_OFFLINE = {
    "@pattern": "MATCH_RECOGNIZE and row pattern windows",
    "@json_table": "JSON_TABLE",
    "@table_function": "table functions",
    "@corresponding": "CORRESPONDING",
}


@lru_cache(maxsize=64)  # the API reads a query, and so does its execution
def check(sql: str) -> None:
    """Read a query as Trino does.

    Raises
    ------
    InvalidRequestError
        ``MALFORMED_QUERY``: Trino's grammar has no such query.
    QueryError
        Trino reads it and refuses it by what stands in it, or it has a clause that is not supported offline.
    """
    read = tokens(sql.rstrip().rstrip(";"))
    if any(token.text == ";" for token in read[:-1]):
        raise InvalidRequestError("Only one sql statement is allowed.", code="MALFORMED_QUERY")
    reading = Reading(tokens=read)
    try:
        fits = _RULES["statement"](reading, 0) >= 0
    except RecursionError as error:
        raise QueryError("NOT_SUPPORTED", "a statement nested as deep as this does not run offline") from error
    if not fits:
        raise InvalidRequestError(mismatch(read[reading.furthest], sql), code="MALFORMED_QUERY")
    for rule, start, _ in reading.told:
        _refuse(rule, read[start], sql)


def place(start: int, sql: str) -> str:
    """Return a place in Trino's form: ``line 1:15``."""
    before = sql[:start]
    return f"line {before.count(chr(10)) + 1}:{start - (before.rfind(chr(10)) + 1) + 1}"


def mismatch(token: Token, sql: str) -> str:
    """Return Trino's message for a token that fits nothing."""
    where = place(token.start, sql)
    if token.kind in _NAMES:
        return f"{where}: {_NAMES[token.kind]}"
    length = len(token.text)
    written = sql[token.start : token.start + length] or token.text
    return f"{where}: mismatched input '{written}'"


def _refuse(rule: str, token: Token, sql: str) -> None:
    where, written = place(token.start, sql), sql[token.start : token.start + len(token.text)]
    if rule == "@constructor" and token.text.strip('"').upper() not in _TYPES:
        raise QueryError("TYPE_NOT_FOUND", f"{where}: Unknown type: {written}")
    if rule == "@type" and token.text.strip('"').upper() not in _TYPES:
        raise QueryError("TYPE_MISMATCH", f"{where}: Unknown type: {written}")
    if rule == "@everything":
        raise QueryError("COLUMN_NOT_FOUND", f"{where}: Column '{written.lower()}' cannot be resolved")
    if rule == "@any":
        raise QueryError("FUNCTION_NOT_FOUND", f"{where}: Function '{written.lower()}' not registered")
    if rule == "@natural":
        raise QueryError("NOT_SUPPORTED", f"{where}: Natural join not supported")
    if rule in _OFFLINE:
        raise QueryError("NOT_SUPPORTED", f"{where}: {_OFFLINE[rule]}: not supported offline")
