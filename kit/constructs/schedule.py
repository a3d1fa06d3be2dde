"""Checked EventBridge schedules: CDK takes any text, and CloudFormation would refuse it in the middle of a deploy."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

import aws_cdk as cdk
from aws_cdk import aws_events

from kit.errors import DefinitionError

_RATE: Final = re.compile(r"rate\((?P<value>[1-9][0-9]*) (?P<unit>minute|hour|day)(?P<plural>s?)\)")
_CRON: Final = re.compile(r"cron\((?P<fields>[^()]+)\)")


class _Field(NamedTuple):
    """One field of a cron expression."""

    name: str
    least: int
    most: int
    names: tuple[str, ...] = ()
    special: str = r"(?!)"


_MONTHS: Final = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_DAYS: Final = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
_FIELDS: Final = (
    _Field("minutes", 0, 59),
    _Field("hours", 0, 23),
    _Field("day of month", 1, 31, special=r"\?|L|LW|L-\d{1,2}|\d{1,2}W"),
    _Field("month", 1, 12, _MONTHS),
    _Field("day of week", 1, 7, _DAYS, special=r"\?|L|[1-7]L|[1-7]#[1-5]|(?:SUN|MON|TUE|WED|THU|FRI|SAT)(?:L|#[1-5])"),
    _Field("year", 1970, 2199),
)


def to_schedule(schedule: str | cdk.Duration) -> aws_events.Schedule:
    """Return the schedule of ``rate(…)``, ``cron(…)`` or a Duration.

    Raises
    ------
    DefinitionError
        EventBridge would refuse the schedule.
    """
    text = _rate_of(schedule) if isinstance(schedule, cdk.Duration) else schedule
    check_schedule(text)
    return aws_events.Schedule.expression(text)


def check_schedule(text: str) -> None:
    """Raise `DefinitionError` that says why, when EventBridge would refuse a schedule."""
    if rate := _RATE.fullmatch(text):
        if (rate["value"] == "1") == bool(rate["plural"]):
            right = f"rate({rate['value']} {rate['unit']}{'' if rate['value'] == '1' else 's'})"
            raise DefinitionError(f"schedule {text!r}: write {right!r}")
    elif cron := _CRON.fullmatch(text):
        _check_cron(text, cron["fields"].split())
    else:
        raise DefinitionError(f"schedule {text!r} is neither like 'rate(5 minutes)' nor like 'cron(0 12 * * ? *)'")


def _rate_of(duration: cdk.Duration) -> str:
    seconds = duration.to_seconds()
    if seconds < 60 or seconds % 60:
        raise DefinitionError(f"schedule of {seconds:g} seconds: a rate is in whole minutes, at least one")
    minutes = int(seconds // 60)
    for unit, length in (("day", 24 * 60), ("hour", 60), ("minute", 1)):
        if minutes % length == 0:
            return f"rate({minutes // length} {unit}{'' if minutes == length else 's'})"
    raise AssertionError(minutes)


def _check_cron(text: str, fields: list[str]) -> None:
    if len(fields) != len(_FIELDS):
        names = ", ".join(field.name for field in _FIELDS)
        raise DefinitionError(f"schedule {text!r} has {len(fields)} fields; cron has six: {names}")
    for field, value in zip(_FIELDS, fields, strict=True):
        if not all(_is_part(field, part) for part in value.split(",")):
            raise DefinitionError(
                f"schedule {text!r}: {value!r} is not a valid {field.name} field ({field.least} to {field.most})"
            )
    if (fields[2] == "?") == (fields[4] == "?"):
        raise DefinitionError(f"schedule {text!r}: exactly one of day of month and day of week is '?'")


def _is_part(field: _Field, part: str) -> bool:
    """Tell whether a part of a field is ``*``, a value, a range, either with a step, or a special value."""
    if re.fullmatch(field.special, part):
        return True
    span, slash, step = part.partition("/")
    if slash and not (step.isdecimal() and int(step) >= 1):
        return False
    if span == "*":
        return True
    return all(_is_value(field, end) for end in span.split("-", maxsplit=1))


def _is_value(field: _Field, text: str) -> bool:
    return text in field.names or (text.isascii() and text.isdecimal() and field.least <= int(text) <= field.most)
