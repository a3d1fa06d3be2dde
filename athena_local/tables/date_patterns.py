"""Date patterns: MySQL's (date_format, date_parse) and Joda's (format_datetime, parse_datetime) → strftime's."""

import re

from athena_local.errors import QueryError

_MYSQL = {
    "a": "%a", "b": "%b", "c": "%-m", "d": "%d", "e": "%-d", "f": "%f", "H": "%H", "h": "%I", "I": "%I", "i": "%M",
    "j": "%j", "k": "%-H", "l": "%-I", "M": "%B", "m": "%m", "p": "%p", "r": "%I:%M:%S %p", "S": "%S", "s": "%S",
    "T": "%H:%M:%S", "v": "%V", "W": "%A", "x": "%G", "Y": "%Y", "y": "%y", "%": "%%",
}  # fmt: skip

# A run of one letter is one field, and its length decides the form.
_JODA = {
    "yyyy": "%Y", "yy": "%y", "y": "%Y", "YYYY": "%Y", "YY": "%y", "Y": "%Y", "x": "%G", "xxxx": "%G",
    "MMMMM": "%B", "MMMM": "%B", "MMM": "%b", "MM": "%m", "M": "%-m",
    "dd": "%d", "d": "%-d", "DDD": "%j", "D": "%-j",
    "EEEE": "%A", "EEE": "%a", "EE": "%a", "E": "%a", "e": "%u", "ww": "%V",
    "HH": "%H", "H": "%-H", "hh": "%I", "h": "%-I", "mm": "%M", "m": "%-M", "ss": "%S", "s": "%-S",
    "SSSSSS": "%f", "SSS": "%g", "a": "%p",
}  # fmt: skip
_UTC_OFFSETS = {"Z": "+0000", "ZZ": "+00:00", "ZZZ": "UTC", "z": "UTC"}
_JODA_PART = re.compile(r"'((?:[^']|'')*)(?:'|$)|(([A-Za-z])\3*)|(.)", re.DOTALL)


def from_mysql(pattern: str) -> str:
    """Translate a pattern of `date_format` or `date_parse`, such as ``%Y-%m-%d %H:%i``."""

    def field(match: re.Match[str]) -> str:
        letter = match.group(1)
        if letter in "DUuVwX":
            raise QueryError("INVALID_FUNCTION_ARGUMENT", f"%{letter} not supported in date format string")
        return _MYSQL.get(letter, letter)

    return re.sub(r"%(.)", field, pattern)


def from_joda(pattern: str, *, parsing: bool = False) -> str:
    """Translate a pattern of `format_datetime` or `parse_datetime`, such as ``yyyy-MM-dd'T'HH``."""
    return "".join(_joda_part(match, parsing) for match in _JODA_PART.finditer(pattern))


def _joda_part(match: re.Match[str], parsing: bool) -> str:
    quoted, run, _, other = match.groups()
    if quoted is not None:
        return quoted.replace("''", "'").replace("%", "%%") or match[0][1:]
    if run is None:
        return other.replace("%", "%%")
    if run in _UTC_OFFSETS:
        return "%z" if parsing else _UTC_OFFSETS[run]
    if run not in _JODA:
        raise QueryError("NOT_SUPPORTED", f"the date pattern '{run}' is not implemented offline")
    return _JODA[run]
