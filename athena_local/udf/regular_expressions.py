"""Regular expressions with Java's syntax, as Trino has them: a pattern becomes one of the `regex` library.

The letters, digits and spaces of its classes, and of word boundaries, are those of ASCII.
"""

import re
from functools import lru_cache
from typing import Final

import regex  # type: ignore[import-untyped]

from athena_local.errors import QueryError

_WORD: Final = "0-9A-Za-z_"
_CLASSES: Final = {"w": _WORD, "d": "0-9", "s": r"\t\n\v\f\r\ ", "h": "0-9A-Fa-f"}
_BOUNDARY: Final = f"(?:(?<=[{_WORD}])(?![{_WORD}])|(?<![{_WORD}])(?=[{_WORD}]))"
_INSIDE: Final = f"(?:(?<=[{_WORD}])(?=[{_WORD}])|(?<![{_WORD}])(?![{_WORD}]))"
_ANCHORS: Final = {"b": _BOUNDARY, "B": _INSIDE, "z": r"\Z", "Z": r"(?=\n?\Z)", "A": r"\A"}
_REFUSED: Final = frozenset("GKRXNUCcNQEyYHVvxou0L")
_PLAIN: Final = re.compile(
    r"""(?: [A-Za-z0-9\ _:/,=@%&;!\#~"'<>-] | \\[.+*?()\[\]{}|^$/\\-] | \\[dws] | \. | \[\^?(?:[A-Za-z0-9_:/.,=@%;!?\ ]
    | [a-z]-[a-z] | [A-Z]-[A-Z] | [0-9]-[0-9])+\] | \(\?: | \((?!\?) | \)(?![*?+{]) )(?:[*+?]\??(?![+*?]))? """,
    re.VERBOSE,
)


# A group that nothing captures may be left out: `(?:www\.)?`.
_OPTIONAL: Final = re.compile(r"(?<!\\)\(\?:([^()|]+)(?<!\\)\)\?(?![?+*{])")


def is_plain(pattern: str) -> bool:
    """Tell whether RE2 finds the same in a text of ASCII on one line: no empty match, no group left unmatched."""
    body = pattern.removeprefix("^").removesuffix("$") if not pattern.endswith("\\$") else pattern.removeprefix("^")
    body = _OPTIONAL.sub(r"(?:\1)", body)
    at = 0
    while at < len(body):
        match = _PLAIN.match(body, at)
        if match is None:
            return False
        at = match.end()
    return bool(body) and compiled(pattern).search("") is None


@lru_cache(maxsize=256)
def compiled(pattern: str) -> "regex.Pattern[str]":
    """Compile a pattern of Trino.

    Raises
    ------
    QueryError
        ``INVALID_FUNCTION_ARGUMENT``, or ``NOT_SUPPORTED`` for syntax that is not translated.
    """
    try:
        return regex.compile(translated(pattern), regex.VERSION1)
    except regex.error as error:
        raise QueryError("INVALID_FUNCTION_ARGUMENT", f"{error.msg} in regular expression {pattern}") from error


def translated(pattern: str) -> str:
    """Return a pattern in the library's syntax."""
    parts, at, depth = [], 0, 0
    while at < len(pattern):
        character = pattern[at]
        if pattern.startswith("\\Q", at):
            end = pattern.find("\\E", at)
            end = len(pattern) if end < 0 else end
            parts.append(regex.escape(pattern[at + 2 : end], special_only=False))
            at = end + 2
            continue
        if character == "\\":
            part, at = _escape(pattern, at, depth > 0)
            parts.append(part)
            continue
        if character == "[":
            depth += 1
        elif character == "]" and depth:
            depth -= 1
        elif depth and (character in "~|" or (character == "-" and pattern[at - 1] == "-")):
            character = "\\" + character
        elif not depth and pattern.startswith("(?", at):
            _check_group(pattern, at)
        parts.append(character)
        at += 1
    return "".join(parts)


def _check_group(pattern: str, at: int) -> None:
    if not re.match(r"\(\?(?:[:=!>]|<[=!]|<[A-Za-z]\w*>|[imsx-]+[:)])", pattern[at:]):
        raise QueryError("INVALID_FUNCTION_ARGUMENT", f"undefined group option in regular expression {pattern}")


def _escape(pattern: str, at: int, in_class: bool) -> tuple[str, int]:  # noqa: PLR0911  (one of each kind)
    if at + 1 == len(pattern):
        raise QueryError("INVALID_FUNCTION_ARGUMENT", f"end pattern at escape in regular expression {pattern}")
    letter = pattern[at + 1]
    if letter in _CLASSES:
        return (_CLASSES[letter] if in_class else f"[{_CLASSES[letter]}]"), at + 2
    if letter in "WDS":
        return f"[^{_CLASSES[letter.lower()]}]", at + 2
    if letter in _ANCHORS and not in_class:
        return _ANCHORS[letter], at + 2
    if letter in "pP":
        return _property(pattern, at)
    if letter == "k" and (name := re.match(r"\\k<(\w+)>", pattern[at:])):
        return f"(?P={name[1]})", at + name.end()
    if letter in _REFUSED or (in_class and letter in "bBzZA"):
        raise QueryError("NOT_SUPPORTED", f"\\{letter} in a regular expression is not implemented offline")
    if letter.isalnum() and letter not in "tnrfae123456789":
        return letter, at + 2
    return (r"\x1b" if letter == "e" else pattern[at : at + 2]), at + 2


def _property(pattern: str, at: int) -> tuple[str, int]:
    match = re.match(r"\\([pP])\{(\^?)(\w+)\}", pattern[at:])
    if match is None:
        raise QueryError("INVALID_FUNCTION_ARGUMENT", f"invalid character property name in {pattern}")
    if match[3].startswith(("Is", "In", "java")):
        raise QueryError("INVALID_FUNCTION_ARGUMENT", f"invalid character property name <{match[3]}>")
    return match[0], at + match.end()
