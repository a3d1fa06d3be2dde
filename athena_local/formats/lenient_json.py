"""JSON as OpenX's SerDe reads it: much that is not JSON is accepted, such as comments and words without quotes."""

import json
import re

from athena_local.formats.values import InvalidError

_WORD = re.compile(r"[^ \r\n\t\f{}\[\]/\\:,=;#]+")
_SPACE = re.compile(r"(?:[\t \n\r]|#[^\r\n]*[\r\n]?|//[^\r\n]*[\r\n]?|/\*.*?\*/)*", re.DOTALL)
_ESCAPES = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", "a": "\a", "v": "\t"}
_HEX = re.compile(r"[+-]?[0-9a-fA-F]+")


class Literal(str):
    """A value without quotes: a number, ``true``, or any other word but ``null``."""

    __slots__ = ()


def read_json(text: str) -> object:
    """Return the first value of a text; the rest of the text is ignored.

    Raises
    ------
    ValueError
        There is no value.
    """
    try:
        return _STRICT.raw_decode(text)[0]
    except (ValueError, RecursionError):
        return read_leniently(text)


def read_leniently(text: str) -> object:
    """Return the first value of a text that need not be JSON.

    Raises
    ------
    ValueError
        There is no value.
    """
    try:
        return _Lenient(text).value()
    except RecursionError as error:
        raise InvalidError("nested too deep") from error


def once_each(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Return the members of an object.

    Raises
    ------
    InvalidError
        A key is there twice, which Athena does not allow.
    """
    members = dict(pairs)
    if len(members) < len(pairs):
        names = [name for name, _ in pairs]
        raise InvalidError(f'Duplicate key "{next(name for name in names if names.count(name) > 1)}"')
    return members


_STRICT = json.JSONDecoder(
    parse_int=Literal, parse_float=Literal, parse_constant=Literal, object_pairs_hook=once_each, strict=False
)


class _Lenient:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def value(self) -> object:
        first = self._next()
        if first == "{":
            return self._object()
        if first == "[":
            return self._array()
        if first in ("'", '"'):
            return self._quoted(first)
        self._at -= 1
        word = _WORD.match(self._text, self._at)
        if not first or word is None:
            raise InvalidError("a value is missing")
        self._at = word.end()
        return None if word.group().lower() == "null" else Literal(word.group())

    def _next(self) -> str:
        """Return the next character after spaces and comments; an empty text at the end."""
        space = _SPACE.match(self._text, self._at)
        self._at = space.end() if space else self._at
        if self._text.startswith("/*", self._at):
            raise InvalidError("a comment has no end")
        self._at += 1
        return self._text[self._at - 1 : self._at]

    def _object(self) -> dict[str, object]:
        members: list[tuple[str, object]] = []
        if self._next() == "}":
            return {}
        self._at -= 1
        while True:
            name = self.value()
            if not isinstance(name, str):
                raise InvalidError("a name is not a text")
            separator = self._next()
            if separator not in (":", "="):
                raise InvalidError("a name has no value")
            if separator == "=" and self._text.startswith(">", self._at):
                self._at += 1
            members.append((str(name), self.value()))
            if (end := self._next()) == "}":
                return once_each(members)
            if end not in (",", ";"):
                raise InvalidError("an object has no end")

    def _array(self) -> list[object]:
        items: list[object] = []
        after_separator = False
        while (character := self._next()) != "]":
            if character in (",", ";") and character:
                items.append(None)
                after_separator = True
                continue
            self._at -= 1
            items.append(self.value())
            character = self._next()
            if character == "]":
                return items
            if character not in (",", ";") or not character:
                raise InvalidError("an array has no end")
            after_separator = True
        return [*items, None] if after_separator else items

    def _quoted(self, quote: str) -> str:
        written: list[str] = []
        while self._at < len(self._text):
            character = self._text[self._at]
            self._at += 1
            if character == quote:
                return "".join(written).encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
            written.append(self._escaped() if character == "\\" else character)
        raise InvalidError("a text has no end")

    def _escaped(self) -> str:
        character = self._text[self._at : self._at + 1]
        self._at += 1
        if character != "u":
            if not character:
                raise InvalidError("an escape has no end")
            return _ESCAPES.get(character, character)
        digits = self._text[self._at : self._at + 4]
        self._at += 4
        if len(digits) < 4 or _HEX.fullmatch(digits) is None:
            raise InvalidError("an escape is not hexadecimal")
        return chr(int(digits, 16) & 0xFFFF)
