from __future__ import annotations

import base64
import random
import uuid
from collections.abc import Callable
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thermocline.events.tokens import decoded, has_email, is_token, without_emails

BASE62 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
TEXT = """
    the of and shoe shirt blue red men women kids running jacket with how what guide review price cheap large black
    white germany article story product category page checkout cart summer winter collection iphone pro max mini ultra
    donaudampfschifffahrtsgesellschaft internationalization schuhe herren laufschuhe angebote chaussures zapatos
"""
WORDS = TEXT.split()


def urlsafe(dice: random.Random, size: int) -> str:
    return base64.urlsafe_b64encode(dice.randbytes(size)).decode().rstrip("=")


@pytest.mark.parametrize(
    ("make", "missed"),
    [
        (lambda dice: urlsafe(dice, 16), 0.01),
        (lambda dice: urlsafe(dice, 32), 0.001),
        (lambda dice: dice.randbytes(10).hex(), 0.001),
        (lambda dice: dice.randbytes(20).hex(), 0),
        (lambda dice: dice.randbytes(32).hex().upper(), 0),
        (lambda dice: str(uuid.UUID(bytes=dice.randbytes(16), version=4)), 0),
        (lambda dice: base64.b32encode(dice.randbytes(20)).decode(), 0.001),
        (lambda dice: "".join(dice.choices(BASE62, k=20)), 0.01),
        (lambda dice: "".join(dice.choices(BASE62[26:52], k=24)), 0.01),
        (lambda dice: "".join(dice.choices(BASE62, k=16)), 0.01),
        (lambda dice: "-".join("".join(dice.choices(BASE62[:26] + BASE62[52:], k=5)) for _ in range(5)), 0.01),
        (lambda dice: base64.b64encode(b"jane%d@example.org" % dice.randrange(999)).decode(), 0.01),
    ],
)
def test_random_texts_are_tokens(make: Callable[[random.Random], str], missed: float) -> None:
    dice = random.Random(20261126)
    found = [is_token(make(dice)) for _ in range(2_000)]
    assert found.count(False) <= missed * len(found)


@pytest.mark.parametrize(
    "text",
    [
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln",
        "eyJhbGci",
        "550e8400-e29b-41d4-a716-446655440000",
        "sk_live_51HabcDEF123ghiJKL456",
        "AKIAJQ7ZK3VXW2NPT5HB",
        "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
        "12345678901234567890",
    ],
)
def test_known_tokens(text: str) -> None:
    assert is_token(text)


@given(st.lists(st.sampled_from(WORDS) | st.integers(0, 2030).map(str), max_size=10), st.sampled_from("-_. "))
def test_slugs_are_none(words: list[str], separator: str) -> None:
    assert not is_token(separator.join(words))
    assert not is_token(separator.join(word.capitalize() for word in words))


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "12345",
            "2026",
            "2026-11-26",
            "blue-shirt-42",
            "dQw4w9WgXcQ",
            "B08N5WRWNW",
            "app.3f2a1b9c.js",
            "1795346509393",
        ),
        *(
            "Produktdetailseite",
            "ProductDetailPage2024",
            "some_article_about_something_2026_part_2",
            "20261126T101500Z",
            "XPS-13-9340-I7-32GB-1TB-OLED",
            "MacBookPro14M3Pro",
            "iPhone15ProMax256GB",
        ),
    ],
)
def test_what_people_count_is_none(text: str) -> None:
    assert not is_token(text)


@given(st.text(), st.integers(0, 3))
def test_a_text_is_decoded_as_often_as_it_was_encoded(text: str, times: int) -> None:
    encoded = text
    for _ in range(times):
        encoded = quote(encoded, errors="replace")
    assert decoded(decoded(encoded)) == decoded(encoded)
    if "%" not in text:
        assert decoded(encoded) == text.encode(errors="replace").decode()


@pytest.mark.parametrize(
    "text", ["jane@example.org", "jane+tag@mail.example.co.uk", "x y.z@b.example", "Jürgen@bücher.example"]
)
def test_mail_addresses_are_seen(text: str) -> None:
    assert has_email(text)
    assert without_emails(f"to {text}!", "X").count("@") == 0
    assert without_emails(quote(quote(f"to {text}")), "X") == "X"


@pytest.mark.parametrize(
    "text", ["", "@jane", "@48.1,11.5", "react@18.2.0", "a @ b.c", "jane@localhost", "100%", "20%-off"]
)
def test_what_is_no_mail_address(text: str) -> None:
    assert not has_email(text)
    assert without_emails(text, "X") == text


def test_no_text_takes_long() -> None:
    for text in (
        "x" * 300_000 + "@",
        "@a" * 100_000,
        "1" * 300_000,
        "a1" * 150_000,
        "eyJ" * 100_000,
        "%25" * 100_000,
        "-" * 300_000,
    ):
        is_token(text)
        has_email(text)
        decoded(text)
