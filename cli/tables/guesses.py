"""Guesses that a person should check: what identifies a row, when it happened, and which columns are personal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from cli.tables.facts import Facts
from cli.tables.names import looks_like_key, snake_case
from cli.tables.personal_names import WEAK_KINDS, look_of_name
from cli.tables.types import MOMENT

_KEY_NAMES: Final = ("event_id", "id", "_id", "uuid", "guid", "key", "message_id", "row_id", "record_id")
_TIME_NAMES: Final = (
    *("event_time", "event_timestamp", "event_date", "occurred_at", "happened_at", "timestamp", "ts", "time"),
    *(
        "datetime",
        "date_time",
        "measured_at",
        "recorded_at",
        "seen_at",
        "ordered_at",
        "order_date",
        "updated_at",
        "modified_at",
    ),
    *("changed_at", "last_modified", "last_updated", "updated", "modified", "created_at", "created", "creation_date"),
    *("inserted_at", "date", "day"),
)
# The share of values that must match, for patterns that match by chance, too. The others count from the first match on.
_SHARES: Final = {"card number": 0.9, "phone number": 0.1, "postal address": 0.1}
_STRONG: Final = "restricted"


class Look(NamedTuple):
    """How a column should be classified, and what makes it look personal."""

    classification: str
    why: str


def guess_identity(facts: Mapping[str, Facts], *, table: str, rows: int) -> tuple[tuple[str, ...], str]:
    """Return the members that seem to identify a row, and why; none when no key is in every row exactly once."""
    named = [member for member in facts if looks_like_key(member)]
    ranks = {member: rank for member in named if (rank := _rank_of_key(member, table, list(facts))) is not None}
    usable = [member for member in ranks if _is_key(facts[member], rows)]
    if usable:
        best = min(usable, key=lambda member: ranks[member])
        return (best,), f"`{best}` is in every row, and no value repeats"
    if ranks and rows:
        return (), f"{', '.join(f'`{member}`' for member in ranks)}: missing in some rows, or repeated"
    return (), "no column looks like the key of this table"


def _is_key(facts: Facts, rows: int) -> bool:
    return 0 < rows == facts.values and not facts.repeats and not facts.possible.isdisjoint(("bigint", "string"))


def _rank_of_key(member: str, table: str, members: Sequence[str]) -> int | None:
    """Return how likely a name is the key of this table, the lower the likelier; None if it is not."""
    name = snake_case(member)
    if name in _KEY_NAMES:
        return _KEY_NAMES.index(name)
    subject = name.rpartition("_")[0]
    if subject and any(word.rstrip("s") == subject.rstrip("s") for word in (table, *table.split("_"))):
        return 50
    return 60 if member == members[0] else None


def guess_event_time(facts: Mapping[str, Facts], types: Mapping[str, str]) -> tuple[str | None, str]:
    """Return the member that seems to say when a row's event happened, and why; never one that looks personal.

    Parameters
    ----------
    types
        The type that was chosen for each member.
    """
    readable = [
        member
        for member, each in facts.items()
        if is_moment(each) and types[member] in _TIME_TYPES and not look_at(each)  # event_time is always stored
    ]
    if named := _by_name([member for member in readable if types[member] != "date"]):
        return named, f"every value of `{named}` is a time, and its name says so"
    times = [member for member in readable if types[member] == "timestamp" and not _is_another_time(member)]
    if len(times) == 1:
        return times[0], f"`{times[0]}` is the only column of times in UTC"
    if named := _by_name([member for member in readable if types[member] == "date"]):
        return named, f"every value of `{named}` is a date, and its name says so"
    return None, f"{len(times)} columns hold times" if times else "no column holds the time of an event"


def _by_name(members: Sequence[str]) -> str | None:
    named = {snake_case(member).strip("_"): member for member in reversed(members)}
    return next((named[name] for name in _TIME_NAMES if name in named), None)


_TIME_TYPES: Final = ("timestamp", "date", "bigint", "string")


def is_moment(facts: Facts) -> bool:
    """Tell whether every value can be read as a time."""
    return facts.values > 0 and MOMENT in facts.possible


def _is_another_time(member: str) -> bool:
    """Tell whether a name means another time than the event's: of birth, or in the future."""
    words = set(snake_case(member).split("_"))
    return look_of_name(member) is not None or not words.isdisjoint(
        ("until", "expires", "expiry", "expiration", "due", "end", "ends", "valid", "next", "planned", "deleted")
    )


def look_at(facts: Facts, *, by_schema: tuple[str, str] | None = None) -> Look | None:
    """Return why a column looks personal by its schema, its name or its values; None if it does not."""
    by_name = by_schema or look_of_name(facts.member)
    seen = [kind for kind, count in facts.kinds.items() if count >= _SHARES.get(kind, 0) * facts.values]
    if not by_name and not seen:
        return None
    reasons = [f"its name: {by_name[1]}"] if by_name else []
    if seen:
        shares = (f"{kind} in {percent(facts.kinds[kind], facts.values)}" for kind in sorted(seen))
        reasons.append(f"its values: {', '.join(shares)}")
    strong = (by_name and by_name[0] == _STRONG) or not WEAK_KINDS.issuperset(seen)
    return Look(_STRONG if strong else "confidential", "; ".join(reasons))


def percent(count: int, of: int) -> str:
    """Return a share in whole percent; 0 % and 100 % are exact, never rounded."""
    if not 0 < count < of:
        return "100 %" if count else "0 %"
    return f"{min(max(round(100 * count / of), 1), 99)} %"
