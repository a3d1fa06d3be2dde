"""Patterns of tables' and databases' names, as Glue has them."""

import re

from athena_local.errors import QueryError


def name_pattern(expression: str) -> re.Pattern[str]:
    """Return the pattern for a whole name, in any case.

    Parameters
    ----------
    expression
        A regular expression; ``*`` at its start, after ``|``, or after a letter, digit or ``_``, is any text.

    Raises
    ------
    re.error
        It is not a regular expression.
    """
    return re.compile(re.sub(r"(?:(?<=[\w|])|^)\*", ".*", expression), re.IGNORECASE)


def named_like(names: list[str], expression: str | None) -> list[str]:
    """Return the names that SHOW lists, sorted.

    Raises
    ------
    QueryError
        ``SYNTAX_ERROR``: it is not a regular expression.
    """
    try:
        pattern = name_pattern(".*" if expression is None else expression)
    except re.error as error:
        raise QueryError("SYNTAX_ERROR", f"line 1:1: '{expression}' is not a regular expression") from error
    return sorted(name for name in names if pattern.fullmatch(name))
