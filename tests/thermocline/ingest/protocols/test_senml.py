"""SenML, by the examples of RFC 8428, section 5, and its rules."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.events import sample
from tests.fakes import NOW
from thermocline.events.batch import Event, Refused
from thermocline.events.times import read_time
from thermocline.ingest.protocols.iot import parse_telemetry

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
    assert [event.columns["value_sum"] for event in found] == [12, 10, 10]


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


def test_a_sum_beyond_a_double_is_refused_alone() -> None:
    body = b'[{"bn":"d/","n":"x","s":1e400},{"n":"y","s":1}]'
    refused, event = parse(body)
    assert isinstance(refused, Refused)
    assert isinstance(event, Event)


def test_a_value_beyond_a_double_keeps_its_digits() -> None:
    (event,) = events(b'[{"n":"d/x","v":12345678901234567890.5}]')
    assert event.columns["value_string"] == "12345678901234567890.5"


def test_a_message_with_metrics_is_no_pack() -> None:
    assert parse_telemetry(b'[{"n":"x","device_id":"d","metrics":{"m":1}}]', "meters").protocol == "iot-json"


CONTEXT = b'{"bn":"d/","bt":1795658000,"bu":"V","bv":1,"bs":2}'
GOOD = b'{"n":"g","v":1}'


def outcomes(*records: bytes, topic: str = "meters") -> list[tuple[str, Any]]:
    """Return for each record that is no mere base the metric and value that it became, or why it was refused."""
    found = parse(b"[" + b",".join(records) + b"]", topic)
    return [
        (event.reason, event.raw)
        if isinstance(event, Refused)
        else (event.columns["metric"], event.columns.get("value_double"))
        for event in found
    ]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (b'{"n":"x","v":"hot"}', "invalid"),
        (b'{"n":"x","v":"21.5"}', "invalid"),
        (b'{"n":"x","v":"1_000"}', "invalid"),
        (b'{"n":"x","v":"NaN"}', "invalid"),
        (b'{"n":"x","v":true}', "invalid"),
        (b'{"n":"x","v":[1]}', "invalid"),
        (b'{"n":"x","v":1e999999}', "invalid"),
        (b'{"n":"x","vs":1}', "invalid"),
        (b'{"n":"x","vb":"true"}', "invalid"),
        (b'{"n":"x","vb":1}', "invalid"),
        (b'{"n":"x","vd":{}}', "invalid"),
        (b'{"n":"x","s":"1"}', "invalid"),
        (b'{"n":"x","v":1,"t":"now"}', "invalid"),
        (b'{"n":"x","v":1,"u":5}', "invalid"),
        (b'{"n":"x","v":1,"ut":"60"}', "invalid"),
        (b'{"n":7,"v":1}', "invalid"),
        (b'{"n":"\xff","v":1}', "malformed"),
        (b'{"n":"x","v":NaN}', "malformed"),
        (b'{"n":"x","v":-Infinity}', "malformed"),
        (b"NaN", "malformed"),
        (b"7", "invalid"),
        (b"null", "invalid"),
        (b'["n","x"]', "invalid"),
        (b'{"n":"x","v":1,"vs":"a"}', "invalid"),
        (b'{"n":"x","vs":"a","vd":"YQ"}', "invalid"),
        (b'{"n":"x","vb":true,"v":0,"s":1}', "invalid"),
        (b'{"n":"x","v":1,"foo_":2}', "unsupported"),
        (b'{"n":"x","vd":"YQ","ct_":"60"}', "unsupported"),
        (b'{"n":"x"}', "invalid"),
        (b'{"n":"x","t":5}', "invalid"),
        (b'{"u":"V"}', "invalid"),
        (b"{}", "invalid"),
        (b'{"foo":1}', "invalid"),
        (b'{"n":"x","v":1e400,"s":1e400}', "invalid"),
    ],
)
def test_a_bad_record_is_refused_alone(bad: bytes, reason: str) -> None:
    assert outcomes(b'{"bn":"d/"}', GOOD, bad, GOOD) == [("g", 1), (reason, bad), ("g", 1)]


@pytest.mark.parametrize(
    ("record", "good", "bad"),
    [
        (b'{"bn":7,"n":"x","v":1}', [], [GOOD, b'{"n":"y","u":"A","v":2}']),
        (b'{"bt":"soon","n":"x","v":1}', [], [GOOD, b'{"n":"y","t":1795658000,"v":2}']),
        (b'{"bt":1e999999,"n":"x","v":1}', [], [GOOD]),
        (b'{"bu":7,"n":"x","v":1}', [b'{"n":"y","u":"A","v":2}'], [GOOD, b'{"n":"y","u":"","v":2}']),
        (b'{"bv":"Infinity","n":"x","v":1}', [b'{"n":"y","vs":"a"}', b'{"n":"y","s":2}'], [GOOD]),
        (b'{"bs":true,"n":"x","v":1}', [], [b'{"n":"y","s":2}', GOOD]),
        (b'{"bver":11,"n":"x","v":1}', [], [GOOD]),
        (b'{"bver":1.5,"n":"x","v":1}', [], [GOOD]),
        (b'{"bver":"10","n":"x","v":1}', [], [GOOD]),
        (b'{"bver":0,"n":"x","v":1}', [], [GOOD]),
        (b'{"bfoo_":1,"n":"x","v":1}', [], [GOOD]),
        (b'{"bt":NaN,"n":"x","v":1}', [], [GOOD]),
        (b'{"bv":Infinity,"n":"x","v":1}', [b'{"n":"y","vs":"NaN"}'], [GOOD]),
        (b'{"bn":"\xff","n":"x","v":1}', [], [GOOD]),
        (b'{"\xff":1,"bt":1,"v":1}', [], [GOOD]),
    ],
)
def test_only_what_leans_on_a_wrong_base_field_is_refused_with_it(
    record: bytes, good: list[bytes], bad: list[bytes]
) -> None:
    first = b'{"bn":"d/","n":"first","v":1}'
    refused = [raw for _, raw in outcomes(first, record, *good, *bad) if isinstance(raw, bytes)]
    assert refused == [record, *bad]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        (b'{"bn":7}', b'{"bn":"e/"}'),
        (b'{"bt":"soon"}', b'{"bt":1795658000}'),
        (b'{"bu":7}', b'{"bu":"V"}'),
        (b'{"bv":"x"}', b'{"bv":1}'),
        (b'{"bs":"x"}', b'{"bs":1}'),
        (b'{"bver":11}', b'{"bver":10}'),
    ],
)
def test_a_base_field_that_is_given_again_is_right_again(wrong: bytes, right: bytes) -> None:
    found = outcomes(b'{"bn":"d/"}', wrong, GOOD, right, GOOD)
    assert [raw for _, raw in found[:2]] == [wrong, GOOD]
    assert found[2][0] == "g"


def test_what_is_right_in_a_bad_record_holds_for_later_ones() -> None:
    first, second = parse(b'[{"bn":"d/","bt":1795658000,"bu":"V","n":"x","v":"hot"},{"n":"y","v":2}]')
    assert isinstance(first, Refused)
    assert isinstance(second, Event)
    assert series(second) == ("d", "y", "V", 2)
    assert moment(second) == "2026-11-26T01:53:20+00:00"


def test_what_is_right_beside_a_number_that_is_none_holds_too() -> None:
    first, second = parse(b'[{"bn":"d/","bt":1795658000,"n":"x","v":NaN},{"n":"y","v":2}]')
    assert isinstance(first, Refused)
    assert isinstance(second, Event)
    assert (series(second)[0], moment(second)) == ("d", "2026-11-26T01:53:20+00:00")


def test_a_drafts_pack_with_its_records_inside_is_not_skipped() -> None:
    (refused,) = parse(b'[{"bn":"d/","e":[{"n":"x","v":1}]}]')
    assert isinstance(refused, Refused)


def test_lines_that_are_cut_condemn_what_follows_only_where_they_may_set_a_base_field() -> None:
    lines = [b'{"bn":"d/","n":"a","v":1}', b'{"n":"x","v":', GOOD, b'{"bt":17956', GOOD]
    kinds = [type(event) for event in parse(b"\n".join(lines))]
    assert kinds == [Event, Refused, Event, Refused, Refused]


def test_a_bad_record_keeps_the_base_fields_with_which_it_can_be_sent_again() -> None:
    bad = b'{"bu":"A","n":"x","v":"hot","t":60}'
    batch = parse_telemetry(b"[" + b",".join([CONTEXT, bad]) + b"]", "meters")
    (refused,) = batch.events
    assert isinstance(refused, Refused)
    assert batch.context == {"topic": "meters"}
    assert refused.context == {"bn": "d/", "bt": 1795658000, "bu": "V", "bv": 1, "bs": 2}
    assert refused.time == 1795658060
    mended = msgspec.json.encode([refused.context]).removesuffix(b"]") + b"," + bad.replace(b'"hot"', b"4") + b"]"
    (event,) = events(mended)
    assert series(event) == ("d", "x", "A", 5)
    assert moment(event) == "2026-11-26T01:54:20+00:00"


def test_equal_records_of_two_devices_have_two_identities() -> None:
    found = parse(b'[{"bn":"a/"},{"n":"x","v":"hot"},{"bn":"b/"},{"n":"x","v":"hot"},{"bn":"a/"},{"n":"x","v":"hot"}]')
    first, second, third = (event.identity for event in found)
    assert first != second
    assert first == third


def test_the_time_of_a_bad_record_is_kept_unless_it_is_what_is_wrong() -> None:
    found = parse(
        b'[{"bn":"d/","bt":1795658000},{"n":"x","v":"hot"},{"n":"x","v":1,"t":"x"},{"bt":"x"},{"n":"y","v":1}]'
    )
    assert [event.time for event in found] == [1795658000, None, None, None]


def test_a_good_record_knows_the_base_fields_before_it() -> None:
    first, second = events(b'[{"bn":"d/","bt":0.5,"n":"x","v":1},{"bv":2,"n":"y","v":1}]')
    assert (first.context, second.context) == ({}, {"bn": "d/", "bt": 0.5})


@pytest.mark.parametrize(
    "base",
    [{"bt": 1795658000}, {"bu": "V"}, {"bv": 0}, {"bs": 1}, {"bver": 10}, {"bt": 1795658000, "bu": "V", "bver": 10}],
)
def test_a_pack_may_begin_with_base_fields_only(base: dict[str, Any]) -> None:
    batch = parse_telemetry(msgspec.json.encode([base, {"n": "d/x", "v": 1}]), "meters")
    assert (batch.protocol, batch.skipped, len(batch.events)) == ("senml", 1, 1)
    (event,) = batch.events
    assert isinstance(event, Event)
    assert event.columns["device_id"] == "d"


@pytest.mark.parametrize("records", [[{"bt": 1795658000}], [{"bn": "d/"}, {"bu": "V", "bver": 26}]])
def test_records_that_only_set_base_fields_are_counted(records: list[dict[str, Any]]) -> None:
    batch = parse_telemetry(msgspec.json.encode(records), "meters")
    assert (batch.protocol, batch.events, batch.skipped) == ("senml", [], len(records))


def test_a_record_of_a_topics_device_needs_no_name() -> None:
    (event,) = pack({"bt": 1795658000, "u": "Cel", "v": 21.5}, topic=TOPIC)
    assert series(event) == ("pump-7", "vibration", "Cel", 21.5)


@pytest.mark.parametrize("version", [10, 10.0, 5, 26])
def test_versions_that_are_understood(version: float) -> None:
    """RFC 9100: 26 is 10 with secondary units, which are kept as sent."""
    (event,) = pack({"bver": version, "n": "d/x", "u": "kWh", "v": 1})
    assert event.columns["unit"] == "kWh"


def test_update_times_and_unknown_fields_are_kept() -> None:
    (event,) = events(b'[{"n":"d/x","v":1,"ut":60,"vendor":{"a":1.10},"ct":"60"}]')
    assert event.columns["extra"] == '{"vendor":{"a":1.10},"ct":"60","ut":60}'


def test_a_sum_keeps_its_digits() -> None:
    exact, rounded = events(b'[{"n":"d/x","s":1.5},{"n":"d/x","s":12345678901234567890}]')
    assert (exact.columns["value_sum"], exact.columns["extra"]) == (1.5, None)
    assert rounded.columns["extra"] == '{"s":12345678901234567890}'


def test_sums_of_many_digits_are_exact() -> None:
    (event,) = events(b'[{"n":"d/x","bv":1000000000000000000000000000000000000,"v":0.000000000000000000000000000001}]')
    assert event.columns["value_string"] == "1000000000000000000000000000000000000.000000000000000000000000000001"


def test_null_fields_are_absent() -> None:
    (event,) = pack({"bn": "d/", "bu": None, "n": "x", "v": 1, "vs": None, "t": None})
    assert series(event) == ("d", "x", None, 1)


@pytest.mark.parametrize("name", ["Außen/temp", "a b/c", "-d/x", "d/x+y"])
def test_names_with_other_characters_are_taken_as_they_are(name: str) -> None:
    (event,) = pack({"n": name, "v": 1})
    assert f"{event.columns['device_id']}/{event.columns['metric']}" == name


def test_the_topics_device_is_cut_off_as_a_whole_only() -> None:
    (event,) = pack({"n": "pump-70/temp", "v": 1}, topic=TOPIC)
    assert event.columns["metric"] == "pump-70/temp"


@pytest.mark.parametrize(
    "message",
    [
        {"n": "temp", "v": 1, "ts": 1795658000},
        {"name": "x", "n": "temp", "v": 1, "timestamp": "2026-11-26T01:50:00Z"},
        {"n": "temp", "u": "Cel", "v": 1, "time": 1795658000},
        {"bn": "d/", "n": "temp", "v": 1, "device_id": "d"},
        {"n": 3, "temp": 1},
        {"n": "north", "temp": 1},
        {"u": 2.5, "v": 3.5},
        {"v": 3.3, "t": 21},
        {"s": 1, "t": 2},
        {"bt": 36.6, "hr": 70},
    ],
)
@pytest.mark.parametrize("as_list", [True, False])
def test_what_only_looks_like_senml_is_plain_json(message: dict[str, Any], as_list: bool) -> None:
    batch = parse_telemetry(msgspec.json.encode([message] if as_list else message), TOPIC)
    assert batch.protocol == "iot-json"
    assert all(isinstance(event, Event) for event in batch.events)


@pytest.mark.parametrize("message", [{"bv": 3.7}, {"bt": 36.6}])
def test_a_single_object_of_base_fields_is_a_reading(message: dict[str, Any]) -> None:
    (event,) = parse_telemetry(msgspec.json.encode(message), TOPIC).events
    assert isinstance(event, Event)
    assert [event.columns["metric"]] == list(message)


def test_a_record_with_another_time_than_senmls_is_not_given_the_receipts() -> None:
    records = b'{"bn":"d/","n":"a","v":1},{"n":"x","v":1,"ts":1795658000},{"n":"y","v":1,"t":-5,"ts":1795658000}'
    _, refused, kept = parse(b"[" + records + b"]")
    assert isinstance(refused, Refused)
    assert isinstance(kept, Event)
    assert kept.columns["extra"] == '{"ts":1795658000}'


KINDS: dict[str, Any] = {"bn": str, "bu": str, "bt": int | float, "bv": int | float, "bs": int | float}
NAMES = st.sampled_from(["bn", "bt", "bu", "bv", "bs", "n", "u", "v", "vs", "vb", "s", "t", "ut", "x", "x_", "ts"])
VALUES = (
    st.none()
    | st.booleans()
    | st.integers(-5, 2**31)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=4)
)


@given(st.lists(st.dictionaries(NAMES, VALUES, max_size=4), min_size=1, max_size=8))
def test_every_record_is_a_row_or_a_bad_row_or_counted(records: list[dict[str, Any]]) -> None:
    batch = parse_telemetry(msgspec.json.encode([{"bn": "d/"}, *records]), "meters")
    assert len(batch.events) + batch.skipped == len(records) + 1
    assert batch.skipped == 1 + sum(map(sets_base_fields_only, records))


def sets_base_fields_only(record: dict[str, Any]) -> bool:
    fields = {name: value for name, value in record.items() if value is not None and name not in {"x", "ts"}}
    kinds = [isinstance(value, KINDS.get(name, ())) and not isinstance(value, bool) for name, value in fields.items()]
    return bool(fields) and all(kinds) and "x_" not in record
