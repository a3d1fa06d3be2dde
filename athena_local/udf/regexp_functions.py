"""Trino's regexp functions on one row."""

import regex  # type: ignore[import-untyped]

from athena_local.errors import QueryError
from athena_local.udf.python_functions import Functions, PythonFunction
from athena_local.udf.regular_expressions import compiled


def _invalid(message: str) -> QueryError:
    return QueryError("INVALID_FUNCTION_ARGUMENT", message)


def _like(text: str, pattern: str) -> bool:
    return compiled(pattern).search(text) is not None


def _checked(pattern: str, group: int) -> "regex.Pattern[str]":
    compiled_pattern = compiled(pattern)
    if group < 0:
        raise _invalid("Group cannot be negative")
    if group > compiled_pattern.groups:
        raise _invalid(f"Pattern has {compiled_pattern.groups} groups. Cannot access group {group}")
    return compiled_pattern


def _extract(text: str, pattern: str, group: int) -> str | None:
    match = _checked(pattern, group).search(text)
    return match[group] if match else None


def _extract_all(text: str, pattern: str, group: int) -> list[str | None]:
    return [match[group] for match in _checked(pattern, group).finditer(text)]


def _count(text: str, pattern: str) -> int:
    return sum(1 for _ in compiled(pattern).finditer(text))


def _split(text: str, pattern: str) -> list[str]:
    parts, start = [], 0
    for match in compiled(pattern).finditer(text):
        parts.append(text[start : match.start()])
        start = match.end()
    return [*parts, text[start:]]


def _groups(text: str, pattern: str) -> list[list[str | None]]:
    return [list(match.groups()) for match in compiled(pattern).finditer(text)]


def _interleave(between: list[str], replacements: list[str | None]) -> str:
    return "".join(part + (new or "") for part, new in zip(between, [*replacements, None], strict=True))


def _position(text: str, pattern: str, start: int, occurrence: int) -> int:
    if start < 1:
        raise _invalid("start position cannot be smaller than 1")
    if occurrence < 1:
        raise _invalid("occurrence cannot be smaller than 1")
    for number, match in enumerate(compiled(pattern).finditer(text, pos=min(start - 1, len(text))), start=1):
        if number == occurrence:
            return match.start() + 1 if start <= len(text) else -1
    return -1


def _replace(text: str, pattern: str, replacement: str) -> str:
    matcher = compiled(pattern)
    pieces = replacement_pieces(replacement, matcher.groups, tuple(matcher.groupindex))
    written: str = matcher.sub(
        lambda match: "".join((match[piece[1]] or "") if isinstance(piece, tuple) else piece for piece in pieces), text
    )
    return written


def replacement_pieces(replacement: str, groups: int, names: tuple[str, ...]) -> list[str | tuple[str, int | str]]:
    """Return a replacement as texts and groups: ``$1``, ``${name}``, and what a backslash is before."""
    pieces: list[str | tuple[str, int | str]] = []
    at = 0
    while at < len(replacement):
        character = replacement[at]
        if character == "\\":
            if at + 1 == len(replacement):
                raise _invalid(f"Illegal replacement sequence: {replacement}")
            pieces.append(replacement[at + 1])
            at += 2
        elif character == "$":
            group, at = _group(replacement, at + 1, groups, names)
            pieces.append(("group", group))
        else:
            pieces.append(character)
            at += 1
    return pieces


def _group(replacement: str, at: int, groups: int, names: tuple[str, ...]) -> tuple[int | str, int]:
    if replacement[at : at + 1] == "{" and "}" in replacement[at:]:
        end = replacement.index("}", at)
        name = replacement[at + 1 : end]
        if name not in names:
            raise _invalid(f"Illegal replacement sequence: unknown group {{ {name} }}")
        return name, end + 1
    if not ("0" <= replacement[at : at + 1] <= "9"):
        raise _invalid(f"Illegal replacement sequence: {replacement}")
    number = int(replacement[at])
    if number > groups:
        raise _invalid(f"Illegal replacement sequence: unknown group {number}")
    at += 1
    while "0" <= replacement[at : at + 1] <= "9" and number * 10 + int(replacement[at]) <= groups:
        number, at = number * 10 + int(replacement[at]), at + 1
    return number, at


def _function(row: object, returns: str, *more: str) -> PythonFunction:
    return PythonFunction(row=row, takes=("VARCHAR", "VARCHAR", *more), returns=returns)  # type: ignore[arg-type]


REGEXP_FUNCTIONS: Functions = {
    "java_regexp_like": _function(_like, "BOOLEAN"),
    "java_regexp_extract": _function(_extract, "VARCHAR", "BIGINT"),
    "java_regexp_extract_all": _function(_extract_all, "VARCHAR[]", "BIGINT"),
    "java_regexp_groups": _function(_groups, "VARCHAR[][]"),
    "java_interleave": PythonFunction(row=_interleave, takes=("VARCHAR[]", "VARCHAR[]"), returns="VARCHAR"),
    "java_regexp_count": _function(_count, "BIGINT"),
    "java_regexp_split": _function(_split, "VARCHAR[]"),
    "java_regexp_position": _function(_position, "INTEGER", "BIGINT", "BIGINT"),
    "java_regexp_replace": _function(_replace, "VARCHAR", "VARCHAR"),
}
