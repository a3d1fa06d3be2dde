"""Calls of Trino's functions that are changed in place: rows, and aggregates with their FILTER and OVER.

Whatever wraps an aggregate's result must stay outside its FILTER and OVER.
"""

from collections.abc import Callable

from sqlglot import exp

from athena_local.analyzer.call_types import ARGUMENTS
from athena_local.analyzer.coercions import INTEGERS
from athena_local.analyzer.trino_types import AVERAGED, Type
from athena_local.errors import QueryError
from athena_local.syntax.calls import function, struct
from athena_local.translation.decimals import average

_WRAPPERS = (exp.Filter, exp.Window, exp.IgnoreNulls, exp.RespectNulls, exp.WithinGroup)


def _whole(call: exp.Expr) -> exp.Expr:
    node: exp.Expr = call
    while isinstance(node.parent, _WRAPPERS) and node.arg_key == "this":
        node = node.parent
    return node


def _wrap(call: exp.Anonymous, macro: str, *, renamed: str) -> None:
    call.set("this", renamed)
    whole = _whole(call)
    placeholder = exp.Placeholder()
    whole.replace(placeholder)
    placeholder.replace(function(macro, whole))


def _average(call: exp.Anonymous) -> None:
    """Write cast_to_type(avg(x), any_value(trino_average_type(x))), each with the same FILTER and OVER."""
    if AVERAGED in call.meta:
        _decimal_average(call, call.meta[AVERAGED])
        return
    call.set("this", "avg")
    whole = _whole(call)
    sample = whole.copy()
    sampled = next(node for node in sample.walk() if isinstance(node, exp.Anonymous) and node.name == "avg")
    argument = sampled.expressions[0]
    value = argument.expressions[0] if isinstance(argument, exp.Distinct) else argument
    sampled.set("this", "any_value")
    sampled.set("expressions", [function("trino_average_type", value)])
    placeholder = exp.Placeholder()
    whole.replace(placeholder)
    placeholder.replace(function("cast_to_type", whole, sample))


def _decimal_average(call: exp.Anonymous, type_: Type) -> None:
    """Write sum(x) / count(x), each with the same FILTER and OVER."""
    call.set("this", "sum")
    whole = _whole(call)
    counted = whole.copy()
    next(each for each in counted.walk() if isinstance(each, exp.Anonymous) and AVERAGED in each.meta).set(
        "this", "count"
    )
    placeholder = exp.Placeholder()
    whole.replace(placeholder)
    placeholder.replace(exp.Paren(this=average(whole, counted, type_)))


def _row(call: exp.Anonymous) -> None:
    """Name the fields of a row in UNNEST: DuckDB cannot extract those of an unnamed struct."""
    if call.find_ancestor(exp.Unnest) and not call.find_ancestor(exp.Cast):
        call.replace(struct({f"field{number}": value for number, value in enumerate(call.expressions)}))


def _map_entries(call: exp.Anonymous) -> None:
    """Leave the names of an entry's fields away, except in UNNEST, which takes them by number."""
    call.set("this", "trino_pairs_of" if call.find_ancestor(exp.Unnest) else "trino_map_entries")


def _key_value(call: exp.Anonymous, macro: str) -> None:
    key, value = call.expressions
    call.set("expressions", [struct({"k": key, "v": value})])
    _wrap(call, macro, renamed="list")


def _approx_distinct(call: exp.Anonymous) -> None:
    """Count exactly: as an estimate that is always right, and the same on every run."""
    call.set("this", "count")
    call.set("expressions", [exp.Distinct(expressions=[call.expressions[0]])])


def _approx_percentile(call: exp.Anonymous) -> None:
    """Write the exact percentile, which Trino's digest gives while it holds every value; a weight can only be 1.

    It is the value at the place ``floor(fraction * n)`` of the sorted ones, counted from 0; DuckDB's quantile_disc
    takes the one before when the product is whole.
    """
    distinct = call.expressions[0] if isinstance(call.expressions[0], exp.Distinct) else None
    value, *weights, fraction = (distinct or call).expressions
    if [weight.sql() for weight in weights] not in ([], ["1"]):
        raise QueryError("NOT_SUPPORTED", "approx_percentile with weights is not implemented offline")
    is_array = isinstance(fraction, exp.Array)
    fractions = [_fraction(each) for each in (fraction.expressions if is_array else [fraction])]
    call.set("this", "quantile_disc")
    (distinct or call).set(
        "expressions",
        [function("trino_percentile_of", value), exp.Array(expressions=fractions) if is_array else fractions[0]],
    )


