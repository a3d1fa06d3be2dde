"""Trino's functions: what a call becomes in DuckDB.

A call is, in this order: changed in place (`aggregates.IN_PLACE`), built here from its arguments (`_BUILDERS`), a macro
of `functions.sql`, renamed (`_RENAMED`), or the same in both (`_SAME`). Any other call is refused, so that no DuckDB
function is reachable by its own name.
"""

import re
from collections.abc import Callable
from importlib.resources import files

from sqlglot import exp

from athena_local import formats
from athena_local.aggregates import IN_PLACE
from athena_local.call_types import FLOATING
from athena_local.calls import function, struct
from athena_local.dialect import position
from athena_local.errors import QueryError

MACROS = "".join(files("athena_local").joinpath(f"{name}.sql").read_text("utf-8") for name in ("functions", "casts"))
_MACRO_NAMES = frozenset(re.findall(r"^CREATE MACRO trino_(\w+)", MACROS, re.MULTILINE))

_RENAMED = {
    "arbitrary": "any_value", "array_agg": "list", "arrays_overlap": "list_has_any",
    "bitwise_and_agg": "bit_and", "bitwise_or_agg": "bit_or", "bitwise_xor_agg": "bit_xor", "char_length": "length",
    "contains": "list_contains", "day_of_month": "day", "day_of_week": "isodow", "day_of_year": "dayofyear",
    "dow": "isodow", "doy": "dayofyear", "every": "bool_and", "filter": "list_filter", "from_base64": "from_base64",
    "from_hex": "unhex", "from_utf8": "decode", "geometric_mean": "geomean", "hamming_distance": "hamming",
    "is_infinite": "isinf", "is_finite": "isfinite", "is_nan": "isnan", "last_day_of_month": "last_day",
    "levenshtein_distance": "levenshtein",
    "regexp_extract_all": "regexp_extract_all",
    "regexp_like": "regexp_matches", "regexp_split": "string_split_regex", "substr": "substring", "to_hex": "hex",
    "to_utf8": "encode", "transform": "list_transform", "week_of_year": "week", "year_of_week": "isoyear",
    "yow": "isoyear",
}  # fmt: skip

_SAME = frozenset(
    """
    abs acos any_value asin atan atan2 bool_and bool_or cbrt chr coalesce concat_ws corr cos cosh count
    covar_pop covar_samp cume_dist day degrees dense_rank entropy exp flatten format grouping histogram hour
    kurtosis length ln log10 log2 lower lpad ltrim map_concat map_entries map_keys map_values max min minute
    month ntile nullif percent_rank pi quarter radians rank regr_intercept regr_slope reverse row_number
    rpad rtrim second sign sin skewness sqrt starts_with stddev stddev_pop stddev_samp sum tan tanh to_base
    to_base64 translate trim upper uuid var_pop var_samp variance week year
""".split()  # noqa: SIM905  (a hundred quoted words read worse)
)

