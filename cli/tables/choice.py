"""Which type a column gets, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cli.tables.facts import Facts
from cli.tables.personal_names import holds_codes, word_set
from cli.tables.samples import Declared, Format, Sample
from cli.tables.types import CENTS, DECIMAL, MOMENT, WHOLE, choose
from thermocline.events.names import words_of

_MONEY: Final = word_set(
    """
    price prices amount amounts total subtotal cost costs fee fees tax taxes vat revenue balance discount refund salary
    turnover preis betrag summe
    """
)
_NO_MONEY: Final = word_set(
    "id no nr number count quantity qty cents cent minor center centre code rate percent pct type"
)


@dataclass(frozen=True)
class Chosen:
    """The type of a column, why, and whether it holds the JSON text of what was sent."""

    type: str
    why: str
    json_text: bool = False


def choose_type(facts: Facts, sample: Sample) -> Chosen:
    """Return the type that holds every value of a member: what the sample's schema says, or what the values allow."""
    declared = sample.declared.get(facts.member)
    if declared:
        return _declared_choice(facts, declared)
    if not facts.values:
        return Chosen("string", "the sample has no value for it")
    possible = facts.possible
    if sample.format is Format.CSV and holds_codes(facts.member) and "bigint" in possible:
        return Chosen("string", "digits that may begin with 0 stay text")
    money = is_money(facts.member)
    kind = choose(possible, money=money)
    if kind is None:
        return Chosen("string", "no single type holds all its values: JSON text", json_text=True)
    return Chosen(kind, _reason(kind, possible, money=money))


def _declared_choice(facts: Facts, declared: Declared) -> Chosen:
    types = declared.types
    if types == ("double",) and is_money(facts.member) and not facts.values:
        types = (DECIMAL,)
    kind = next((name for name in types if not facts.values or name in facts.possible), None)
    return Chosen("string", declared.why, json_text=True) if kind is None else Chosen(kind, declared.why)


def is_money(member: str) -> bool:
    """Tell whether a member's name says that it holds an amount of money."""
    words = set(words_of(member))
    return not words.isdisjoint(_MONEY) and words.isdisjoint(_NO_MONEY)


def _reason(kind: str, possible: frozenset[str], *, money: bool) -> str:
    if kind == DECIMAL:
        if money:
            return "its name suggests money: every digit is kept"
        return (
            "numbers with two decimals: every digit is kept"
            if CENTS in possible
            else "beyond 64 bits, or beyond what a double holds"
        )
    return {
        "boolean": "true and false only",
        "bigint": "whole numbers within 64 bits",
        "double": "numbers that a double holds exactly",
        "date": "dates, all as YYYY-MM-DD",
        "timestamp": "times in UTC, all in the form of RFC 3339",
    }.get(kind, "times, but not all in UTC: kept as sent" if is_text_of_times(possible) else "text")


def is_text_of_times(possible: frozenset[str]) -> bool:
    """Tell whether all values are text that can be read as a time."""
    return MOMENT in possible and WHOLE not in possible