def _fraction(fraction: exp.Expr) -> exp.Expr:
    if isinstance(fraction, exp.Literal) and not 0 <= float(fraction.name) <= 1:
        raise QueryError("INVALID_FUNCTION_ARGUMENT", "Percentile must be between 0 and 1")
    whole_places = exp.Add(this=exp.cast(fraction, exp.DType.DOUBLE), expression=exp.Literal.number("1e-12"))
    return function("least", exp.Literal.number("1e0"), whole_places)


def _argument(call: exp.Anonymous) -> str:
    """Return the name of the first argument's type; nothing when it cannot be told."""
    types = call.meta.get(ARGUMENTS) or [None]
    return types[0].name if types[0] else ""


def _maximum(call: exp.Anonymous) -> None:
    """Pass NaN over, which is the greatest in DuckDB, unless there is nothing else."""
    if _argument(call) not in ("double", "real", ""):
        return
    if len(call.expressions) > 1:
        call.set("expressions", [function("trino_no_nan", call.expressions[0]), call.expressions[1]])
        return
    whole = _whole(call)
    numbers = whole.copy()
    counted = next(each for each in numbers.walk() if isinstance(each, exp.Anonymous) and each.name.lower() == "max")
    value = counted.expressions[0]
    value = value.expressions[0] if isinstance(value, exp.Distinct) else value
    counted.set("expressions", [function("trino_number", value)])
    placeholder = exp.Placeholder()
    whole.replace(placeholder)
    placeholder.replace(function("coalesce", numbers, whole))


def _sum(call: exp.Anonymous) -> None:
    """Refuse a sum beyond bigint; one with FILTER, OVER or DISTINCT is checked only when it is a result."""
    if _argument(call) == "real":
        _wrap(call, "trino_real", renamed="sum")
        return
    distinct = any(isinstance(each, exp.Distinct | exp.Order) for each in call.expressions)
    if not distinct and _whole(call) is call and not call.find_ancestor(exp.Lambda):
        call.set("this", "trino_sum")


def _skewness(call: exp.Anonymous) -> None:
    """Take DuckDB's correction for a sample away: Trino's skewness is that of a population."""
    whole = _whole(call)
    counted = whole.copy()
    next(each for each in counted.walk() if isinstance(each, exp.Anonymous) and each.name.lower() == "skewness").set(
        "this", "count"
    )
    placeholder = exp.Placeholder()
    whole.replace(placeholder)
    placeholder.replace(function("trino_skewness", whole, counted))


def _geometric_mean(call: exp.Anonymous) -> None:
    """Write exp(avg(ln(x))), where the logarithm of zero is no error."""
    types = call.meta.get(ARGUMENTS) or [None]
    is_real = types[0] is not None and types[0].name in ("real", "decimal")
    call.set("expressions", [function("trino_ln", call.expressions[0])])
    _wrap(call, "own_real_exp" if is_real else "exp", renamed="avg")


def _by(call: exp.Anonymous, name: str) -> None:
    """Return the value beside the extreme even when it is NULL, as Trino does."""
    if name == "arg_max":
        call.expressions[1].replace(function("trino_no_nan", call.expressions[1].copy()))
    call.set("this", name if len(call.expressions) == 3 else f"{name}_null")


def _of_two(call: exp.Anonymous) -> None:
    """Return NULL where DuckDB says NaN, and a real unless an argument is a double."""
    types = call.meta.get(ARGUMENTS) or (None,)
    is_double = None in types or "double" in [each.name for each in types if each]
    if not is_double:
        call.set("expressions", [exp.cast(each, exp.DType.FLOAT) for each in call.expressions])
    _wrap(call, "trino_not_nan" if is_double else "own_real_or_null", renamed=call.name.lower())


def _count_if(call: exp.Anonymous) -> None:
    """Write count(CASE …), because DuckDB's count_if returns a HUGEINT."""
    condition = call.expressions[0]
    call.set("this", "count")
    call.set("expressions", [exp.Case(ifs=[exp.If(this=condition, true=exp.Literal.number(1))])])


