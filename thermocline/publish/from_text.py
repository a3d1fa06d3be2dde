"""A typed column as an expression over its column of JSON text, in Trino's SQL.

It gives what `thermocline.convert.typed_columns` writes: null for what does not fit. Four things differ, because
engines read JSON so. A column of JSON text has another spelling of the same value; a step of the path that is a number
finds an element of an array, too; a number with an exponent of three digits is null, also if zeros make up for it; and
a number beyond a double's range is no misfit in a column of text.
"""

from __future__ import annotations

from typing import Final

import msgspec

from thermocline.contracts import Column

_NUMBER: Final = r"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$"
_SHORT_EXPONENT: Final = r"^[^eE]*([eE][+-]?0*[0-9]{1,2})?$"
_TIME: Final = (
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]([01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?"
    r"(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$"
)
_FIRST_TIME: Final = "TIMESTAMP '0001-01-01 00:00:00'"
_LAST_TIME: Final = "TIMESTAMP '9999-12-31 23:59:59.999999'"
_DATE: Final = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
# Of a number's decimals those that count; the zeros at the end of a whole number; the exponent.
_DECIMALS: Final = r"^[^.eE]*\.?([0-9]*?)0*([eE].*)?$"
_END_ZEROS: Final = r"^[^.eE]*?(0*)\.?0*([eE].*)?$"
_EXPONENT: Final = r"[eE]([+-]?[0-9]+)$"
_ZERO: Final = r"^[+-]?[0.]+([eE].*)?$"
_INTEGERS: Final = {"int": "integer", "bigint": "bigint"}


def from_text(column: Column) -> str:
    """Return the expression for a column that has a path into a column of JSON text."""
    name, *steps = column.steps
    path = "$" + "".join(f"[{msgspec.json.encode(step).decode()}]" for step in steps)
    member = f'json_extract("{name}", {_literal(path)})'
    if column.is_json:
        return f"nullif(json_format({member}), 'null')"
    if column.type == "boolean":
        return f"CASE json_format({member}) WHEN 'true' THEN true WHEN 'false' THEN false END"
    scalar = f'json_extract_scalar("{name}", {_literal(path)})'
    if column.type in ("string", "timestamp", "date"):  # these are texts in JSON, and never numbers
        scalar = f"""CASE WHEN json_format({member}) LIKE '"%' THEN {scalar} END"""
    values = f"transform(ARRAY[{scalar}], v -> {_value(column)})"
    return f"element_at({_times(values) if column.type == 'timestamp' else values}, 1)"


def _value(column: Column) -> str:
    """Return the expression for the column's value; ``v`` is the member's text."""
    if column.type == "string":
        return _if(_limits(column), "v")
    if column.type == "date":
        return _if([_like(_DATE), "v >= '0001'"], "TRY_CAST(v AS date)")
    if column.type == "timestamp":
        return _if([_like(_TIME)], "v")
    if column.type == "double":
        return _if([_like(_NUMBER), "is_finite(TRY_CAST(v AS double))"], "TRY_CAST(v AS double)")
    if column.type in _INTEGERS:
        return _if(_exact(0), f"TRY_CAST(TRY_CAST(v AS decimal(38,0)) AS {_INTEGERS[column.type]})")
    return _if(_exact(9), f"TRY_CAST(v AS {column.type})")


def _exact(scale: int) -> list[str]:
    """Return the conditions that a number has no more decimals than a scale."""
    decimals = f"length(regexp_extract(v, {_literal(_DECIMALS)}, 1))"
    zeros = f"coalesce(length(regexp_extract(v, {_literal(_END_ZEROS)}, 1)), 0)"
    exponent = f"coalesce(TRY_CAST(regexp_extract(v, {_literal(_EXPONENT)}, 1) AS bigint), 0)"
    fits = f"{decimals} - {zeros} - {exponent} <= {scale}"
    return [_like(_NUMBER), _like(_SHORT_EXPONENT), f"({_like(_ZERO)} OR {fits})"]


def _times(texts: str) -> str:
    """Return the expression for the times in UTC that texts tell.

    Offsets are not cast, because engines differ in their limits. Each step is an array of its own: an engine that
    writes functions out would repeat what is nested.
    """
    clocks = f"transform({texts}, v -> concat(substr(v, 1, 10), ' ', regexp_extract(substr(v, 12), '^[0-9:.]+')))"
    times = f"transform({clocks}, c -> TRY_CAST(c AS timestamp(6)))"
    minutes = "TRY_CAST(substr(v, -5, 2) AS integer) * 60 + TRY_CAST(substr(v, -2) AS integer)"
    signed = f"CASE WHEN v LIKE '%Z' THEN 0 WHEN substr(v, -6, 1) = '-' THEN {minutes} ELSE -({minutes}) END"
    utc = f"zip_with({times}, transform({texts}, v -> {signed}), (t, m) -> date_add('minute', m, t))"
    return f"transform({utc}, t -> IF(t BETWEEN {_FIRST_TIME} AND {_LAST_TIME}, t))"


def _limits(column: Column) -> list[str]:
    enum = ", ".join(map(_literal, column.enum))
    return [
        *([f"v IN ({enum})"] if column.enum else []),
        *([f"length(v) >= {column.min_length}"] if column.min_length is not None else []),
        *([f"length(v) <= {column.max_length}"] if column.max_length is not None else []),
        *([_like(column.pattern)] if column.pattern is not None else []),
    ]


def _like(pattern: str) -> str:
    return f"regexp_like(v, {_literal(pattern)})"


def _if(conditions: list[str], value: str) -> str:
    return f"CASE WHEN {' AND '.join(conditions)} THEN {value} END" if conditions else value


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
