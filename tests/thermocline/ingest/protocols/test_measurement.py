from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from thermocline.events.batch import Event
from thermocline.ingest.protocols.measurement import Measurement, measured
from thermocline.ingest.protocols.topics import Topic

TOPIC = Topic.parse("dt/acme/plant/pump-7/vibration")
COLUMNS = {"seq": None, "extra": None}
SAME: dict[str, Any] = {
    "device_id": "pump-7",
    "metric": "rms",
    "unit": "mm/s",
    "value": Decimal("1.5"),
    "time": None,
    "columns": COLUMNS,
}


def event(topic: Topic = TOPIC, **changes: Any) -> Event:
    return measured(Measurement(**SAME | changes), topic, b"{}")


@pytest.mark.parametrize(
    "other",
    [
        {"device_id": "pump-8"},
        {"topic": Topic.parse("dt/acme/plant/pump-7/noise")},
        {"metric": "peak"},
        {"unit": "m/s"},
        {"value": Decimal("1.6")},
        {"time": 1795658000},
        {"columns": COLUMNS | {"seq": 1}},
        {"columns": COLUMNS | {"value_sum": 1.0}},
        {"columns": COLUMNS | {"extra": '{"sensor_id":"s2"}'}},
    ],
    ids=str,
)
def test_whatever_differs_makes_another_identity(other: dict[str, Any]) -> None:
    """Without a time and a number, the identity and the moment of receipt are all that tells measurements apart."""
    assert event().identity == event().identity
    assert event().identity != event(**other).identity


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"value": Decimal("1.0")}, {"value": Decimal("1.00")}),
        ({"value": Decimal("100")}, {"value": Decimal("1e2")}),
        ({"time": 1795658000}, {"time": Decimal("1795658000.0")}),
        ({"time": 1795658000}, {"time": 1795658000.0}),
        ({"columns": COLUMNS | {"value_sum": Decimal("1.0")}}, {"columns": COLUMNS | {"value_sum": Decimal(1)}}),
        (
            {"columns": COLUMNS | {"extra": '{"a":1.0,"b":{"c":"\u00e9","d":2}}'}},
            {"columns": COLUMNS | {"extra": '{"b": {"d":2,"c":"\\u00e9"}, "a":1.00}'}},
        ),
    ],
    ids=str,
)
def test_another_spelling_is_the_same_measurement(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert event(**one).identity == event(**other).identity
    assert event(**one).columns["event_id"] == event(**other).columns["event_id"]


def test_a_value_of_many_digits_is_itself() -> None:
    digits = "1" * 60
    assert event(value=Decimal(digits + "1")).identity != event(value=Decimal(digits + "2")).identity
    assert event(value=Decimal("1e999999")).identity != event(value=Decimal("1e999998")).identity


def test_a_true_value_is_no_number() -> None:
    assert event(value=True).identity != event(value=Decimal(1)).identity


def test_what_is_kept_beside_a_value_may_hold_any_number() -> None:
    """No double holds it, so that it stands for itself."""
    beside = [event(columns=COLUMNS | {"extra": text}).identity for text in ('{"a":1e999}', '{"a":1e998}')]
    assert beside[0] != beside[1]