def _reduced(call: exp.Anonymous) -> None:
    """Write list_reduce(list(x), merge, start); DuckDB's start has the type of x, or it is refused."""
    value, start, merge, _ = call.expressions
    call.set("this", "list")
    call.set("expressions", [value])
    whole = _whole(call)
    placeholder = exp.Placeholder()
    whole.replace(placeholder)
    placeholder.replace(function("list_reduce", function("trino_present", whole), merge, start))


def listagg(node: exp.GroupConcat) -> None:
    """Give LISTAGG its separator: nothing, where DuckDB's is a comma.

    Raises
    ------
    QueryError
        ``SYNTAX_ERROR`` without WITHIN GROUP.
    """
    if not isinstance(node.this, exp.Order):
        raise QueryError("SYNTAX_ERROR", "line 1:1: LISTAGG needs WITHIN GROUP (ORDER BY …). Expecting: 'WITHIN'")
    if not node.args.get("separator"):
        node.set("separator", exp.Literal.string(""))


def _bits(call: exp.Anonymous, renamed: str) -> None:
    call.set("this", renamed)
    call.set("expressions", [exp.cast(each, exp.DType.BIGINT) for each in call.expressions])


def _most_frequent(call: exp.Anonymous) -> None:
    """Count all values, and keep those that come most often."""
    buckets, value, _ = call.expressions
    if isinstance(buckets, exp.Literal) and float(buckets.name) <= 1:
        raise QueryError("INVALID_FUNCTION_ARGUMENT", "approx_most_frequent bucket count must be greater than one")
    call.set("this", "list")
    call.set("expressions", [value])
    whole = _whole(call)
    placeholder = exp.Placeholder()
    whole.replace(placeholder)
    placeholder.replace(function("trino_most_frequent", whole, buckets))


def _set(call: exp.Anonymous, macro: str) -> None:
    """Keep the values; how large an error may be does not matter."""
    call.set("expressions", call.expressions[:1])
    _wrap(call, macro, renamed="list")


def _merged(call: exp.Anonymous) -> None:
    if _argument(call) not in ("hyperloglog", "setdigest"):
        raise QueryError("NOT_SUPPORTED", "merge of these sketches is not implemented offline")
    _set(call, "trino_merged_sets")


_CHECKED = {
    **dict.fromkeys(INTEGERS, "whole"),
    "varchar": "text",
    "double": "double",
    "boolean": "boolean",
    "date": "date",
}


def _checksum(call: exp.Anonymous) -> None:
    kind = _CHECKED.get(_argument(call))
    if kind is None:
        raise QueryError("NOT_SUPPORTED", f"a checksum of {_argument(call) or 'this type'} is not implemented offline")
    argument = call.expressions[0]
    value = argument.expressions[0] if isinstance(argument, exp.Distinct) else argument
    value.replace(exp.Cast(this=value.copy(), to=exp.DataType.build("text", dialect="duckdb")))
    _wrap(call, f"checksum_of_{kind}", renamed="list")


IN_PLACE: dict[str, Callable[[exp.Anonymous], None]] = {
    "row": _row,
    "map_entries": _map_entries,
    "avg": _average,
    "map_agg": lambda call: _key_value(call, "trino_first_entries"),
    "multimap_agg": lambda call: _key_value(call, "trino_grouped_entries"),
    "approx_distinct": _approx_distinct,
    "max_by": lambda call: _by(call, "arg_max"),
    "min_by": lambda call: _by(call, "arg_min"),
    "approx_percentile": _approx_percentile,
    "count_if": _count_if,
    "sum": _sum,
    "approx_set": lambda call: _set(call, "trino_set_of"),
    "make_set_digest": lambda call: _set(call, "trino_set_of"),
    "merge": _merged,
    "merge_set_digest": _merged,
    "approx_most_frequent": _most_frequent,
    "max": _maximum,
    "checksum": _checksum,
    "bitwise_and_agg": lambda call: _bits(call, "bit_and"),
    "bitwise_or_agg": lambda call: _bits(call, "bit_or"),
    "bitwise_xor_agg": lambda call: _bits(call, "bit_xor"),
    "skewness": _skewness,
    "reduce_agg": _reduced,
    "geometric_mean": _geometric_mean,
    "map_union": lambda call: _wrap(call, "trino_union_maps", renamed="list"),
    **dict.fromkeys(("corr", "regr_slope", "regr_intercept", "covar_pop", "covar_samp"), _of_two),
}
