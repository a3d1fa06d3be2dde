from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.events import sample
from thermocline.errors import RequestError
from thermocline.events.batch import Batch, Event, Refused
from thermocline.ingest.protocols.iot import parse_publish, parse_telemetry

TOPIC = "dt/acme/plant/pump-7/vibration"
VALUES = ("value_double", "value_string", "value_bool")


def columns(batch: Batch) -> list[dict[str, Any]]:
    assert all(isinstance(event, Event) for event in batch.events), batch.events
    return [event.columns for event in batch.events if isinstance(event, Event)]


def publish(message: Any, topic: str = TOPIC) -> list[dict[str, Any]]:
    return columns(parse_publish(f"/topics/{topic}", msgspec.json.encode(message)))


def value(raw: bytes) -> tuple[Any, ...]:
    (found,) = columns(parse_telemetry(b'{"metrics":{"m":' + raw + b"}}", TOPIC))
    return tuple(found.get(name) for name in VALUES)


def test_a_message_is_one_event_a_metric() -> None:
    batch = parse_publish("/topics/factory/line", sample("iot_message.json"))
    assert (batch.protocol, batch.stream) == ("iot-json", "telemetry")
    found = columns(batch)
    assert [row["metric"] for row in found] == ["temperature", "running", "state", "counter"]
    assert {(row["device_id"], row["topic"], row["seq"], row["quality"]) for row in found} == {
        ("pump-7", "factory/line", 41, "good")
    }
    assert [row["unit"] for row in found] == ["Cel", None, None, None]
    assert {row["extra"] for row in found} == {'{"firmware":{"build": 1.10}}'}
    assert {event.time for event in batch.events if isinstance(event, Event)} == {1795350600250}


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"21.5", (21.5, None, None)),
        (b"-3", (-3.0, None, None)),
        (b"-0.0", (-0.0, None, None)),
        (b"true", (None, None, True)),
        (b'"idle"', (None, "idle", None)),
        (b'"NaN"', (None, "NaN", None)),
        (b"null", (None, None, None)),
        (b"18446744073709551617", (1.8446744073709552e19, "18446744073709551617", None)),
        (b"0.1000000000000000055511151231257827", (0.1, "0.1000000000000000055511151231257827", None)),
        (b"1e400", (None, "1E+400", None)),
    ],
)
def test_every_kind_of_value_has_its_column(raw: bytes, expected: tuple[Any, ...]) -> None:
    assert value(raw) == expected


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_double_is_exact_and_has_no_text_beside_it(number: float) -> None:
    assert value(msgspec.json.encode(number)) == (number, None, None)


@pytest.mark.parametrize(
    "path",
    ["/topics/dt%2Facme%2Fplant%2Fpump-7%2Fvibration", f"/topics/{TOPIC}", f"/topics//{TOPIC}/"],
)
def test_the_topic_names_the_device_and_its_stream(path: str) -> None:
    (found,) = columns(parse_publish(path, b'{"metrics":{"rms":1}}'))
    assert (found["topic"], found["device_id"], found["stream"]) == (TOPIC, "pump-7", "vibration")


def test_the_message_goes_before_the_topic() -> None:
    (found,) = publish({"device_id": "mine", "metrics": {"m": 1}})
    assert (found["device_id"], found["stream"]) == ("mine", "vibration")


def test_without_a_device_the_message_is_refused() -> None:
    (refused,) = parse_publish("/topics/a/b", b'{"metrics":{"m":1}}').events
    assert isinstance(refused, Refused)
    assert refused.detail.startswith("device_id: is required")


