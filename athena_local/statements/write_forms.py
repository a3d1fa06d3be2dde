"""The grammar of the statements that write: CREATE TABLE AS, INSERT INTO and UNLOAD, around a query."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from athena_local.statements.write_reader import WriteReader
from athena_local.syntax.tokens import Token, tokens
from athena_local.tables.writing import Property

CREATE, INSERT, UNLOAD = "CREATE_TABLE_AS_SELECT", "INSERT", "UNLOAD"
_QUERY_STARTS = ("SELECT", "WITH", "VALUES", "TABLE", "(")


@dataclass(frozen=True, kw_only=True)
class WriteForm:
    """The parts of a statement that writes.

    Attributes
    ----------
    database, name
        The table's, in lower case; None for the session's database.
    columns
        Those in brackets after the name; None without brackets.
    query
        It begins with spaces for the words before it, so that the positions in its errors are those of the statement.
    location
        Where UNLOAD writes.
    """

    kind: str
    query: str
    database: str | None = None
    name: str = ""
    columns: tuple[str, ...] | None = None
    properties: Mapping[str, Property] = field(default_factory=dict)
    if_not_exists: bool = False
    with_data: bool = True
    location: str = ""


def write_kind(body: str) -> str | None:
    """Return the SubstatementType of a statement that writes rows; None for others.

    Parameters
    ----------
    body
        A statement without comments before it.
    """
    first = re.match(r"(INSERT|UNLOAD|CREATE\s+TABLE)\b", body, re.IGNORECASE)
    if first is None:
        return None
    if first.group(1).upper() in (INSERT, UNLOAD):
        return first.group(1).upper()
    return CREATE if _as_query(tokens(body)) is not None else None


def _as_query(read: list[Token]) -> int | None:
    """Return the place of the AS that a query follows, outside of brackets."""
    depth = 0
    for number, (token, following) in enumerate(pairwise(read)):
        depth += (token.text in "([") - (token.text in ")]")
        if depth == 0 and token.text == "AS" and following.text in _QUERY_STARTS:
            return number
    return None


def write_form(sql: str) -> WriteForm:
    """Read a statement of a `write_kind`.

    Raises
    ------
    InvalidRequestError
        ``MALFORMED_QUERY`` with Trino's position.
    """
    reader = WriteReader(sql)
    if reader.accept("CREATE"):
        return _create(reader)
    return _insert(reader) if reader.accept("INSERT") else _unload(reader)


def _create(reader: WriteReader) -> WriteForm:
    reader.expect("TABLE")
    if_not_exists = reader.accept("IF", "NOT", "EXISTS")
    database, name = reader.table()
    columns = reader.names()
    properties = reader.properties() if reader.accept("WITH") else {}
    reader.expect("AS")
    end, with_data = _data(reader)
    return WriteForm(
        kind=CREATE,
        query=reader.rest(end),
        database=database,
        name=name,
        columns=columns,
        properties=properties,
        if_not_exists=if_not_exists,
        with_data=with_data,
    )


def _data(reader: WriteReader) -> tuple[int | None, bool]:
    """Return where WITH DATA or WITH NO DATA begins, and whether the query runs."""
    last = [token.text for token in reader.tokens[-4:-1]]
    if last[-2:] == ["WITH", "DATA"]:
        return len(reader.tokens) - 3, True
    return (len(reader.tokens) - 4, False) if last == ["WITH", "NO", "DATA"] else (None, True)


def _insert(reader: WriteReader) -> WriteForm:
    reader.expect("INTO")
    database, name = reader.table()
    columns = reader.names()
    if reader.token.text not in _QUERY_STARTS:
        raise reader.mismatch()
    return WriteForm(kind=INSERT, query=reader.rest(), database=database, name=name, columns=columns)


def _unload(reader: WriteReader) -> WriteForm:
    reader.expect("UNLOAD", "(")
    first = reader.at
    depth = 1
    while depth and reader.token.kind != "END":
        depth += (reader.token.text == "(") - (reader.token.text == ")")
        reader.at += 1
    if depth:
        raise reader.mismatch()
    behind, reader.at = reader.at, first
    query = reader.rest(behind - 1)
    reader.at = behind
    reader.expect("TO")
    location = reader.text()
    properties = reader.properties() if reader.accept("WITH") else {}
    if reader.token.kind != "END":
        raise reader.mismatch()
    return WriteForm(kind=UNLOAD, query=query, location=location, properties=properties)
