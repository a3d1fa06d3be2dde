"""Canaries: tokens, mail addresses and IP addresses that can be known again in whatever form they are stored."""

from __future__ import annotations

import base64
import itertools
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple
from urllib.parse import quote

MARK = "cNry7Qx"
_NUMBER = re.compile(MARK + r"(\d{5})")
_IPV4 = re.compile(r"(?<![\d.])0?81(?:\.|%2e)0*2(?:\.|%2e)(\d{1,3})(?:\.|%2e)(\d{1,3})(?!\d)", re.IGNORECASE)
_IPV6 = re.compile(r"5102:([0-9a-f]{1,4})(?![0-9a-f])|2a01:4f8:aaaa:c0c0:([0-9a-f]{1,4})", re.IGNORECASE)
_AS_NUMBER = re.compile(r"(?<!\d)(1359[01]\d{5})(?!\d)")
_FIRST_AS_NUMBER = 81 * 2**24 + 2 * 2**16
ADDRESS_FORMS = (
    "{v4}",
    " {v4} ",
    "{v4}:52314",
    "::ffff:{v4}",
    "::FFFF:{hex}",
    "[::ffff:{v4}]:443",
    "{v4}, 70.41.3.18",
    "unknown, {v4}",
    "for={v4};proto=https",
    "2002:{hex}::1",
    "64:ff9b::{v4}",
    "2a01:4f8:aaaa:c0c0:{n:x}::1",
    "[2a01:4f8:aaaa:c0c0:{n:x}::1]:443",
)


class Canary(NamedTuple):
    """One canary: where it was put, and of what kind it is."""

    number: int
    kind: str
    place: str
    text: str


def token(number: int) -> str:
    return f"{MARK}{number:05d}Zk3Wq9"


def _mail(number: int) -> str:
    return f"{MARK}{number:05d}+tag@mail.example"


def address(number: int) -> str:
    """Return one of the forms of an address; the number is in its last 16 bits, of which the last 8 are never 0."""
    high, low = divmod(number, 255)
    v4, hexadecimal = f"81.2.{high}.{low + 1}", f"5102:{high * 256 + low + 1:x}"
    return ADDRESS_FORMS[number % len(ADDRESS_FORMS)].format(v4=v4, hex=hexadecimal, n=number)


KINDS: dict[str, Callable[[int], str]] = {
    "token": token,
    "mail": _mail,
    "address": address,
    "url of a token": lambda n: f"https://shop.example/x/{token(n)}/y?q={token(n)}#{token(n)}",
    "url that announces": lambda n: f"https://shop.example/reset-password/{MARK}{n:05d}?token={MARK}{n:05d}",
    "url of a mail": lambda n: f"/u/{quote(_mail(n))}?e={quote(quote(_mail(n)))}",
    "url of a password": lambda n: f"https://jane:{MARK}{n:05d}@shop.example/p",
    "text with an address": lambda n: f"seen from {address(n).strip()} today",
    "json of an address": lambda n: f'{{"a":[{{"client_ip":"{address(n)}"}}]}}',
}


class Canaries:
    """Hands out canaries, and finds them again."""

    def __init__(self) -> None:
        self.out: dict[int, Canary] = {}
        self._numbers = itertools.count(1)

    def new(self, kind: str, place: str) -> str:
        """Return the text of a new canary."""
        number = next(self._numbers)
        self.out[number] = Canary(number, kind, place, KINDS[kind](number))
        return self.out[number].text

    def short(self, place: str) -> str:
        """Return a token of 12 characters, for where no more fits."""
        number = next(self._numbers)
        self.out[number] = Canary(number, "token", place, f"{MARK}{number:05d}")
        return self.out[number].text

    def found_in(self, text: str) -> Iterator[Canary]:
        """Yield each canary that a text holds, plain or encoded; one that nobody can tell has no place."""
        numbers = {int(found) for found in _NUMBER.findall(text)}
        for high, low in _IPV4.findall(text):
            if int(low) and int(high) < 256:  # masked ones end with 0
                numbers.add(int(high) * 255 + int(low) - 1)
        for embedded, own in _IPV6.findall(text):
            value = int(embedded or own, 16)
            numbers.add(value // 256 * 255 + value % 256 - 1 if embedded else value)
        for value in map(int, _AS_NUMBER.findall(text)):
            numbers.add((value - _FIRST_AS_NUMBER) // 256 * 255 + (value - _FIRST_AS_NUMBER) % 256 - 1)
        yield from (self.out[number] for number in sorted(numbers) if number in self.out)
        if any(sign in text for sign in ENCODED):
            yield Canary(0, "encoded", "", "")


def _encodings(text: str) -> Iterator[str]:
    """Yield what base64 and hexadecimal digits look like of whatever has this text in it."""
    yield text.encode().hex()
    yield text.encode().hex().upper()
    for before in range(3):
        encoded = base64.b64encode(b"\0" * before + text.encode()).decode()
        whole = encoded[(0, 2, 3)[before] :].rstrip("=")
        yield whole[:-1]


ENCODED = tuple(sign for text in (MARK, "81.2.", "mail.example") for sign in _encodings(text))
