"""Messages of DuckDB's errors that have a name of their own in Trino."""

import re

# What `trino_fail` of functions.sql says, and error().
_FAILED = re.compile(r"trino:([A-Z_]+): (.*?)(?:' to INT32|$)")
# What DuckDB says of arguments that a function or a macro does not take; Trino may take them.
_UNBOUND = re.compile(
    r"function for the function call|No function matches the given name|Macro \w+\(\) does not support"
    r"|cannot be used to cast to NULL|initial value type must be the same|Cannot deduce template type"
    r"|Unimplemented type for cast|Cannot concatenate types|struct_extract with a"
)
_UNBOUND_KINDS = ("Binder Error", "Invalid Input Error", "Conversion Error")
_PHRASES = {
    "must appear in the GROUP BY clause": "EXPRESSION_NOT_AGGREGATE",
    "aggregate function calls cannot be nested": "NESTED_AGGREGATION",
    "WHERE clause cannot contain aggregates": "EXPRESSION_NOT_SCALAR",
    "Cannot concatenate lists of types": "FUNCTION_NOT_FOUND",
}


def named(kind: str, text: str) -> tuple[str, str] | None:
    """Return Trino's name of an error, and its message; None for an error without a name here.

    Parameters
    ----------
    kind
        DuckDB's kind, such as ``Binder Error``.
    text
        The first line of its message.
    """
    if failed := _FAILED.search(text):
        return failed.group(1), failed.group(2)
    for phrase, name in _PHRASES.items():
        if phrase in text:
            return name, text
    if kind in _UNBOUND_KINDS and _UNBOUND.search(text):
        return "NOT_SUPPORTED", f"a function is not supported offline with these arguments: {text}"
    if "INT128 with value" in text and "INT64" in text:
        return "NUMERIC_VALUE_OUT_OF_RANGE", "bigint addition overflow"
    return None