@pytest.mark.parametrize("path", ["/topics/", "/topics/%2F"])
def test_without_a_topic_the_request_is_refused(path: str) -> None:
    with pytest.raises(RequestError) as caught:
        parse_publish(path, b'{"metrics":{"m":1}}')
    assert (caught.value.status, caught.value.code) == (400, "missing_topic")


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (b'{"metrics":{"m":[1]}}', "invalid"),
        (b'{"metrics":[]}', "invalid"),
        (b'{"metrics":{"m":1},"ts":true}', "invalid"),
        (b'{"metrics":null,"temperature":21}', "invalid"),
        (b'{"metrics":{}}', "invalid"),
        (b'{"metrics":{"m":1},"x":"\xff"', "malformed"),
        (b'{"metrics":{"m":"\xff"}}', "malformed"),
        (b'{"metrics":{"m":1},"x":{"\xff":1},"y":"\xff"}', "malformed"),
        (b"not json", "malformed"),
    ],
)
def test_a_bad_message_between_good_ones_is_refused_alone(bad: bytes, reason: str) -> None:
    good = b'{"metrics":{"m":1}}'
    first, refused, last = parse_telemetry(b"\n".join([good, bad, good]), TOPIC).events
    assert isinstance(first, Event)
    assert isinstance(last, Event)
    assert isinstance(refused, Refused)
    assert (refused.raw, refused.reason) == (bad, reason)


def ids(message: Any, topic: str = TOPIC) -> set[str]:
    return {row["event_id"] for row in publish(message, topic)}


def test_a_message_that_is_published_twice_is_the_same_event() -> None:
    once = {"ts": 1795350600250, "metrics": {"a": 1, "b": 1}}
    assert ids(once) == ids(once)
    assert len(ids(once)) == 2
    assert not ids(once) & ids(once | {"ts": 1795350600251})
    assert not ids(once) & ids(once, "dt/acme/plant/pump-8/vibration")
    assert not ids(once) & ids(once, "dt/acme/plant/pump-7/noise")
    assert not ids(once) & ids(once | {"units": {"a": "K", "b": "K"}})
    assert ids(once | {"seq": 1}) == ids({"ts": 1795350600999, "seq": 1, "metrics": {"a": 1, "b": 1}})
    assert ids({"metrics": {"a": 1}}) == {None}, "without time or number it may be another reading: it is named later"


def test_another_value_has_another_identity() -> None:
    events = [parse_telemetry(b'{"ts":1,"metrics":{"a":%d}}' % number, TOPIC).events[0] for number in (1, 2)]
    assert len({event.identity for event in events if isinstance(event, Event)}) == 2


@pytest.mark.parametrize("wrap", [b'{"metrics":{%s},"x":"%s"}', b'{%s,"device":{"x":"%s"},"linkquality":1}'])
def test_what_is_repeated_in_every_row_has_a_limit(wrap: bytes) -> None:
    """Else a request of a few MB would be rows of gigabytes."""
    values = b",".join(b'"m%d":1' % number for number in range(100))
    good, bad = wrap % (values, b"x" * 20_000), wrap % (values, b"x" * 22_000)
    assert all(isinstance(event, Event) for event in parse_telemetry(good, TOPIC).events)
    (refused,) = parse_telemetry(bad, TOPIC).events
    assert isinstance(refused, Refused)
    assert refused.reason == "too_large"


def test_a_refused_message_keeps_its_time() -> None:
    (refused,) = parse_telemetry(b'{"ts":1795658000,"metrics":{"m":[1]}}', TOPIC).events
    assert isinstance(refused, Refused)
    assert (refused.reason, refused.time) == ("invalid", 1795658000)


def test_the_topic_stands_around_the_events() -> None:
    assert parse_telemetry(b'{"t":1}', TOPIC).context == {"topic": TOPIC}


def test_a_message_whose_time_cannot_be_read_is_one_bad_row() -> None:
    (refused,) = parse_telemetry(b'{"ts":"soon","metrics":{"a":1,"b":2}}', TOPIC).events
    assert isinstance(refused, Refused)
    assert (refused.detail, refused.time) == ("event_time: is not a time", "soon")


@pytest.mark.parametrize(("ts", "extra"), [(b'""', '{"ts":""}'), (b"5000", '{"ts":5000}'), (b"12.5", '{"ts":12.5}')])
def test_a_device_without_a_clock_has_no_time(ts: bytes, extra: str) -> None:
    (event,) = parse_telemetry(b'{"ts":' + ts + b',"metrics":{"a":1}}', TOPIC).events
    assert isinstance(event, Event)
    assert (event.time, event.columns["extra"]) == (None, extra)
