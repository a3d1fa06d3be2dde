"""The property ``timestamp.formats``: patterns of Joda-Time, tried before Hive's own forms of a timestamp."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from functools import partial

from athena_local.formats import values
from athena_local.formats.layout import Layout, UnreadableError

_PART = re.compile(r"'((?:[^']|'')*)'|(([A-Za-z])\3*)|(.)", re.DOTALL)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_TWO_DIGITS = {"M": "month", "d": "day", "H": "hour", "h": "half_hour", "m": "minute", "s": "second"}
_MILLISECONDS = re.compile(r"(-?[0-9]+)(?:\.[0-9]+)?")


def timestamp_reader(layout: Layout) -> Callable[[str], datetime]:
    """Return the function from a text to a timestamp that a layout asks for.

    Raises
    ------
    UnreadableError
        A pattern has a letter that is not read here.
    """
    patterns = [_compiled(pattern) for pattern in _patterns(layout.text("timestamp.formats"))]
    return partial(_read, patterns) if patterns else values.hive_timestamp


def _patterns(text: str) -> list[str]:
    """Split at commas; one that belongs to a pattern has a backslash before it."""
    parts = re.findall(r"(?:\\[\\,]|[^\\,])+", text)
    if "\\" in re.sub(r"\\[\\,]", "", text):
        raise UnreadableError(f"the property timestamp.formats = '{text}' is not read offline")
    return [re.sub(r"\\([\\,])", r"\1", part) for part in parts]


def _compiled(pattern: str) -> re.Pattern[str]:
    if pattern.lower() == "millis":
        return _MILLISECONDS
    parts = list(_PART.finditer(pattern))
    written = ""
    for part, following in zip(parts, [*parts[1:], None], strict=True):
        quoted, run, _, other = part.groups()
        if quoted is not None:
            written += re.escape(quoted.replace("''", "'") or "'")
        elif run is None:
            written += re.escape(other)
        else:
            written += _field(run, next_is_field=following is not None and following.group(2) is not None)
    try:
        return re.compile(written, re.IGNORECASE | re.ASCII)
    except re.error as error:
        raise UnreadableError(f"the pattern '{pattern}' of timestamp.formats is not read offline: {error}") from error


def _field(run: str, *, next_is_field: bool) -> str:
    letter, length = run[0], len(run)
    if letter == "y" and length == 4:
        return r"(?P<year>\d{4})" if next_is_field else r"(?P<year>[+-]?\d{1,9})"
    if letter in _TWO_DIGITS and length <= 2:
        return rf"(?P<{_TWO_DIGITS[letter]}>\d{{1,2}})"
    if run == "MMM":
        return f"(?P<month_name>{'|'.join(_MONTHS)})"
    if letter == "S" and length <= 9:
        return rf"(?P<fraction>\d{{1,{length}}})"
    if letter == "a":
        return "(?P<half>am|pm)"
    if run in ("Z", "ZZ"):
        return r"(?P<offset>[+-]\d{2}:?\d{2})"
    raise UnreadableError(f"the field {run} in timestamp.formats is not read offline")


def _read(patterns: list[re.Pattern[str]], text: str) -> datetime:
    trimmed = values.trim(text)
    for pattern in patterns:
        if match := pattern.fullmatch(trimmed):
            if pattern is _MILLISECONDS:
                return values.from_milliseconds(values.integer(match.group(1), 64))
            try:
                return _moment({name: value for name, value in match.groupdict().items() if value is not None})
            except ValueError:
                continue
    return values.hive_timestamp(trimmed)


def _moment(parts: dict[str, str]) -> datetime:
    hour = int(parts.get("hour", 0))
    if "half_hour" in parts:
        hour = int(parts["half_hour"]) % 12 + (12 if parts.get("half", "").lower() == "pm" else 0)
        if not 1 <= int(parts["half_hour"]) <= 12:
            raise values.InvalidError(parts["half_hour"])
    month = _MONTHS.index(parts["month_name"].lower()) + 1 if "month_name" in parts else int(parts.get("month", 1))
    zone = timezone(_offset(parts["offset"])) if "offset" in parts else UTC
    moment = datetime(
        int(parts.get("year", 1970)), month, int(parts.get("day", 1)),
        hour, int(parts.get("minute", 0)), int(parts.get("second", 0)), tzinfo=zone,
    )  # fmt: skip
    milliseconds = int(parts.get("fraction", "").ljust(3, "0")[:3])
    return (moment.astimezone(UTC) + timedelta(milliseconds=milliseconds)).replace(tzinfo=None)


def _offset(text: str) -> timedelta:
    digits = text.replace(":", "")
    offset = timedelta(hours=int(digits[1:3]), minutes=int(digits[3:]))
    return -offset if digits[0] == "-" else offset
