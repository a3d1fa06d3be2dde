"""What identifies a row and when it happened: what the user says, else what the sample suggests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from cli.errors import CliError
from cli.tables.choice import Chosen
from cli.tables.facts import Facts
from cli.tables.guesses import guess_event_time, guess_identity, is_moment
from cli.tables.samples import Format, Sample, UnknownMembers

NONE: Final = "none"


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What the user said: names of columns or members, or ``none``; None leaves the choice to the sample."""

    event_time: str | None = None
    identity: tuple[str, ...] | None = None
    unknown_members: UnknownMembers | None = None


def event_time_of(
    facts: Mapping[str, Facts], names: Mapping[str, str], chosen: Mapping[str, Chosen], wishes: Wishes, sample: Sample
) -> tuple[str | None, str]:
    """Return the member that holds a row's time, and why (see `make_draft` for errors)."""
    wish = wishes.event_time
    if wish is None:
        if sample.format is Format.JSON_SCHEMA:
            return None, "a schema has no values to guess from: name a column with --event-time"
        return guess_event_time(facts, {member: each.type for member, each in chosen.items()})
    if wish == NONE and NONE not in facts:
        return None, "as you said"
    member = _member_of(wish, names, "--event-time")
    if facts[member].values and not is_moment(facts[member]):
        raise CliError(
            f"--event-time {wish}: not every value can be read as a time, as 2026-11-26T10:00:00Z or 1764121800 can"
        )
    return member, "as you said"


def identity_of(
    facts: Mapping[str, Facts],
    names: Mapping[str, str],
    chosen: Mapping[str, Chosen],
    wishes: Wishes,
    *,
    table: str,
    rows: int,
) -> tuple[tuple[str, ...], str]:
    """Return the members that identify a row, and why (see `make_draft` for errors)."""
    if wishes.identity is None:
        return guess_identity(facts, table=table, rows=rows)
    if wishes.identity == (NONE,) and NONE not in facts:
        return (), "as you said"
    members = tuple(dict.fromkeys(_member_of(wish, names, "--identity") for wish in wishes.identity))
    for member in members:
        if facts[member].values < rows:
            missing = rows - facts[member].values
            raise CliError(
                f"--identity {names[member]}: {missing:,} of {rows:,} rows do not have it: an identity is in every row"
            )
        if chosen[member].json_text:
            raise CliError(
                f"--identity {names[member]}: its values are objects, arrays or mixed: choose another column"
            )
    return members, "as you said"


def _member_of(wish: str, names: Mapping[str, str], option: str) -> str:
    for member, name in names.items():
        if wish in (member, name):
            return member
    raise CliError(f"{option} {wish}: the sample has no such column; it has {_listed(list(names.values()))}")


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:20]) + (", …" if len(names) > 20 else "")
