"""Trino's functions: what a call becomes in DuckDB.

A call is, in this order: changed in place (`aggregates.IN_PLACE`), built here from its arguments (`_BUILDERS`), a macro
of `functions.sql`, renamed (`_RENAMED`), or the same in both (`_SAME`). Any other call is refused, so that no DuckDB
function is reachable by its own name.
"""

import re
from collections.abc import Callable
from importlib.resources import files

from sqlglot import exp

from athena_local.analyzer.known import TRINO_FUNCTIONS
from athena_local.analyzer.trino_types import FLOATING
from athena_local.errors import QueryError
from athena_local.syntax.calls import OWN, function, struct
from athena_local.syntax.dialect import position
from athena_local.tables import date_patterns
from athena_local.translation import arrays
from athena_local.translation.aggregates import IN_PLACE
from athena_local.translation.arrays import name_within, parameters, substitute
from athena_local.translation.lambdas import sorted_by
from athena_local.translation.text_calls import TEXT_BUILDERS
from athena_local.translation.typed_calls import built_by_type, typed_name
from athena_local.udf import geospatial

_SQL = ("functions", "casts", "text", "numbers", "collections")
MACROS = "".join(files(__package__).joinpath(f"{name}.sql").read_text("utf-8") for name in _SQL)
_MACRO_NAMES = geospatial.macro_names() | frozenset(re.findall(r"^CREATE MACRO trino_(\w+)", MACROS, re.MULTILINE))

_RENAMED = {
    "normal_cdf": "trino_normal_cdf", "inverse_normal_cdf": "trino_inverse_normal_cdf",
    "arbitrary": "any_value", "array_agg": "list",
    "day_of_month": "day", "day_of_week": "isodow", "day_of_year": "dayofyear",
    "dow": "isodow", "doy": "dayofyear", "every": "bool_and", "filter": "list_filter",
    "is_infinite": "isinf", "is_finite": "isfinite", "is_nan": "isnan", "last_day_of_month": "last_day",
    "transform": "list_transform", "week_of_year": "week", "year_of_week": "isoyear", "yow": "isoyear",
}  # fmt: skip

_SAME = frozenset(
    """
    abs any_value atan atan2 bool_and bool_or cbrt chr coalesce cos cosh count
    covar_pop covar_samp cume_dist day degrees dense_rank exp flatten histogram hour
    kurtosis lower map_concat map_keys map_values max min minute
    month ntile percent_rank pi quarter radians rank row_number
    second sin starts_with stddev stddev_pop stddev_samp tan tanh
    translate uuid var_pop var_samp variance week year
""".split()  # noqa: SIM905  (a hundred quoted words read worse)
)

_Builder = Callable[[list[exp.Expr]], exp.Expr]


def rewrite_calls(tree: exp.Expr, sql: str) -> exp.Expr:
    """Replace every function call in `tree` by a call that DuckDB knows.

    Parameters
    ----------
    tree
        A tree of `dialect.parse`.
    sql
        Its text, for positions in errors.

    Raises
    ------
    QueryError
        ``FUNCTION_NOT_FOUND``, or ``NOT_SUPPORTED`` for a Trino function that this engine lacks.
    """
    for call in list(tree.find_all(exp.Anonymous))[::-1]:  # arguments first: a builder may copy them
        name = call.name.lower()
        if call.meta.get("made") or call.meta.get(OWN):
            continue
        if name not in TRINO_FUNCTIONS:
            raise QueryError("FUNCTION_NOT_FOUND", f"{position(call, sql)}: Function '{name}' not registered")
        if not _by_type(call):
            _by_name(call, name, sql)
    return tree


def _by_type(call: exp.Anonymous) -> bool:
    """Change a call for which its arguments' types count; tell whether it is one."""
    if typed := typed_name(call):
        call.set("this", typed)
        return True
    if build := built_by_type(call):
        call.replace(build(list(call.expressions)))
        return True
    return False


