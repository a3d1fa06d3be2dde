"""SenML, by the examples of RFC 8428, section 5, and its rules."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from tests.events import sample
from tests.fakes import NOW
from thermocline.events.batch import Event, Refused
from thermocline.events.times import read_time
from thermocline.protocols.iot import parse_telemetry

TOPIC = "dt/acme/plant/pump-7/vibration"


def parse(body: bytes, topic: str = "meters") -> list[Event | Refused]:
    batch = parse_telemetry(body, topic)
    assert (batch.protocol, batch.stream) == ("senml", "telemetry")
    return batch.events


def events(body: bytes, topic: str = "meters") -> list[Event]:
    found = parse(body, topic)
    assert all(isinstance(event, Event) for event in found), found
    return [event for event in found if isinstance(event, Event)]


def pack(*records: dict[str, Any], topic: str = "meters") -> list[Event]:
    return events(msgspec.json.encode(records), topic)


def series(event: Event) -> tuple[Any, ...]:
    return tuple(event.columns[name] for name in ("device_id", "metric", "unit", "value_double"))


def moment(event: Event) -> str:
    found = read_time(event.time, "event_time", received=NOW)
    assert found is not None
    return found.isoformat()


def test_a_single_data_point() -> None:
    (event,) = events(sample("senml_rfc8428_5_1_1.json"))
    assert series(event) == ("urn:dev:ow:10e2073a01080063", "Cel", "Cel", 23.1)
    assert moment(event) == NOW.isoformat()


def test_multiple_data_points_lean_on_base_fields() -> None:
    voltage, *currents = events(sample("senml_rfc8428_5_1_2.json"))
    assert series(voltage) == ("urn:dev:ow:10e2073a0108006", "voltage", "V", 120.1)
    assert moment(voltage) == "2010-06-08T18:01:16.001000+00:00"
    assert {series(event)[:3] for event in currents} == {("urn:dev:ow:10e2073a0108006", "current", "A")}
    assert [event.columns["value_double"] for event in currents] == [1.2, 1.3, 1.4, 1.5, 1.6, 1.7]
    assert [moment(event)[17:23] for event in currents] == ["11.001", "12.001", "13.001", "14.001", "15.001", "16.001"]


def test_one_name_measures_a_thing_in_each_unit() -> None:
    found = events(sample("senml_rfc8428_5_1_3.json"))
    assert [event.columns["metric"] for event in found] == ["%RH", "lon", "lat"] * 2
    assert {event.columns["device_id"] for event in found} == {"urn:dev:ow:10e2073a01080063"}
    assert len({event.columns["event_id"] for event in found}) == 6
    assert [moment(event)[11:19] for event in found] == ["13:24:24"] * 3 + ["13:25:24"] * 3


def test_different_types_of_values() -> None:
    found = [event.columns for event in events(sample("senml_rfc8428_5_1_5.json"))]
    values = [tuple(row.get(name) for name in ("value_double", "value_string", "value_bool")) for row in found]
    assert values == [(23.1, None, None), (None, "Machine Room", None), (None, None, False), (None, "aGkgCg", None)]
    assert [row["metric"] for row in found] == ["temp", "label", "open", "nfc-reader"]


def test_base_fields_hold_until_they_are_given_again() -> None:
    found = pack(
        {"bn": "a/", "bu": "V", "bv": 100, "bs": 10},
        {"n": "x", "v": 1, "s": 2},
        {"n": "y", "u": "A", "v": 0.5},
        {"bn": "b/", "bu": "K", "bv": 0, "n": "z", "v": 3},
    )
    assert [series(event) for event in found] == [("a", "x", "V", 101), ("a", "y", "A", 100.5), ("b", "z", "K", 3)]
    assert [event.columns["value_sum"] for event in found] == [12, None, None]


def test_a_base_value_does_not_touch_other_types() -> None:
    (text,) = pack({"n": "d/x", "bv": 5, "vs": "open"})
    assert text.columns["value_string"] == "open"
    (total,) = pack({"n": "d/x", "bv": 5, "s": 7})
    assert (total.columns["value_sum"], total.columns["value_string"]) == (7, None)


def test_decimal_sums_are_exact() -> None:
    (event,) = pack({"n": "d/x", "bv": 0.1, "v": 0.2})
    assert (event.columns["value_double"], event.columns["value_string"]) == (0.3, None)


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({}, NOW),
        ({"t": -5}, NOW - dt.timedelta(seconds=5)),
        ({"t": 60}, NOW + dt.timedelta(seconds=60)),
        ({"bt": -10, "t": 2.5}, NOW - dt.timedelta(seconds=7.5)),
        ({"t": 2**28 - 1}, NOW + dt.timedelta(seconds=2**28 - 1)),
        ({"t": 2**28}, dt.datetime.fromtimestamp(2**28, dt.UTC)),
        ({"bt": 1795350600, "t": 0.25}, dt.datetime.fromtimestamp(1795350600.25, dt.UTC)),
    ],
)
def test_times_below_two_to_the_28_are_relative_to_now(record: dict[str, Any], expected: dt.datetime) -> None:
    (event,) = pack({"n": "d/x", "v": 1} | record)
    assert moment(event) == expected.isoformat()


@pytest.mark.parametrize(
    ("name", "topic", "device", "metric"),
    [
        ("temp", TOPIC, "pump-7", "temp"),
        ("pump-7/temp", TOPIC, "pump-7", "temp"),
        ("pump-7", TOPIC, "pump-7", "vibration"),
        ("site/d9/temp", "meters", "site/d9", "temp"),
        ("d9:temp", "meters", "d9", "temp"),
        ("urn:dev:mac:0024befffe804ff1/a/b", "meters", "urn:dev:mac:0024befffe804ff1", "a/b"),
        ("urn:dev:mac:0024befffe804ff1", "meters", "urn:dev:mac:0024befffe804ff1", "value"),
    ],
)
def test_names_are_split_into_device_and_metric(name: str, topic: str, device: str, metric: str) -> None:
    (event,) = pack({"n": name, "v": 1}, topic=topic)
    assert (event.columns["device_id"], event.columns["metric"]) == (device, metric)


def test_a_name_without_a_device_is_refused() -> None:
    (refused,) = parse(b'[{"n":"temp","v":1}]')
    assert isinstance(refused, Refused)
    assert refused.detail.startswith("device_id: is required")


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (b'{"n":"x","v":"hot"}', "invalid"),
        (b'{"n":7,"v":1}', "invalid"),
        (b"7", "invalid"),
        (b'{"n":"\xff","v":1}', "malformed"),
        (b'{"bver":11,"n":"x","v":1}', "unsupported"),
        (b'{"n":"x","v":"NaN"}', "invalid"),
        (b'{"n":"x","v":"sNaN"}', "invalid"),
        (b'{"n":"x","v":1,"t":"NaN"}', "invalid"),
        (b'{"n":"x","v":1,"bt":1e999999}', "invalid"),
        (b'{"n":"x","v":1,"bv":"Infinity"}', "invalid"),
    ],
)
def test_a_bad_record_refuses_what_follows_because_its_base_is_unknown(bad: bytes, reason: str) -> None:
    good = b'{"n":"x","v":1}'
    first, *rest = parse(b"[" + b",".join([b'{"bn":"d/","n":"x","v":1}', bad, good, good]) + b"]")
    assert isinstance(first, Event)
    refused = [event for event in rest if isinstance(event, Refused)]
    assert [(event.raw, event.reason) for event in refused] == [(raw, reason) for raw in (bad, good, good)]


def test_a_sum_beyond_a_double_is_refused_alone() -> None:
    body = b'[{"bn":"d/","n":"x","s":1e400},{"n":"y","s":1}]'
    refused, event = parse(body)
    assert isinstance(refused, Refused)
    assert isinstance(event, Event)


def test_a_value_beyond_a_double_keeps_its_digits() -> None:
    (event,) = pack({"n": "d/x", "v": Decimal("12345678901234567890.5")})
    assert event.columns["value_string"] == "12345678901234567890.5"


def test_a_message_with_metrics_is_no_pack() -> None:
    assert parse_telemetry(b'[{"n":"x","device_id":"d","metrics":{"m":1}}]', "meters").protocol == "iot-json"
