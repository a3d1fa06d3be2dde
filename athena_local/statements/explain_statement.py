"""EXPLAIN and EXPLAIN ANALYZE: their options, and the statement that they explain."""

import re
from dataclasses import dataclass

from athena_local.errors import InvalidRequestError, QueryError
from athena_local.statements.kinds import Statement, classify
from athena_local.syntax.grammar import place
from athena_local.syntax.quotes import blank

_CHOICES = {"TYPE": ("LOGICAL", "DISTRIBUTED", "VALIDATE", "IO"), "FORMAT": ("TEXT", "GRAPHVIZ", "JSON")}
_OPTION = r"\s*(?:TYPE|FORMAT)\s+\w+\s*"
_FORM = re.compile(
    rf"EXPLAIN\b(?P<analyze>\s*ANALYZE\b(?P<verbose>\s*VERBOSE\b)?)?\s*(?P<options>\({_OPTION}(?:,{_OPTION})*\))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Explain:
    """What is to be told of a query.

    Attributes
    ----------
    query
        With spaces for what is before it, so that positions are those of the whole statement.
    type, format
        As written, in capital letters.
    is_run
        Whether the query runs (EXPLAIN ANALYZE).
    """

    query: str
    type: str
    format: str
    is_run: bool


def read_explain(text: str) -> Explain:
    """Read an EXPLAIN statement.

    Raises
    ------
    QueryError
        ``SYNTAX_ERROR``, or ``NOT_SUPPORTED`` for an option that is not answered offline, and for statements other
        than queries.
    """
    match = _FORM.match(text)
    if match is None:
        raise QueryError("SYNTAX_ERROR", "line 1:1: not an EXPLAIN statement")
    is_run = match["analyze"] is not None
    type_, format_ = _options(match, text)
    if is_run and ("TYPE" in (match["options"] or "").upper() or format_ == "GRAPHVIZ"):
        where = place(match.start("options"), text)
        raise QueryError("SYNTAX_ERROR", f"{where}: EXPLAIN ANALYZE takes FORMAT TEXT and FORMAT JSON only")
    query = blank(text[: match.end()]) + text[match.end() :]
    _check_kind(query)
    return Explain(query=query, type=type_, format=format_, is_run=is_run)


def _options(match: re.Match[str], text: str) -> tuple[str, str]:
    """Return type and format; the first of each counts, as in Trino."""
    told = {"FORMAT": "TEXT", "TYPE": "DISTRIBUTED"}
    start = max(match.start("options"), 0)
    options = list(re.finditer(r"(TYPE|FORMAT)\s+(\w+)", match["options"] or "", re.IGNORECASE))
    for option in reversed(options):
        name, value = option[1].upper(), option[2].upper()
        if value not in _CHOICES[name]:
            expected = ", ".join(f"'{choice}'" for choice in sorted(_CHOICES[name]))
            where = place(start + option.start(2), text)
            raise QueryError("SYNTAX_ERROR", f"{where}: mismatched input '{option[2]}'. Expecting: {expected}")
        told[name] = value
    return told["TYPE"], told["FORMAT"]


def _check_kind(query: str) -> None:
    if not query.strip():
        raise QueryError("SYNTAX_ERROR", f"{place(len(query), query)}: mismatched input '<EOF>'")
    try:
        statement: Statement = classify(query)
    except InvalidRequestError as error:
        start = len(query) - len(query.lstrip())
        raise QueryError("SYNTAX_ERROR", error.message.replace("line 1:1", place(start, query))) from error
    if statement.kind != "query":
        what = statement.substatement.replace("_", " ")
        raise QueryError("NOT_SUPPORTED", f"EXPLAIN of {what} is not answered offline: it explains queries")
