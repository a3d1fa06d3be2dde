"""Trino's `format_datetime`: the patterns of Joda that DuckDB's strftime lacks."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

from athena_local.errors import QueryError
from athena_local.udf.python_functions import Functions, PythonFunction

_PART = re.compile(r"'((?:[^']|'')*)(?:'|$)|(([A-Za-z])\3*)|(.)", re.DOTALL)
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  (a time without a zone)

_NUMBERS: dict[str, Callable[[datetime], int]] = {
    "C": lambda moment: moment.year // 100,
    "w": lambda moment: moment.isocalendar().week,
    "e": lambda moment: moment.isoweekday(),
    "D": lambda moment: moment.timetuple().tm_yday,
    "d": lambda moment: moment.day,
    "K": lambda moment: moment.hour % 12,
    "h": lambda moment: moment.hour % 12 or 12,
    "H": lambda moment: moment.hour,
    "k": lambda moment: moment.hour or 24,
    "m": lambda moment: moment.minute,
    "s": lambda moment: moment.second,
}
_YEARS: dict[str, Callable[[datetime], int]] = {
    "y": lambda moment: moment.year,
    "Y": lambda moment: moment.year,
    "x": lambda moment: moment.isocalendar().year,
}
_WORDS = {"G": "AD", "Z": "+0000", "ZZ": "+00:00", "ZZZ": "UTC", "z": "UTC"}


def joda_text(microseconds: int, pattern: str) -> str:
    """Return a time as text.

    Parameters
    ----------
    microseconds
        Since 1970, on the clock that is shown; the text has them rounded to milliseconds.

    Raises
    ------
    QueryError
        ``INVALID_FUNCTION_ARGUMENT`` for a letter that Joda has not.
    """
    moment = _EPOCH + timedelta(milliseconds=(microseconds + 500) // 1000)
    return "".join(_part(moment, match) for match in _PART.finditer(pattern))


def _part(moment: datetime, match: re.Match[str]) -> str:
    quoted, run, letter, other = match.groups()
    if quoted is not None:
        return quoted.replace("''", "'") or match[0][1:]
    if run is None:
        return other
    return _field(moment, letter, len(run))


def _field(moment: datetime, letter: str, length: int) -> str:  # noqa: PLR0911  (one per family of letters)
    if letter in _YEARS:
        year = _YEARS[letter](moment)
        return f"{year % 100:02}" if length == 2 else f"{year:0{length}}"
    if letter in _NUMBERS:
        return f"{_NUMBERS[letter](moment):0{length}}"
    if letter == "M":
        return moment.strftime("%B" if length > 3 else "%b") if length > 2 else f"{moment.month:0{length}}"
    if letter == "E":
        return moment.strftime("%A" if length > 3 else "%a")
    if letter == "a":
        return moment.strftime("%p")
    if letter == "S":
        return f"{moment.microsecond // 1000:03}".ljust(length, "0")[:length]
    word = _WORDS.get(letter * length) or _WORDS.get(letter if letter == "G" else "")
    if word is None and letter in "zZ":
        raise QueryError("NOT_SUPPORTED", f"the date pattern '{letter * length}' is not implemented offline")
    if word is None:
        raise QueryError("INVALID_FUNCTION_ARGUMENT", f"Illegal pattern component: {letter * length}")
    return word


JODA_FUNCTIONS: Functions = {
    "java_joda_text": PythonFunction(row=joda_text, takes=("BIGINT", "VARCHAR"), returns="VARCHAR"),
}
