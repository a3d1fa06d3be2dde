"""Calls of text functions whose arguments must be read: regular expressions, format, normalize, concat."""

import re
from collections.abc import Callable

from sqlglot import exp

from athena_local.errors import QueryError
from athena_local.syntax.calls import function
from athena_local.udf.json_functions import path_steps
from athena_local.udf.regexp_functions import replacement_pieces
from athena_local.udf.regular_expressions import compiled, is_plain

_Builder = Callable[[list[exp.Expr]], exp.Expr]


def _literal(argument: exp.Expr) -> str | None:
    return str(argument.this) if isinstance(argument, exp.Literal) and argument.is_string else None


def _is_plain(arguments: list[exp.Expr]) -> bool:
    """Check a literal pattern; tell whether RE2 finds the same."""
    pattern = _literal(arguments[1]) if len(arguments) > 1 else None
    if pattern is None:
        return False
    compiled(pattern)
    return is_plain(pattern)


def _counted(arguments: list[exp.Expr], name: str, *numbers: int) -> None:
    if len(arguments) not in numbers:
        raise QueryError("FUNCTION_NOT_FOUND", f"line 1:1: Unexpected parameters for function {name}")


def _like(arguments: list[exp.Expr]) -> exp.Expr:
    _counted(arguments, "regexp_like", 2)
    return function("own_plain_regexp_like" if _is_plain(arguments) else "java_regexp_like", *arguments)


def _grouped(name: str) -> _Builder:
    def build(arguments: list[exp.Expr]) -> exp.Expr:
        _counted(arguments, name, 2, 3)
        group = arguments[2] if len(arguments) == 3 else exp.Literal.number(0)
        number = int(group.this) if isinstance(group, exp.Literal) and not group.is_string else 10
        plain = _is_plain(arguments) and number <= compiled(_literal(arguments[1]) or "").groups
        return function(f"own_plain_{name}" if plain else f"java_{name}", *arguments[:2], group)

    return build


def _java(name: str) -> _Builder:
    def build(arguments: list[exp.Expr]) -> exp.Expr:
        _counted(arguments, name, 2)
        _is_plain(arguments)
        return function(f"java_{name}", *arguments)

    return build


def _position(arguments: list[exp.Expr]) -> exp.Expr:
    _counted(arguments, "regexp_position", 2, 3, 4)
    ones = [exp.Literal.number(1) for _ in range(4 - len(arguments))]
    return function("java_regexp_position", *arguments, *ones)


def _replace(arguments: list[exp.Expr]) -> exp.Expr:
    _counted(arguments, "regexp_replace", 2, 3)
    plain = _is_plain(arguments)
    replacement = arguments[2] if len(arguments) == 3 else exp.Literal.string("")
    if isinstance(replacement, exp.Lambda):
        return _replace_by(arguments, replacement)
    text = _literal(replacement)
    if not plain or text is None:
        return function("java_regexp_replace", *arguments[:2], replacement)
    pattern = compiled(_literal(arguments[1]) or "")
    pieces = replacement_pieces(text, pattern.groups, tuple(pattern.groupindex))
    re2 = "".join(f"\\{piece[1]}" if isinstance(piece, tuple) else piece.replace("\\", "\\\\") for piece in pieces)
    if pattern.groups > 9:
        return function("java_regexp_replace", *arguments[:2], replacement)
    return function("own_plain_regexp_replace", *arguments[:2], exp.Literal.string(re2), replacement)


def _replace_by(arguments: list[exp.Expr], replacement: exp.Lambda) -> exp.Expr:
    """Write the texts between matches, and what the lambda makes of each match's groups, in turn."""
    groups = function("java_regexp_groups", *(each.copy() for each in arguments[:2]))
    between = function("java_regexp_split", *arguments[:2])
    return function("java_interleave", between, function("list_transform", groups, replacement))


def _format(arguments: list[exp.Expr]) -> exp.Expr:
    if len(arguments) < 2:
        raise QueryError("SYNTAX_ERROR", "line 1:1: The 'format' function must have at least two arguments")
    texts = [function("own_format_argument", argument) for argument in arguments[1:]]
    return function("java_format", arguments[0], exp.Array(expressions=texts))


def _concat_ws(arguments: list[exp.Expr]) -> exp.Expr:
    if len(arguments) == 2 and isinstance(arguments[1], exp.Array):
        if not arguments[1].expressions:
            return function("concat_ws", arguments[0], exp.Literal.string(""))
        return function("concat_ws", arguments[0], *arguments[1].expressions)
    if len(arguments) == 2:
        return function("own_concat_ws", *arguments)
    return function("concat_ws", *arguments)


def _json_extract_scalar(arguments: list[exp.Expr]) -> exp.Expr:
    _counted(arguments, "json_extract_scalar", 2)
    path = _literal(arguments[1])
    if path is not None:
        path_steps(path)
    is_plain_path = path is not None and re.fullmatch(r"\$(?:\.[A-Za-z_][A-Za-z_0-9]*|\[\d+\])*", path)
    name = "own_json_extract_scalar" if is_plain_path else "java_json_extract_scalar"
    return function(name, *arguments)


TEXT_BUILDERS: dict[str, _Builder] = {
    "regexp_like": _like,
    "regexp_extract": _grouped("regexp_extract"),
    "regexp_extract_all": _grouped("regexp_extract_all"),
    "regexp_count": _java("regexp_count"),
    "regexp_split": _java("regexp_split"),
    "regexp_position": _position,
    "regexp_replace": _replace,
    "format": _format,
    "json_extract_scalar": _json_extract_scalar,
    "normalize": lambda arguments: function("java_normalize", *arguments),
    "concat_ws": _concat_ws,
}