# Functions of Trino that this engine lacks: the error says so, instead of "not registered".
_MISSING = frozenset(
    """
    approx_most_frequent approx_set array_histogram bing_tile checksum combinations  crc32
    empty_approx_set from_base from_big_endian_64 from_ieee754_64 hmac_md5 hmac_sha1 hmac_sha256 hmac_sha512
    human_readable_seconds inverse_normal_cdf json_array json_object json_table learn_classifier map_union
    map_zip_with merge multimap_from_entries murmur3 ngrams normal_cdf numeric_histogram parse_data_size
    parse_duration qdigest_agg reduce_agg regexp_position render sha512 shuffle soundex split_to_multimap
    spooky_hash_v2_32 spooky_hash_v2_64 st_contains st_distance st_point tdigest_agg timezone_hour
    timezone_minute to_geometry to_milliseconds value_at_quantile word_stem xxhash64 zip_with
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
        if wrap := IN_PLACE.get(name):
            wrap(call)
        elif build := _BUILDERS.get(name):
            call.replace(build(list(call.expressions)))
        elif name in _MACRO_NAMES:
            call.set("this", f"trino_{name}")
        elif name in _RENAMED:
            call.set("this", _RENAMED[name])
        elif name not in _SAME:
            raise _unknown(call, name, sql)
    return tree


def _unknown(call: exp.Anonymous, name: str, sql: str) -> QueryError:
    if name in _MISSING:
        return QueryError("NOT_SUPPORTED", f"{position(call, sql)}: function {name} is not implemented offline")
    return QueryError("FUNCTION_NOT_FOUND", f"{position(call, sql)}: Function '{name}' not registered")


# Calls whose arguments must be read ---------------------------------------------------------------------------------


def _constant(argument: exp.Expr, what: str) -> str:
    if not (isinstance(argument, exp.Literal) and argument.is_string):
        raise QueryError("NOT_SUPPORTED", f"{what} must be a string literal offline")
    return str(argument.this)


def _pattern(translate: Callable[[str], str], target: str, *, zoned: bool = False) -> _Builder:
    def build(arguments: list[exp.Expr]) -> exp.Expr:
        pattern = exp.Literal.string(translate(_constant(arguments[1], "a date pattern")))
        call = function(target, arguments[0], pattern)
        return exp.cast(call, exp.DType.TIMESTAMPTZ) if zoned else call

    return build


def _json_path(macro: str) -> _Builder:
    """Return a builder that writes a path as DuckDB does: without a mode, and with a quoted key as ``$."a b"``."""

    def build(arguments: list[exp.Expr]) -> exp.Expr:
        path = re.sub(r"^\s*(lax|strict)\s+", "", _constant(arguments[1], "a JSON path"))
        path = re.sub(r"""\[\s*(["'])(.*?)\1\s*\]""", r'."\2"', path)
        return function(macro, arguments[0], exp.Literal.string(path))

    return build


def _regexp_replace(arguments: list[exp.Expr]) -> exp.Expr:
    if len(arguments) == 3:
        if not isinstance(arguments[2], exp.Literal):
            raise QueryError("NOT_SUPPORTED", "the replacement of regexp_replace must be a string literal offline")
        text = str(arguments[2].this).replace("\\", "\\\\")
        arguments[2] = exp.Literal.string(re.sub(r"\$(\d)", r"\\\1", text))
    return function("trino_regexp_replace", *arguments)


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


def _sequence(arguments: list[exp.Expr]) -> exp.Expr:
    """Return a sequence, of days when there is no step and the SQL shows that an argument is a date."""
    dates = len(arguments) == 2 and any(
        (isinstance(each, exp.Cast) and each.to.is_type(exp.DType.DATE))
        or isinstance(each, exp.CurrentDate)
        or (isinstance(each, exp.Anonymous) and each.name.lower() in ("date", "trino_date"))
        for each in arguments
    )
    return function("trino_days" if dates else "trino_sequence", *arguments)


def _concat(arguments: list[exp.Expr]) -> exp.Expr:
    result = arguments[0]
    for argument in arguments[1:]:
        result = exp.DPipe(this=result, expression=argument, safe=False)
    return exp.Paren(this=result)


def _substitute(body: exp.Expr, values: dict[str, exp.Expr]) -> exp.Expr:
    def swap(node: exp.Expr) -> exp.Expr:
        name = node.name.lower() if isinstance(node, exp.Column | exp.Identifier) else ""
        if name in values and not (isinstance(node, exp.Column) and node.table):
            return values[name].copy()
        return node

    return body.copy().transform(swap)


def _parameters(argument: exp.Expr) -> tuple[list[str], exp.Expr]:
    if not isinstance(argument, exp.Lambda):
        raise QueryError("SYNTAX_ERROR", "a lambda expression is expected")
    return [parameter.name.lower() for parameter in argument.expressions], argument.this


def _reduce(arguments: list[exp.Expr]) -> exp.Expr:
    array, start, merge, finish = arguments
    reduced = function("list_reduce", array, merge, start)
    (name,), body = _parameters(finish)
    return exp.Paren(this=_substitute(body, {name: reduced}))


def _over_entries(shape: str) -> _Builder:
    """Return a builder for map_filter, transform_keys or transform_values, with a lambda of one entry."""

    def build(arguments: list[exp.Expr]) -> exp.Expr:
        (key, value), body = _parameters(arguments[1])
        entry = exp.to_identifier("entry__")
        fields = {
            field: exp.Dot(this=exp.column(entry.copy()), expression=exp.to_identifier(field))
            for field in ("key", "value")
        }
        inner = _substitute(body, {key: fields["key"], value: fields["value"]})
        pair = {"key": fields["key"], "value": fields["value"], shape: inner}
        if shape != "filter":
            inner = struct({field: pair[field] for field in ("key", "value")})
        over = "list_filter" if shape == "filter" else "list_transform"
        entries = function("map_entries", arguments[0])
        return function("map_from_entries", function(over, entries, exp.Lambda(this=inner, expressions=[entry])))

    return build


def _matches(aggregate: str, *, empty: bool, negate: bool = False) -> _Builder:
    def build(arguments: list[exp.Expr]) -> exp.Expr:
        mapped = function("coalesce", function(aggregate, function("list_transform", *arguments)), exp.convert(empty))
        return exp.Not(this=mapped) if negate else mapped

    return build


_BUILDERS: dict[str, _Builder] = {
    "date_format": _pattern(formats.from_mysql, "strftime"),
    "date_parse": _pattern(formats.from_mysql, "strptime"),
    "format_datetime": _pattern(formats.from_joda, "strftime"),
    "parse_datetime": _pattern(lambda text: formats.from_joda(text, parsing=True), "strptime", zoned=True),
    "json_extract": _json_path("trino_json_extract"),
    "json_extract_scalar": _json_path("trino_json_extract_scalar"),
    "json_size": _json_path("trino_json_size"),
    "json_value": _json_path("trino_json_value"),
    "json_query": _json_path("trino_json_query"),
    "json_exists": _json_path("trino_json_exists"),
    "regexp_replace": _regexp_replace,
    "greatest": _extreme("greatest"),
    "least": _extreme("least"),
    "concat": _concat,
    "reduce": _reduce,
    "sequence": _sequence,
    "map_filter": _over_entries("filter"),
    "transform_keys": _over_entries("key"),
    "transform_values": _over_entries("value"),
    "any_match": _matches("list_bool_or", empty=False),
    "all_match": _matches("list_bool_and", empty=True),
    "none_match": _matches("list_bool_or", empty=False, negate=True),
    "try": lambda arguments: function("try", *arguments),
}
