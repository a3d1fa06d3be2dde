"""The grammar of the statements that define: databases, views, and what SHOW says of them."""

import re

from athena_local.syntax.quotes import bare, blank, unquoted

_WORD = r"`[^`]+`|\"[^\"]+\"|\w+"
_TEXT = r"'(?:[^'\\]|'')*'"
_IF_EXISTS = r"(?P<condition>\s+IF\s+EXISTS)?"
_CATALOG = r"(?:awsdatacatalog|`awsdatacatalog`|\"awsdatacatalog\")"
_NAME = rf"(?:{_CATALOG}\.)?(?:(?P<database>{_WORD})\.)?(?P<name>{_WORD})"
_PAIR = rf"\s*{_TEXT}\s*=\s*{_TEXT}\s*"
_FORMS = {
    "CREATE_DATABASE": rf"CREATE\s+(?:DATABASE|SCHEMA)(?P<condition>\s+IF\s+NOT\s+EXISTS)?\s+(?P<name>{_WORD})"
    rf"(?:\s+COMMENT\s+(?P<comment>{_TEXT}))?(?:\s+LOCATION\s+(?P<location>{_TEXT}))?"
    rf"(?:\s+WITH\s+DBPROPERTIES\s*\((?P<properties>{_PAIR}(?:,{_PAIR})*)\))?",
    "ALTER_DATABASE_PROPERTIES": rf"ALTER\s+(?:DATABASE|SCHEMA)\s+(?P<name>{_WORD})\s+SET\s+DBPROPERTIES\s*"
    rf"\((?P<properties>{_PAIR}(?:,{_PAIR})*)\)",
    "DROP_DATABASE": rf"DROP\s+(?:DATABASE|SCHEMA){_IF_EXISTS}\s+(?P<name>{_WORD})(?:\s+(?P<mode>RESTRICT|CASCADE))?",
    "CREATE_VIEW": rf"CREATE(?P<replace>\s+OR\s+REPLACE)?\s+VIEW\s+{_NAME}\s+AS\b(?P<query>.+)",
    "DROP_VIEW": rf"DROP\s+VIEW{_IF_EXISTS}\s+{_NAME}",
    "SHOW_VIEWS": rf"SHOW\s+VIEWS(?:\s+(?:IN|FROM)\s+(?P<database>{_WORD}))?(?:\s+LIKE\s+(?P<pattern>{_TEXT}))?",
    "SHOW_CREATE_VIEW": rf"SHOW\s+CREATE\s+VIEW\s+{_NAME}",
    "SHOW_CREATE_TABLE": rf"SHOW\s+CREATE\s+TABLE\s+{_NAME}",
    "SHOW_TABLE_PROPERTIES": rf"SHOW\s+TBLPROPERTIES\s+{_NAME}(?:\s*\(\s*(?P<property>{_TEXT})\s*\))?",
}
_PATTERNS = {kind: re.compile(form, re.IGNORECASE | re.DOTALL) for kind, form in _FORMS.items()}
_TEXTS = ("comment", "location", "pattern", "property")


def definition_kind(body: str) -> str | None:
    """Return the SubstatementType of a statement that this engine runs; None for others.

    The whole statement must have a known form: one with a clause more is another statement, which is refused.
    """
    return next((kind for kind, pattern in _PATTERNS.items() if pattern.fullmatch(body)), None)


def definition_parts(kind: str, body: str) -> dict[str, str]:
    """Return the parts of a statement that it has, without quotes.

    Returns
    -------
    dict
        `name` and `database` in lower case. `query` begins with spaces for the words before it, so that the positions
        in its errors are those of the statement.
    """
    match = _PATTERNS[kind].fullmatch(body)
    groups = match.groupdict() if match else {}
    parts = {key: str(value) for key, value in groups.items() if value is not None}
    for key in parts.keys() & {"database", "name"}:
        parts[key] = bare(parts[key])
    for key in parts.keys() & set(_TEXTS):
        parts[key] = unquoted(parts[key])
    if match and "query" in parts:
        parts["query"] = blank(body[: match.start("query")]) + parts["query"]
    return parts


def pairs(properties: str) -> dict[str, str]:
    """Return the properties of ``'a' = 'b', 'c' = 'd'``."""
    return {unquoted(key): unquoted(value) for key, value in re.findall(rf"({_TEXT})\s*=\s*({_TEXT})", properties)}