def _by_name(call: exp.Anonymous, name: str, sql: str) -> None:
    if wrap := IN_PLACE.get(name):
        wrap(call)
    elif build := _BUILDERS.get(name):
        call.replace(build(list(call.expressions)))
    elif name in _MACRO_NAMES:
        call.set("this", f"trino_{name}")
    elif name in _RENAMED:
        call.set("this", _RENAMED[name])
    elif name not in _SAME:
        raise QueryError("NOT_SUPPORTED", f"{position(call, sql)}: function {name} is not implemented offline")


# Calls whose arguments must be read ---------------------------------------------------------------------------------


def _constant(argument: exp.Expr, what: str) -> str:
    if not (isinstance(argument, exp.Literal) and argument.is_string):
        raise QueryError("NOT_SUPPORTED", f"{what} must be a string literal offline")
    return str(argument.this)


_YEAR = re.compile(r"%[YyGs]")
_MONTH = re.compile(r"%-?[mbB]")
_DAY = re.compile(r"%-?[dj]")
_WEEKDAY = re.compile(r"%[aAu]")


def _pattern(translate: Callable[[str], str], target: str, *, zoned: bool = False) -> _Builder:
    def build(arguments: list[exp.Expr]) -> exp.Expr:
        pattern, text = translate(_constant(arguments[1], "a date pattern")), arguments[0]
        if target == "strftime":
            text, pattern = function("trino_milliseconds", text), pattern.replace("%f", "%g000")
        if target == "strptime" and pattern.endswith("%z"):
            text = function("regexp_replace", text, exp.Literal.string("Z$"), exp.Literal.string("+00:00"))
        if target == "strptime":
            return _parsed(text, pattern, zoned=zoned)
        return function(target, text, exp.Literal.string(pattern))

    return build


def _parsed(text: exp.Expr, pattern: str, *, zoned: bool) -> exp.Expr:
    """Return the time that a text tells: in 2000 if it has no year, and in 1970 if it is a clock alone."""
    weekday, day = _WEEKDAY.search(pattern), _DAY.search(pattern)
    if weekday and (not day or weekday[0] == "%u"):
        raise QueryError("NOT_SUPPORTED", "a day of the week is read beside a day of the month only, offline")
    written = text.copy()
    if not _YEAR.search(pattern):  # DuckDB begins in 1900
        year = "2000 " if day or _MONTH.search(pattern) else "1970 "
        pattern, text = f"%Y {pattern}", exp.DPipe(this=exp.Literal.string(year), expression=text)
    call = function("strptime", text, exp.Literal.string(pattern))
    if "%y" in pattern:
        call = function("trino_years_of_joda" if zoned else "trino_years_of_mysql", call)
    if weekday:
        call = function("trino_on_weekday", call, written)
    return exp.cast(call, exp.DType.TIMESTAMPTZ) if zoned else call


def _format_datetime(arguments: list[exp.Expr]) -> exp.Expr:
    pattern = _constant(arguments[1], "a date pattern")
    try:
        date_patterns.from_joda(pattern)
    except QueryError:
        clock = function("epoch_us", exp.cast(arguments[0], exp.DType.TIMESTAMP))
        return function("java_joda_text", clock, arguments[1])
    return _pattern(date_patterns.from_joda, "strftime")(arguments)


def _extreme(name: str) -> _Builder:
    def build(arguments: list[exp.Expr]) -> exp.Expr:
        any_null = exp.or_(*[exp.Is(this=argument.copy(), expression=exp.Null()) for argument in arguments])
        floating = any(FLOATING in argument.meta for argument in arguments)
        extreme = _extreme_number(name, arguments) if floating else function(name, *arguments)
        return exp.Case(ifs=[exp.If(this=any_null, true=exp.Null())], default=extreme)

    return build


def _extreme_number(name: str, arguments: list[exp.Expr]) -> exp.Expr:
    """Return the extreme of those that are numbers: NaN is the greatest in DuckDB, and is passed over in Trino."""
    entry = exp.to_identifier("entry__")
    is_number = exp.Not(this=function("isnan", exp.cast(exp.column(entry.copy()), exp.DType.DOUBLE)))
    everything = exp.Array(expressions=[argument.copy() for argument in arguments])
    numbers = function("list_filter", everything, exp.Lambda(this=is_number, expressions=[entry]))
    return function("coalesce", function("list_max" if name == "greatest" else "list_min", numbers), arguments[0])


