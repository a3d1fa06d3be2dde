"""The syntax of json_value, json_query, json_exists, json_object and json_array.

Each becomes a call whose arguments are in fixed places (`SQL_JSON_BUILDERS` writes it for DuckDB).
"""

from collections.abc import Callable
from typing import Any

from sqlglot import exp

from athena_local.errors import QueryError
from athena_local.syntax.calls import own_function
from athena_local.udf.json_path import read_path


def _words(parser: Any, *choices: str) -> str:
    """Take the first of some phrases that comes next."""
    return next((choice for choice in choices if parser._match_text_seq(*choice.split())), "")


def _expression(parser: Any) -> exp.Expr:
    expression: exp.Expr = parser._parse_disjunction()
    return expression


def _member(parser: Any) -> exp.Expr:
    """Return a value as JSON text: verbatim, if it is JSON already."""
    value = _expression(parser)
    is_json = bool(_words(parser, "FORMAT JSON")) or (
        isinstance(value, exp.Anonymous) and value.name in ("java_json_object", "java_json_array", "sql_json_query")
    )
    return own_function("java_json_verbatim" if is_json else "own_json_member", value)


def _json_array(parser: Any) -> exp.Expr:
    values: list[exp.Expr] = []
    while not _closes(parser):
        if is_absent := _words(parser, "NULL ON NULL", "ABSENT ON NULL"):
            return _done(parser, _array_call(values, is_absent != "NULL ON NULL"))
        values.append(_member(parser))
        _words(parser, ",")
    return _done(parser, _array_call(values, absent=True))


def _array_call(values: list[exp.Expr], absent: bool) -> exp.Expr:
    return own_function("java_json_array", _texts(values), exp.convert(absent))


def _texts(values: list[exp.Expr]) -> exp.Expr:
    return exp.cast(exp.Array(expressions=values), "ARRAY<VARCHAR>", dialect="spark")


def _closes(parser: Any) -> bool:
    return parser._curr is None or parser._curr.text == ")"


def _done(parser: Any, call: exp.Expr) -> exp.Expr:
    if _words(parser, "RETURNING") or not _closes(parser):
        raise QueryError("NOT_SUPPORTED", "this form of a JSON function is not implemented offline")
    return call


def _json_object(parser: Any) -> exp.Expr:
    keys: list[exp.Expr] = []
    values: list[exp.Expr] = []
    absent = unique = False
    while not _closes(parser):
        if nulls := _words(parser, "NULL ON NULL", "ABSENT ON NULL"):
            absent = nulls == "ABSENT ON NULL"
        elif uniqueness := _words(parser, "WITH UNIQUE KEYS", "WITH UNIQUE", "WITHOUT UNIQUE KEYS", "WITHOUT UNIQUE"):
            unique = not uniqueness.startswith("WITHOUT")
        elif _words(parser, "RETURNING"):
            break
        else:
            _words(parser, "KEY")
            keys.append(parser._parse_bitwise())
            if not _words(parser, ":", "VALUE"):
                raise QueryError("SYNTAX_ERROR", "line 1:1: mismatched input in json_object. Expecting: ':', 'VALUE'")
            values.append(_member(parser))
            _words(parser, ",")
    flags = exp.convert(absent), exp.convert(unique)
    return _done(parser, own_function("java_json_object", _texts(keys), _texts(values), *flags))


def _path_arguments(parser: Any) -> list[exp.Expr]:
    """Return the input, the path, and the names and values of PASSING."""
    value = _expression(parser)
    _words(parser, "FORMAT JSON")
    if not _words(parser, ","):
        raise QueryError("SYNTAX_ERROR", "line 1:1: mismatched input in a JSON function. Expecting: ','")
    path = _expression(parser)
    if not (isinstance(path, exp.Literal) and path.is_string):
        raise QueryError("SYNTAX_ERROR", "line 1:1: a JSON path must be a string literal")
    read_path(str(path.this))
    names: list[exp.Expr] = []
    values: list[exp.Expr] = []
    if _words(parser, "PASSING"):
        while not names or _words(parser, ","):
            values.append(_member(parser))
            parser._match_text_seq("AS")
            name = parser._parse_id_var()
            names.append(exp.Literal.string(name.name if name.args.get("quoted") else name.name.upper()))
    return [own_function("own_json_or_text", exp.Literal.string("json"), value), path, _texts(names), _texts(values)]


def _raised(name: str, message: str) -> exp.Expr:
    return own_function("java_raise", exp.Literal.string(name), exp.Literal.string(message))


