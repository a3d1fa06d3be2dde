from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from tests.fakes import NOW
from thermocline.contracts import load_contracts
from thermocline.contracts.validator import validator_for
from thermocline.errors import RefusedEvent

encode = validator_for(load_contracts()["clickstream"]).encode
GOOD: dict[str, Any] = {
    "event_id": "e1",
    "fingerprint": 1,
    "source": "shop",
    "event_type": "track",
    "event_time": NOW,
    "received_at": NOW,
    "time_clamped": False,
}


def refusal(**columns: Any) -> str:
    with pytest.raises(RefusedEvent) as caught:
        encode(GOOD | columns)
    assert caught.value.reason == "invalid"
    return caught.value.detail


def test_a_line_is_canonical_json_with_a_newline() -> None:
    line = encode(GOOD | {"revenue": Decimal("19.990000000"), "user_id": None, "is_bot": False})
    assert line.endswith(b"}\n")
    assert line.count(b"\n") == 1
    assert msgspec.json.decode(line) == GOOD | {
        "event_time": "2026-11-22T12:34:56.789012Z",
        "received_at": "2026-11-22T12:34:56.789012Z",
        "revenue": "19.990000000",
        "is_bot": False,
    }


def test_all_problems_are_named_at_once_and_no_value() -> None:
    detail = refusal(event_id="", event_type="secret", fingerprint=2**63, received_at=None, user_id=7, colour="secret")
    assert "secret" not in detail
    for name in (
        "event_id",
        "event_type",
        "fingerprint",
        "received_at: is required",
        "user_id",
        "colour: is not a col",
    ):
        assert name in detail


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("event_id", "x" * 257),
        ("source", "Shop"),
        ("event_type", "purchase"),
        ("fingerprint", -(2**63) - 1),
        ("event_time", dt.datetime(2026, 1, 1)),  # noqa: DTZ001 - without a zone on purpose
        ("event_time", "2026"),
        ("time_clamped", 1),
        ("country_code", "DEU"),
        ("revenue", Decimal("1.0000000001")),
        ("revenue", Decimal("1e29")),
        ("revenue", Decimal("NaN")),
        ("revenue", Decimal("Infinity")),
        ("revenue", "1.0000000001"),
    ],
)
def test_a_wrong_value_names_its_column(column: str, value: object) -> None:
    assert refusal(**{column: value}).startswith(f"{column}: ")


@pytest.mark.parametrize("digits", ["99999999999999999999999999999.999999999", "-0.000000001", "1E+28", "0E-9"])
def test_decimals_at_the_limits_fit(digits: str) -> None:
    line = encode(GOOD | {"revenue": Decimal(digits)})
    assert Decimal(msgspec.json.decode(line)["revenue"]) == Decimal(digits)
