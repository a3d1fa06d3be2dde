from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from thermocline.ingest.protocols.amounts import amount_of


def amount(text: str) -> Decimal | None:
    return amount_of(msgspec.Raw(text.encode()))


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ("19.99", "19.99"),
        ('"19.99"', "19.99"),
        ('"-0.5"', "-0.5"),
        ('".5"', "0.5"),
        ('"+5."', "5"),
        ('"1e3"', "1000"),
        ("1E3", "1000"),
        ("0", "0"),
        ("0.30000000000000004", "0.3"),
    ],
)
def test_numbers_and_their_digits_as_text(sent: str, expected: str) -> None:
    assert amount(sent) == Decimal(expected)


@pytest.mark.parametrize(
    "sent",
    [
        *(
            '"1_000"',
            '" 5"',
            '"5\\n"',
            '"\uff15"',
            '"\u0661\u0662"',
            '"Infinity"',
            '"-inf"',
            '"NaN"',
            '"sNaN"',
            '"0x10"',
            '""',
        ),
        *('"$19.99"', '"1,234.50"', '"19,99"', '"1 000"', '"1e"', '"--1"', '"much"', '"1.2.3"', '"½"'),
        *("true", "[5]", '{"amount":5}', "1e300", "1e999999999", '"1e999999999"', "null"),
    ],
)
def test_what_is_no_number_is_no_amount(sent: str) -> None:
    assert amount(sent) is None


@given(st.decimals(-(10**20), 10**20, places=9))
def test_every_amount_of_the_column_is_read_exactly(value: Decimal) -> None:
    assert amount(f"{value:f}") == amount(f'"{value:f}"') == value


@given(st.text(max_size=12))
def test_text_is_an_amount_only_in_plain_digits(text: str) -> None:
    if amount(msgspec.json.encode(text).decode()) is not None:
        assert set(text) <= set("0123456789.+-eE")