def _behaviours(parser: Any, values: dict[str, exp.Expr]) -> tuple[exp.Expr, exp.Expr]:
    """Return what stands for an empty result, and for an error."""
    chosen = {"ON EMPTY": values[""].copy(), "ON ERROR": values[""].copy()}
    while word := _words(parser, *(each for each in values if each), "DEFAULT"):
        value = _expression(parser) if word == "DEFAULT" else values[word]
        when = _words(parser, "ON EMPTY", "ON ERROR")
        if not when:
            raise QueryError("SYNTAX_ERROR", "line 1:1: mismatched input in a JSON function. Expecting: 'ON'")
        chosen[when] = value.copy()
    return chosen["ON EMPTY"], chosen["ON ERROR"]


def _json_exists(parser: Any) -> exp.Expr:
    arguments = _path_arguments(parser)
    values: dict[str, exp.Expr] = {
        "": exp.convert(False),
        "TRUE": exp.convert(True),
        "FALSE": exp.convert(False),
        "UNKNOWN": exp.Null(),
        "ERROR": exp.cast(_raised("PATH_EVALUATION_ERROR", "path evaluation failed"), exp.DType.BOOLEAN),
    }
    _, on_error = _behaviours(parser, values)
    result = own_function("java_json_exists", *arguments)
    result = own_function("sql_json_checked", result) if on_error == values["ERROR"] else result
    return _done(parser, own_function("sql_json_exists", result, on_error))


def _json_value(parser: Any) -> exp.Expr:
    arguments = _path_arguments(parser)
    returning = parser._parse_types() if _words(parser, "RETURNING") else None
    if returning is not None and not returning.is_type("int", "bigint", "double", "boolean", "varchar"):
        raise QueryError("NOT_SUPPORTED", "this type of RETURNING is not implemented offline")
    result = own_function("java_json_value", *arguments)
    error = _raised("JSON_VALUE_RESULT_ERROR", "cannot extract SQL scalar from JSON: JSON path found no items")
    on_empty, on_error = _behaviours(parser, {"": exp.Null(), "NULL": exp.Null(), "ERROR": error})
    result = own_function("sql_json_checked", result) if on_error == error else result
    if returning is None or returning.is_type("varchar"):
        return _done(parser, own_function("sql_json_value", result, on_empty, on_error))
    return _done(parser, own_function(f"sql_json_{returning.sql().lower()}", result, on_empty, on_error))


def _json_query(parser: Any) -> exp.Expr:
    arguments = _path_arguments(parser)
    wrapper = _words(parser, "WITHOUT ARRAY WRAPPER", "WITHOUT WRAPPER", "WITH CONDITIONAL ARRAY WRAPPER",
                     "WITH CONDITIONAL WRAPPER", "WITH UNCONDITIONAL ARRAY WRAPPER", "WITH UNCONDITIONAL WRAPPER",
                     "WITH ARRAY WRAPPER", "WITH WRAPPER")  # fmt: skip
    kind = "CONDITIONAL" if " CONDITIONAL" in wrapper else "UNCONDITIONAL" if wrapper.startswith("WITH ") else ""
    quotes = _words(parser, "OMIT QUOTES", "KEEP QUOTES").partition(" ")[0]
    _words(parser, "ON SCALAR STRING")
    error = _raised("JSON_OUTPUT_CONVERSION_ERROR", "conversion from JSON failed: JSON path found no items")
    values: dict[str, exp.Expr] = {"": exp.Null(), "NULL": exp.Null(), "ERROR": error}
    values |= {"EMPTY ARRAY": exp.Literal.string("[]"), "EMPTY OBJECT": exp.Literal.string("{}")}
    texts = (exp.Literal.string(kind), exp.Literal.string(quotes))
    on_empty, on_error = _behaviours(parser, values)
    result = own_function("java_json_query", *arguments, *texts)
    result = own_function("sql_json_checked", result) if on_error == error else result
    return _done(parser, own_function("sql_json_query", result, on_empty, on_error))


def _json_table(parser: Any) -> exp.Expr:  # noqa: ARG001  (called with the parser)
    raise QueryError("NOT_SUPPORTED", "line 1:1: function json_table is not implemented offline")


SQL_JSON_PARSERS: dict[str, Callable[[Any], exp.Expr]] = {
    "JSON_ARRAY": _json_array,
    "JSON_OBJECT": _json_object,
    "JSON_EXISTS": _json_exists,
    "JSON_VALUE": _json_value,
    "JSON_QUERY": _json_query,
    "JSON_TABLE": _json_table,
}
