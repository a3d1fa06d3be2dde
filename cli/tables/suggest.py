"""`lake contracts suggest`: members of a column of JSON text that could be typed columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count
from typing import Final

import msgspec

from cli.errors import CliError
from cli.tables.choice import is_money
from cli.tables.guesses import percent
from cli.tables.members import Member, Path, members_of
from cli.tables.names import column_names
from cli.tables.personal_names import look_of_name
from cli.tables.personal_values import kinds_in
from thermocline.contracts import Column, Contract
from thermocline.contracts.model import CLASSIFICATIONS
from thermocline.contracts.paths import join_path
from thermocline.events.redaction import is_url
from thermocline.events.tokens import is_token

_DECIMAL: Final = "decimal(38,9)"
# A type is suggested when it holds this share of the values.
_ENOUGH: Final = 0.99
_EXAMPLES: Final = 3
# Longer texts are often written by people, and may hold anything.
_LONGEST_EXAMPLE: Final = 40


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """A column that convert could fill.

    Attributes
    ----------
    path
        The text column and the member in it, as a contract writes it.
    share
        Share of the events that have it.
    misfits
        How many of the `seen` values the type does not hold.
    examples
        Some values; none where they look personal or secret.
    """

    name: str
    path: str
    type: str
    json_text: bool
    classification: str
    description: str
    share: float
    seen: int
    misfits: int
    examples: tuple[str, ...]
    look: str | None


def text_column(contract: Contract, name: str | None) -> str:
    """Return the column of JSON text to look into: the one that is named, or else the contract's first.

    Raises
    ------
    CliError
        The contract has no such column.
    """
    texts = [column.name for column in contract.ingested if column.is_json]
    if not texts:
        raise CliError(f"{contract.name} has no column of JSON text (encoding: json), so there is nothing to look into")
    if name is not None and name not in texts:
        raise CliError(f"{contract.name} has no column of JSON text named {name}: choose one of {', '.join(texts)}")
    return name or texts[0]


def suggestions(texts: Sequence[str | None], contract: Contract, column: str, *, min_share: float) -> list[Suggestion]:
    """Return the columns that a sample of a text column suggests, the most frequent first.

    Parameters
    ----------
    texts
        The column's value in each event of the sample.
    min_share
        Members in a smaller share of the events are left out; so are those that have a typed column.
    """
    typed = {each.steps for each in contract.columns if each.written_by == "convert" and each.path is not None}
    members = {
        path: member
        for path, member in members_of(texts).items()
        if member.texts >= min_share * len(texts) and (column, *path) not in typed
    }
    used = {each.name for each in contract.columns}
    ordered = sorted(members.items(), key=lambda each: (-each[1].texts, each[0]))
    strongest = next(each.classification for each in contract.columns if each.name == column)
    found = [_suggestion(member, column, path, _name(column, path, used), len(texts)) for path, member in ordered]
    return [_as_its_text(suggestion, strongest) for suggestion in found]


def _as_its_text(suggestion: Suggestion, strongest: str) -> Suggestion:
    """Return the suggestion in a class that is no stronger than that of the text, which holds the value, too."""
    place = min(CLASSIFICATIONS.index(suggestion.classification), CLASSIFICATIONS.index(strongest))
    return replace(suggestion, classification=CLASSIFICATIONS[place])


def _suggestion(member: Member, column: str, path: Path, name: str, events: int) -> Suggestion:
    kind, json_text, misfits = _fitting_type(member.values, path[-1])
    values = [msgspec.json.decode(value) for value in member.values]
    look = next(filter(None, map(look_of_name, path)), None)
    kinds = sorted({kind for value in values for kind in kinds_in(value, path[-1])})
    by_type = "confidential" if kind == "string" else "internal"
    return Suggestion(
        name=name,
        path=join_path((column, *path)),
        type=kind,
        json_text=json_text,
        classification="restricted" if kinds else look[0] if look else by_type,
        description=f"Member `{join_path(path)}` of {column}; seen in {percent(member.texts, events)} of"
        f" {events:,} events.",
        share=member.texts / events,
        seen=len(values),
        misfits=misfits,
        examples=() if look or kinds else tuple(_examples(values)),
        look=", ".join([look[1]] if look else kinds) or None,
    )


def _fitting_type(values: Sequence[str], name: str) -> tuple[str, bool, int]:
    """Return the type that holds nearly all values, whether it is JSON text, and how many values it does not hold."""
    order = ["boolean", "timestamp", "date", "string", "bigint", _DECIMAL, "double"]
    if is_money(name):
        order.remove(_DECIMAL)
        order.insert(0, _DECIMAL)
    misfits = misfits_by_type(values, order)
    for kind in order:
        if misfits[kind] <= (1 - _ENOUGH) * len(values):
            return kind, False, misfits[kind]
    return "string", True, 0


def misfits_by_type(values: Sequence[str], types: Iterable[str]) -> Counter[str]:
    """Count the values that convert could not put into a column of each type."""
    import pyarrow as pa

    from thermocline.convert.typed_columns import TypedColumns

    columns = tuple(
        Column(name=kind, description="", type=kind, classification="internal", written_by="convert", path="text.value")
        for kind in types
    )
    contract = Contract(
        id="", name="", table="", version="", purpose="", usage="", limitations="", grain="", columns=columns
    )
    texts = pa.array([f'{{"value":{value}}}' for value in values], pa.string())
    return Counter(TypedColumns(contract).fill(pa.table({"text": texts}))[1])


def _examples(values: Sequence[object]) -> Iterator[str]:
    """Yield the most frequent values, but no long text, URL or token, which may hold a secret."""
    shown = 0
    for text, _ in Counter(value if isinstance(value, str) else _json(value) for value in values).most_common():
        if text and len(text) <= _LONGEST_EXAMPLE and not is_url(text) and not is_token(text):
            yield text
            shown += 1
        if shown == _EXAMPLES:
            return


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _name(column: str, path: Path, used: set[str]) -> str:
    """Return a name that no column has: the member's own, or one with the names of the members around it."""
    longer = ["_".join(steps) for steps in (path[-1:], path, (column, *path))]
    names = [column_names([each])[each] for each in longer]
    name = next(name for name in chain(names, (f"{names[-1]}_{number}" for number in count(2))) if name not in used)
    used.add(name)
    return name
