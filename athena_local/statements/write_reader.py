"""A reader of the statements that write, by Trino's words and signs."""

from athena_local.errors import InvalidRequestError
from athena_local.syntax.grammar import mismatch
from athena_local.syntax.quotes import bare, blank, unquoted
from athena_local.syntax.tokens import Token, tokens
from athena_local.tables.writing import Property

_CATALOGS = ("awsdatacatalog", "hive")


class WriteReader:
    """The words and signs of one statement, read from its start."""

    def __init__(self, sql: str) -> None:
        self.sql = sql
        self.tokens = tokens(sql)
        self.at = 0

    @property
    def token(self) -> Token:
        """The next one."""
        return self.tokens[self.at]

    def accept(self, *words: str) -> bool:
        """Move behind words if they are next."""
        if [token.text for token in self.tokens[self.at : self.at + len(words)]] != list(words):
            return False
        self.at += len(words)
        return True

    def expect(self, *words: str) -> None:
        """Move behind words, which must be next."""
        for word in words:
            if not self.accept(word):
                raise self.mismatch()

    def mismatch(self) -> InvalidRequestError:
        """Return the error for the next word or sign."""
        return InvalidRequestError(mismatch(self.token, self.sql), code="MALFORMED_QUERY")

    def identifier(self) -> str:
        """Read a name, in lower case."""
        if self.token.kind != "ID":
            raise self.mismatch()
        self.at += 1
        return bare(self._written(self.tokens[self.at - 1]))

    def text(self) -> str:
        """Read a string literal."""
        if self.token.kind != "STRING":
            raise self.mismatch()
        self.at += 1
        return unquoted(self._written(self.tokens[self.at - 1]))

    def table(self) -> tuple[str | None, str]:
        """Read ``[database.]name``, which the catalog's name may precede."""
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
        return blank(self.sql[:start]) + self.sql[start:stop]

    def _written(self, token: Token) -> str:
        return self.sql[token.start : token.start + len(token.text)]
