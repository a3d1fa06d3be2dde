from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from thermocline.events.batch import Event
from thermocline.protocols.measurement import Measurement, measured
from thermocline.protocols.topics import Topic

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