def _nullif(arguments: list[exp.Expr]) -> exp.Expr:
    """Return a call that keeps NaN, which equals nothing in Trino."""
    call = function("nullif", *arguments)
    if not any(FLOATING in argument.meta for argument in arguments):
        return call
    is_nan = function("isnan", exp.cast(arguments[0].copy(), exp.DType.DOUBLE))
    return exp.Case(ifs=[exp.If(this=is_nan, true=arguments[0].copy())], default=call)


def _concat(arguments: list[exp.Expr]) -> exp.Expr:
    if len(arguments) < 2:
        raise QueryError("INVALID_FUNCTION_ARGUMENT", "There must be two or more concatenation arguments")
    result = arguments[0]
    for argument in arguments[1:]:
        result = exp.DPipe(this=result, expression=argument, safe=False)
    return exp.Paren(this=result)


def _reduce(arguments: list[exp.Expr]) -> exp.Expr:
    array, start, merge, finish = arguments
    reduced = function("list_reduce", array, merge, start)
    (name,), body = parameters(finish, 1)
    return exp.Paren(this=substitute(body, {name: reduced}))


def _over_entries(shape: str) -> _Builder:
    """Return a builder for map_filter, transform_keys or transform_values, with a lambda of one entry."""

    def build(arguments: list[exp.Expr]) -> exp.Expr:
        (key, value), body = parameters(arguments[1], 2)
        entry = name_within(body)
        fields = {
            field: exp.Dot(this=exp.column(entry.copy()), expression=exp.to_identifier(field))
            for field in ("key", "value")
        }
        inner = substitute(body, {key: fields["key"], value: fields["value"]})
        pair = {"key": fields["key"], "value": fields["value"], shape: inner}
        if shape != "filter":
            inner = struct({field: pair[field] for field in ("key", "value")})
        over = "list_filter" if shape == "filter" else "list_transform"
        entries = function("map_entries", arguments[0])
        return function("map_from_entries", function(over, entries, exp.Lambda(this=inner, expressions=[entry])))

    return build


def _matches(macro: str, *, negate: bool = False) -> _Builder:
    def build(arguments: list[exp.Expr]) -> exp.Expr:
        parameters(arguments[1], 1)
        matched = function(macro, function("list_transform", *arguments))
        return exp.Paren(this=exp.Not(this=matched)) if negate else matched

    return build


def _fail(arguments: list[exp.Expr]) -> exp.Expr:
    named = exp.Literal.string("trino:GENERIC_USER_ERROR: ")
    return function("error", exp.DPipe(this=named, expression=arguments[0], safe=False))


_BUILDERS: dict[str, _Builder] = {
    "fail": _fail,
    "date_format": _pattern(date_patterns.from_mysql, "strftime"),
    "date_parse": _pattern(date_patterns.from_mysql, "strptime"),
    "format_datetime": _format_datetime,
    "parse_datetime": _pattern(lambda text: date_patterns.from_joda(text, parsing=True), "strptime", zoned=True),
    **TEXT_BUILDERS,
    "nullif": _nullif,
    "greatest": _extreme("greatest"),
    "least": _extreme("least"),
    "grouping": lambda arguments: exp.cast(function("grouping", *arguments), exp.DType.INT),
    "concat": _concat,
    "reduce": _reduce,
    "array_sort": lambda arguments: (
        sorted_by(arguments) if len(arguments) == 2 else function("trino_array_sort", *arguments)
    ),
    "map_filter": _over_entries("filter"),
    "transform_keys": _over_entries("key"),
    "transform_values": _over_entries("value"),
    "any_match": _matches("trino_any"),
    "all_match": _matches("trino_all"),
    "none_match": _matches("trino_any", negate=True),
    **arrays.BUILDERS,
    "try": lambda arguments: function("try", *arguments),
}
