"""Values that look personal: addresses, phone numbers, numbers of accounts, cards and identity cards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from cli.tables.personal_names import look_of_name
from thermocline.events.addresses import without_addresses
from thermocline.events.names import may_hold_version
from thermocline.events.tokens import has_email

_LONGEST = 100_000
_IBAN = re.compile(r"\b[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
_PHONE = re.compile(
    r"(?<![\w+.-])"
    r"(?:\+[0-9][0-9 ()./-]{6,18}[0-9]"  # +49 170 1234567
    r"|\(?[0-9]{3}\)?[-. ][0-9]{3}[-. ][0-9]{4}"  # (555) 123-4567
    r"|0[0-9]{2,4}[-/ ][0-9]{5,9})"  # 0170/1234567
    r"(?![\w-])"
)
_CARD = re.compile(r"[3-6][0-9]{3}(?:[ -]?[0-9]{3,6}){2,3}").fullmatch
_NATIONAL = re.compile(
    r"\b(?:[0-9]{3}-[0-9]{2}-[0-9]{4}"  # United States
    r"|[A-CEGHJ-PR-TW-Z]{2}(?: ?[0-9]{2}){3} ?[A-D]"  # United Kingdom
    r"|[0-9]{3}\.[0-9]{3}\.[0-9]{3}-[0-9]{2}"  # Brazil
    r"|[A-Z]{6}[0-9]{2}[A-Z][0-9]{2}[A-Z][0-9]{3}[A-Z]"  # Italy
    r"|[0-9]{6}[-+][0-9]{4})\b"  # Sweden, Denmark
)
_STREET = re.compile(
    r"\b[0-9]{1,5}[a-z]? (?:[\w.'-]+ ){1,4}(?:street|st|avenue|ave|road|rd|lane|drive|boulevard|blvd)\b"
    r"|(?:straße|strasse|str\.) ?[0-9]{1,4}\b"
    r"|\b(?:rue|calle|via|avenida) (?:[\w.'-]+,? ){1,5}[0-9]{1,4}\b",
    re.IGNORECASE,
)


def kinds_in(value: object, member: str) -> Iterator[str]:
    """Yield the kinds of personal data that a value seems to hold, at any depth, also by the names of its members."""
    if isinstance(value, str):
        yield from _kinds_in_text(value[:_LONGEST], may_hold_version(member))
    elif isinstance(value, dict):
        for key, inner in value.items():
            name = str(key)  # maps of Parquet may have numbers
            if look := look_of_name(name):
                yield look[1]
            yield from kinds_in(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from kinds_in(inner, member)
    elif type(value) is int and _is_card(str(value)):
        yield "card number"


@lru_cache(maxsize=4096)
def _kinds_in_text(text: str, versions: bool) -> tuple[str, ...]:
    return tuple(_search(text, versions=versions))


def _search(text: str, *, versions: bool) -> Iterator[str]:
    if has_email(text):
        yield "e-mail address"
    if not any(map(str.isdigit, text)):
        return
    if not versions and without_addresses(text, "", versions=True) != text:
        yield "IP address"
    if _STREET.search(text):
        yield "postal address"
    if _PHONE.search(text):
        yield "phone number"
    if _NATIONAL.search(text):
        yield "number of an identity card or tax payer"
    if any(map(_is_iban, _IBAN.findall(text))):
        yield "bank account or card"
    if _is_card(text):
        yield "card number"


def _is_iban(text: str) -> bool:
    """Tell whether the check digits of an IBAN are right (ISO 7064, MOD 97-10)."""
    plain = text.replace(" ", "")
    return int("".join(str(int(char, 36)) for char in plain[4:] + plain[:4])) % 97 == 1


def _is_card(text: str) -> bool:
    """Tell whether a text has the length and the check digit of a card number (Luhn)."""
    digits = [int(char) for char in reversed(text) if char.isdigit()] if _CARD(text) else []
    if not 13 <= len(digits) <= 19:
        return False
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0
