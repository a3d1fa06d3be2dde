"""Types of dates, times and intervals as Trino has them, and the zone that all values of an expression have."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from zoneinfo import available_timezones

from sqlglot import exp

from athena_local.errors import QueryError
from athena_local.syntax.calls import function

MOMENT_MACROS = files(__package__).joinpath("moments.sql").read_text("utf-8")
DATE, TIME, TIMESTAMP = "date", "time", "timestamp"
TIME_ZONED, ZONED = "time with time zone", "timestamp with time zone"
SPAN, MONTHS = "interval day to second", "interval year to month"
UTC = "UTC"
# The zone of values that have several.
SEVERAL = "?"

# Names of the tz database that Trino lacks.
_LACKING = frozenset(
    ("EST", "HST", "MST", "ROC", "America/Coyhaique", "Etc/Greenwich", "Etc/Zulu", "Factory", "localtime")
)
_ZONES = {name.lower(): name for name in available_timezones() - _LACKING}
_OFFSET = re.compile(r"(?:UTC|GMT|UT)?([+-])(\d{1,2})(?::?(\d{2}))?", re.IGNORECASE)
_UTC_NAMES = frozenset(
    """
    z utc gmt gmt0 ut uct zulu greenwich universal etc/utc etc/uct etc/universal etc/gmt etc/gmt0 etc/gmt+0 etc/gmt-0
""".split()  # noqa: SIM905  (many quoted words read worse)
)


@dataclass(frozen=True, kw_only=True)
class Moment:
    """The type of an expression.

    Attributes
    ----------
    kind
        Trino's name of the type without its precision.
    precision
        Digits of a second.
    zone
        The zone of every value of a timestamp with time zone.
    """

    kind: str
    precision: int | None = None
    zone: str | None = None

    @property
    def name(self) -> str:
        """Return what `typeof` says."""
        if self.precision is None:
            return self.kind
        word, _, rest = self.kind.partition(" ")
        return f"{word}({self.precision}) {rest}".rstrip()

    @property
    def is_elsewhere(self) -> bool:
        """Tell whether the zone is another than UTC, which is DuckDB's."""
        return self.zone not in (None, UTC)

    @property
    def is_interval(self) -> bool:
        """Tell whether it is one of the two intervals."""
        return self.kind in (SPAN, MONTHS)


def zone_name(text: str) -> str | None:
    """Return a zone as Trino writes it; None when there is no such zone."""
    if text.lower() in _UTC_NAMES:
        return UTC
    if match := _OFFSET.fullmatch(text):
        minutes = int(match[2]) * 60 + int(match[3] or 0)
        if minutes == 0:
            return UTC
        return f"{match[1]}{minutes // 60:02d}:{minutes % 60:02d}" if minutes <= 14 * 60 else None
    name = _ZONES.get(text.lower())
    if name and name.startswith("Etc/GMT"):  # Etc/GMT+5 is five hours behind UTC
        return f"{'+' if name[7] == '-' else '-'}{int(name[8:]):02d}:00"
    return name


def offset_minutes(zone: str) -> int | None:
    """Return the minutes of ``+05:30``; None for a zone with a name."""
    if zone[:1] not in "+-":
        return None
    minutes = int(zone[1:3]) * 60 + int(zone[4:6])
    return -minutes if zone[0] == "-" else minutes


def local(value: exp.Expr, zone: str) -> exp.Expr:
    """Return the local time of instants in a zone, as a plain timestamp."""
    if zone == SEVERAL:
        raise mixed()
    minutes = offset_minutes(zone)
    if minutes is None:
        return made("timezone", exp.Literal.string(zone), value)
    return made("trino_shifted", made("timezone", exp.Literal.string(UTC), value), _number(minutes))


def instant(value: exp.Expr, zone: str) -> exp.Expr:
    """Return the instants of local times in a zone; the earlier one where a clock was put back."""
    minutes = offset_minutes(zone)
    if minutes is None:
        return made("trino_instant", value, exp.Literal.string(zone))
    return made("timezone", exp.Literal.string(UTC), made("trino_shifted", value, _number(-minutes)))


def made(name: str, *arguments: exp.Expr) -> exp.Anonymous:
    """Return a call of a DuckDB function or macro that is not rewritten again."""
    call = function(name, *arguments)
    call.meta["made"] = True
    return call


def _number(value: int) -> exp.Expr:
    return exp.Literal.number(value) if value >= 0 else exp.Neg(this=exp.Literal.number(-value))


def common(moments: Sequence[Moment | None], *, has_unknown: bool) -> Moment | None:
    """Return the type that values of several types have together; they may have several zones."""
    known = [moment for moment in moments if moment is not None]
    if has_unknown and any(moment.is_elsewhere for moment in known):
        return Moment(kind=ZONED, precision=3, zone=SEVERAL)
    if not known or has_unknown:
        return None
    widest = max(known, key=lambda moment: (DATE, TIME, TIME_ZONED, TIMESTAMP, ZONED, SPAN, MONTHS).index(moment.kind))
    if widest.kind == ZONED and len({moment.zone or UTC for moment in known}) > 1:
        widest = replace(widest, zone=SEVERAL)
    precisions = [moment.precision for moment in known if moment.precision is not None]
    return replace(widest, precision=max(precisions)) if precisions else widest


def mixed() -> QueryError:
    """Return the refusal of values of several zones in one column."""
    return QueryError("NOT_SUPPORTED", "timestamps of more than one time zone in one column are not kept offline")
