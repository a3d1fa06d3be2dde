"""A reader of Hive's statements, by words, names, texts and signs."""

from collections.abc import Callable
from typing import Any, TypeVar

from sqlglot import TokenType
from sqlglot.errors import SqlglotError

from athena_local.errors import InvalidRequestError
from athena_local.statements.hive_errors import HiveError, unreadable
from athena_local.statements.hive_words import RESERVED, Words, is_word, wordlike
from athena_local.syntax.grammar import place

T = TypeVar("T")
_CATALOG = "awsdatacatalog"


class HiveReader:
    """The words of one statement, read from its start.

    Parameters
    ----------
    sql
        A statement without its semicolon.

    Raises
    ------
    InvalidRequestError
        ``MALFORMED_QUERY``: a text or a comment has no end.
    """

    def __init__(self, sql: str) -> None:
        self._sql = sql
        try:
            self._tokens = Words().tokenize(sql)
        except SqlglotError as error:
            message = f"{place(0, sql)}: a text, a name or a comment has no end"
            raise InvalidRequestError(message, code="MALFORMED_QUERY") from error
        self._at = 0

    # Looking

    def sees(self, *words: str) -> bool:
        """Tell whether these words or signs come next."""
        return self.sees_at(0, *words)

    def sees_at(self, ahead: int, *words: str) -> bool:
        """Tell whether these words or signs come after the next ones."""
        start = self._at + ahead
        following = self._tokens[start : start + len(words)]
        return len(following) == len(words) and all(map(is_word, following, words))

    def ends(self) -> bool:
        """Tell whether nothing comes next."""
        return self._at >= len(self._tokens)

    # Reading

    def skip(self, *words: str) -> bool:
        """Read these words or signs if they come next, and tell so."""
        if not self.sees(*words):
            return False
        self._at += len(words)
        return True

    def expect(self, *words: str) -> None:
        """Read these words or signs, which must come next."""
        for word in words:
            if not self.skip(word):
                raise self.mismatch(word)

    def end(self) -> None:
        """Refuse what comes after the statement."""
        if not self.ends():
            raise self.mismatch("<EOF>")

    def word(self) -> str:
        """Read any bare word, in capital letters."""
        token = self._next()
        if token.token_type in (TokenType.STRING, TokenType.IDENTIFIER, TokenType.NUMBER) or not wordlike(token.text):
            raise self.mismatch("a word", back=1)
        return str(token.text).upper()

    def name(self) -> str:
        """Read an identifier, in lower case."""
        token = self._next()
        if token.token_type == TokenType.IDENTIFIER:
            return str(token.text).lower()
        if token.token_type == TokenType.STRING or not wordlike(token.text) or token.text.upper() in RESERVED:
            raise self.mismatch("a name", back=1)
        return str(token.text).lower()

    def table(self) -> tuple[str | None, str]:
        """Read ``[database.]name``, which the catalog's name may precede."""
        parts = self.items(self.name, sign=".")
        if len(parts) == 3 and parts[0] == _CATALOG:
            parts = parts[1:]
        if len(parts) > 2:
            raise InvalidRequestError(f"Invalid table name {'.'.join(parts)}", code="MALFORMED_QUERY")
        return (parts[0] if len(parts) == 2 else None), parts[-1]

    def text(self) -> str:
        """Read a string literal; a quote in it has a backslash before it, or is doubled."""
        token = self._next()
        if token.token_type != TokenType.STRING:
            raise self.mismatch("a text", back=1)
        parts = [str(token.text)]
        while not self.ends() and self._doubles(token, self._tokens[self._at]):
            token = self._next()
            parts.append(str(token.text))
        return self._sql[token.start].join(parts)

    def _doubles(self, token: Any, following: Any) -> bool:
        """Tell whether what follows a text is the rest of it, after a doubled quote."""
        adjacent = following.token_type == TokenType.STRING and following.start == token.end + 1
        return adjacent and self._sql[following.start] == self._sql[token.start]

    def number(self) -> int:
        """Read a whole number."""
        token = self._next()
        if not token.text.isdecimal() or token.token_type != TokenType.NUMBER:
            raise self.mismatch("a number", back=1)
        return int(token.text)

    def value(self) -> str:
        """Read a constant, such as ``'a'``, ``-1`` or ``DATE '2026-11-22'``, as a text."""
        if self.sees("DATE") or not (self.sees("-") or self._sees_number()):
            self.skip("DATE")
            return self.text()
        sign = "-" if self.skip("-") else ""
        token = self._next()
        if token.token_type != TokenType.NUMBER:
            raise self.mismatch("a number", back=1)
        return sign + str(token.text)

    def _sees_number(self) -> bool:
        return not self.ends() and bool(self._tokens[self._at].token_type == TokenType.NUMBER)

    def items(self, item: Callable[[], T], *, sign: str = ",") -> list[T]:
        """Read one or more items with a sign between them."""
        items = [item()]
        while self.skip(sign):
            items.append(item())
        return items

    def bracketed(self, item: Callable[[], T]) -> list[T]:
        """Read ``(item, …)``."""
        self.expect("(")
        items = self.items(item)
        self.expect(")")
        return items

    def pair(self) -> tuple[str, str]:
        """Read ``'key' = 'value'``."""
        key = self.text()
        self.expect("=")
        return key, self.text()

    def pairs(self) -> dict[str, str]:
        """Read ``('key' = 'value', …)``."""
        return dict(self.bracketed(self.pair))

    # Refusing

    def mismatch(self, expected: str, *, back: int = 0) -> InvalidRequestError:
        """Return the error for the word that comes next, or came last."""
        at = self._at - back
        token = self._tokens[at] if at < len(self._tokens) else None
        start, written = (token.start, self._sql[token.start : token.end + 1]) if token else (len(self._sql), "<EOF>")
        message = f"{place(start, self._sql)}: mismatched input '{written}' expecting {expected}"
        return InvalidRequestError(message, code="MALFORMED_QUERY")

    def unknown(self, what: str) -> HiveError:
        """Return Hive's error for the word that came last, which names no `what`."""
        near = self._tokens[self._at - 1 : self._at + 2]
        line, _, column = place(near[0].start, self._sql).removeprefix("line ").partition(":")
        words = " ".join(f"'{self._sql[token.start : token.end + 1]}'" for token in near)
        return unreadable(f"line {line}:{int(column) - 1} cannot recognize input near {words} in {what}")

    def _next(self) -> Any:
        if self.ends():
            raise self.mismatch("more")
        self._at += 1
        return self._tokens[self._at - 1]
