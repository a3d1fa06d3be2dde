"""Parsing expression grammars over tokens: whether a statement fits, and where it stops to fit.

Every rule is tried once at a place, so that the time grows with the length of the statement.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from athena_local.syntax.tokens import Token

_SYNTAX = re.compile(r"\s*(<-|'[^']+'|@?\w+|[/()?*+!%])")
_KINDS = frozenset(("ID", "STRING", "NUMBER", "INTEGER", "BINARY", "ANY", "END"))


@dataclass(kw_only=True)
class Reading:
    """What is known of one statement.

    Attributes
    ----------
    furthest
        The last token that was looked at and did not fit.
    told
        The rules of which the grammar tells, each with its first and its last token plus one.
    """

    tokens: Sequence[Token]
    furthest: int = 0
    told: list[tuple[str, int, int]] = field(default_factory=list)
    memory: dict[tuple[str, int], tuple[int, tuple[tuple[str, int, int], ...]]] = field(default_factory=dict)


# From a place to the place behind what fits; -1 when nothing does.
_Match = Callable[[Reading, int], int]


def grammar(text: str) -> dict[str, _Match]:
    """Return the rules of a grammar, ``name <- expression``, one a line."""
    rules: dict[str, _Match] = {}
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            name, _, body = line.partition("<-")
            words = _SYNTAX.findall(body)
            rules[name.strip()] = partial(_remembered, name.strip(), _choice(words, rules))
    return rules


def _remembered(name: str, match: _Match, reading: Reading, at: int) -> int:
    known = reading.memory.get((name, at))
    if known is not None:
        reading.told.extend(known[1])
        return known[0]
    before = len(reading.told)
    end = match(reading, at)
    if end < 0:
        del reading.told[before:]
    elif name.startswith("@"):
        reading.told.append((name, at, end))
    reading.memory[name, at] = (end, tuple(reading.told[before:]))
    return end


# The grammar's own grammar --------------------------------------------------------------------------------------------


def _choice(words: list[str], rules: dict[str, _Match]) -> _Match:
    options = [_sequence(words, rules)]
    while words and words[0] == "/":
        words.pop(0)
        options.append(_sequence(words, rules))
    return options[0] if len(options) == 1 else partial(_first, options)


def _sequence(words: list[str], rules: dict[str, _Match]) -> _Match:
    parts = []
    while words and words[0] not in ("/", ")"):
        parts.append(_repeated(words, rules))
    return parts[0] if len(parts) == 1 else partial(_all, parts)


def _repeated(words: list[str], rules: dict[str, _Match]) -> _Match:
    part = _part(words, rules)
    sign = words[0] if words else ""
    if sign not in ("?", "*", "+", "%"):
        return part
    words.pop(0)
    if sign == "?":
        return partial(_optional, part)
    if sign == "%":
        return partial(_all, [part, partial(_any_number, partial(_all, [_part(words, rules), part]))])
    many = partial(_any_number, part)
    return many if sign == "*" else partial(_all, [part, many])


def _part(words: list[str], rules: dict[str, _Match]) -> _Match:
    word = words.pop(0)
    if word == "!":
        return partial(_not, _part(words, rules))
    if word == "(":
        inner = _choice(words, rules)
        words.pop(0)
        return inner
    if word.startswith("'"):
        return partial(_text, word[1:-1])
    return partial(_kind, word) if word in _KINDS else partial(_rule, rules, word)


# What fits ------------------------------------------------------------------------------------------------------------


def _first(options: list[_Match], reading: Reading, at: int) -> int:
    told = len(reading.told)
    for option in options:
        end = option(reading, at)
        if end >= 0:
            return end
        del reading.told[told:]
    return -1


def _all(parts: list[_Match], reading: Reading, at: int) -> int:
    for part in parts:
        at = part(reading, at)
        if at < 0:
            return -1
    return at


def _optional(part: _Match, reading: Reading, at: int) -> int:
    told = len(reading.told)
    end = part(reading, at)
    if end < 0:
        del reading.told[told:]
        return at
    return end


def _any_number(part: _Match, reading: Reading, at: int) -> int:
    end = _optional(part, reading, at)
    while end > at:
        at, end = end, _optional(part, reading, end)
    return at


def _not(part: _Match, reading: Reading, at: int) -> int:
    told, furthest = len(reading.told), reading.furthest
    end = part(reading, at)
    del reading.told[told:]
    reading.furthest = furthest
    return -1 if end >= 0 else at


def _rule(rules: dict[str, _Match], name: str, reading: Reading, at: int) -> int:
    return rules[name](reading, at)


def _text(text: str, reading: Reading, at: int) -> int:
    token = reading.tokens[at]
    return at + 1 if token.text == text and token.kind in ("ID", "WORD", "SIGN") else _unfit(reading, at)


def _kind(kind: str, reading: Reading, at: int) -> int:
    token = reading.tokens[at]
    return at + 1 if kind in (token.kind, "ANY") else _unfit(reading, at)


def _unfit(reading: Reading, at: int) -> int:
    reading.furthest = max(reading.furthest, at)
    return -1
