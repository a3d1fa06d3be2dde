"""The grammar of the statements that write: CREATE TABLE AS, INSERT INTO and UNLOAD, around a query."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from athena_local.errors import InvalidRequestError
from athena_local.statements.definition_forms import bare, unquoted
from athena_local.syntax.grammar import mismatch
from athena_local.syntax.tokens import Token, tokens
from athena_local.tables.writing import Property

CREATE, INSERT, UNLOAD = "CREATE_TABLE_AS_SELECT", "INSERT", "UNLOAD"
_QUERY_STARTS = ("SELECT", "WITH", "VALUES", "TABLE", "(")
_CATALOGS = ("awsdatacatalog", "hive")


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
    reader = _Reader(sql)
    if reader.accept("CREATE"):
        return _create(reader)
    return _insert(reader) if reader.accept("INSERT") else _unload(reader)


class _Reader:
    def __init__(self, sql: str) -> None:
        self.sql = sql
        self.tokens = tokens(sql)
        self.at = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.at]

    def accept(self, *words: str) -> bool:
        """Move behind words if they are next."""
        if [token.text for token in self.tokens[self.at : self.at + len(words)]] != list(words):
            return False
        self.at += len(words)
        return True

    def expect(self, *words: str) -> None:
        for word in words:
            if not self.accept(word):
                raise self.mismatch()

    def mismatch(self) -> InvalidRequestError:
        return InvalidRequestError(mismatch(self.token, self.sql), code="MALFORMED_QUERY")

    def identifier(self) -> str:
        if self.token.kind != "ID":
            raise self.mismatch()
        self.at += 1
        return bare(self._written(self.tokens[self.at - 1]))

    def text(self) -> str:
        if self.token.kind != "STRING":
            raise self.mismatch()
        self.at += 1
        return unquoted(self._written(self.tokens[self.at - 1]))

    def table(self) -> tuple[str | None, str]:
        parts = [self.identifier()]
        while self.accept("."):
            parts.append(self.identifier())
        if len(parts) == 3 and parts[0] in _CATALOGS:
            parts = parts[1:]
        if len(parts) > 2:
            raise InvalidRequestError(f"Catalog '{parts[0]}' does not exist", code="INVALID_INPUT")
        return (parts[0] if len(parts) == 2 else None), parts[-1]

    def names(self) -> tuple[str, ...] | None:
        """Read ``(a, b)``; None when the bracket begins a query."""
        if self.token.text != "(" or self.tokens[self.at + 1].kind not in ("ID", "BACKQUOTED"):
            return None
        self.expect("(")
        names = [self.identifier()]
        while self.accept(","):
            names.append(self.identifier())
        self.expect(")")
        return tuple(names)

    def properties(self) -> dict[str, Property]:
        """Read ``WITH (a = 'x', b = ARRAY['y'])``."""
        properties: dict[str, Property] = {}
        self.expect("(")
        while True:
            name = self.identifier()
            self.expect("=")
            properties[name] = self._value()
            if not self.accept(","):
                self.expect(")")
                return properties

    def _value(self) -> Property:
        if self.accept("TRUE"):
            return True
        if self.accept("FALSE"):
            return False
        if self.token.kind == "INTEGER":
            self.at += 1
            return int(self.tokens[self.at - 1].text)
        if not self.accept("ARRAY"):
            return self.text()
        self.expect("[")
        texts = [] if self.token.text == "]" else [self.text()]
        while self.accept(","):
            texts.append(self.text())
        self.expect("]")
        return tuple(texts)

    def rest(self, end: int | None = None) -> str:
        """Return the text from here to a token, behind spaces for what is before it."""
        start = self.token.start
        stop = len(self.sql) if end is None else self.tokens[end].start
        return re.sub(r"[^\n]", " ", self.sql[:start]) + self.sql[start:stop]

    def _written(self, token: Token) -> str:
        return self.sql[token.start : token.start + len(token.text)]


def _create(reader: _Reader) -> WriteForm:
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


def _data(reader: _Reader) -> tuple[int | None, bool]:
    """Return where WITH DATA or WITH NO DATA begins, and whether the query runs."""
    last = [token.text for token in reader.tokens[-4:-1]]
    if last[-2:] == ["WITH", "DATA"]:
        return len(reader.tokens) - 3, True
    return (len(reader.tokens) - 4, False) if last == ["WITH", "NO", "DATA"] else (None, True)


def _insert(reader: _Reader) -> WriteForm:
    reader.expect("INTO")
    database, name = reader.table()
    columns = reader.names()
    if reader.token.text not in _QUERY_STARTS:
        raise reader.mismatch()
    return WriteForm(kind=INSERT, query=reader.rest(), database=database, name=name, columns=columns)


def _unload(reader: _Reader) -> WriteForm:
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
