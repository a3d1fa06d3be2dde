"""What devices send becomes: their own forms and their neighbours (docs/devices.md has one sample of each)."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from tests.fakes import NOW
from thermocline.events.batch import Event, Refused
from thermocline.events.times import read_time
from thermocline.ingest.http.caps import MAX_KEYS
from thermocline.ingest.protocols.iot import parse_telemetry

TOPIC = "dt/acme/hq/dev1/env"
Rows = list[tuple[Any, ...]]


def events(message: Any, topic: str = TOPIC) -> list[Event]:
    body = message if isinstance(message, bytes) else json.dumps(message).encode()
    found = parse_telemetry(body, topic).events
    assert all(isinstance(event, Event) for event in found), found
    return [event for event in found if isinstance(event, Event)]


def refusal(message: Any, topic: str = TOPIC) -> Refused:
    body = message if isinstance(message, bytes) else json.dumps(message).encode()
    (found,) = parse_telemetry(body, topic).events
    assert isinstance(found, Refused)
    assert found.raw == body
    return found


def value(event: Event) -> Any:
    number, truth = event.columns.get("value_double"), event.columns.get("value_bool")
    return truth if truth is not None else number if number is not None else event.columns.get("value_string")


def rows(message: Any, topic: str = TOPIC) -> Rows:
    return [(event.columns["metric"], value(event), event.columns["unit"]) for event in events(message, topic)]


def devices(message: Any, topic: str = TOPIC) -> set[str]:
    return {event.columns["device_id"] for event in events(message, topic)}


def extra(message: Any, topic: str = TOPIC) -> Any:
    (found,) = {event.columns["extra"] for event in events(message, topic)}
    return None if found is None else json.loads(found)


def times(message: Any, topic: str = TOPIC) -> set[str]:
    found = [read_time(event.time, "event_time", received=NOW) for event in events(message, topic)]
    return {"receipt" if time is None else time.isoformat() for time in found}


def test_flat_json() -> None:
    message = {"deviceName": "Sensor", "humidity": 55, "temperature": 20.1, "state": "ON", "ok": False}
    assert rows(message) == [
        ("humidity", 55, None),
        ("temperature", 20.1, None),
        ("state", "ON", None),
        ("ok", False, None),
    ]
    assert (devices(message), extra(message), times(message)) == ({"dev1"}, {"deviceName": "Sensor"}, {"receipt"})


def test_n_and_v_with_a_ts_are_no_senml() -> None:
    message = {"name": "x", "n": "temp", "v": 1, "ts": 1795658000}
    assert rows(message) == [("n", "temp", None), ("v", 1, None)]
    assert (extra(message), times(message)) == ({"name": "x"}, {"2026-11-26T01:53:20+00:00"})


def test_tasmota() -> None:
    message = {
        "Time": "2026-11-26T01:47:58",
        "DHT11": {"Temperature": 20.6, "Humidity": 60, "DewPoint": 12.5},
        "DS18B20-1": {"Id": "01131B1EA8BB", "Temperature": 20.5},
        "BME280": {"Pressure": 1013.2},
        "ENERGY": {"Power": [12, 0], "Voltage": 230, "Total": 1.5, "Factor": 0.9},
        "Switch1": "ON",
        "PressureUnit": "hPa",
        "TempUnit": "C",
    }
    assert rows(message) == [
        *[("DHT11.Temperature", 20.6, "Cel"), ("DHT11.Humidity", 60, "%RH"), ("DHT11.DewPoint", 12.5, "Cel")],
        *[("DS18B20-1.Temperature", 20.5, "Cel"), ("BME280.Pressure", 1013.2, "hPa")],
        *[("ENERGY.Power.0", 12, "W"), ("ENERGY.Power.1", 0, "W"), ("ENERGY.Voltage", 230, "V")],
        *[("ENERGY.Total", 1.5, "kWh"), ("ENERGY.Factor", 0.9, None), ("Switch1", "ON", None)],
    ]
    assert extra(message) == {"DS18B20-1": {"Id": "01131B1EA8BB"}, "PressureUnit": "hPa", "TempUnit": "C"}
    assert times(message) == {"2026-11-26T01:47:58+00:00"}
    fahrenheit = {"Time": "2026-11-26T01:47:58", "DHT11": {"Temperature": 70}, "TempUnit": "F"}
    assert rows(fahrenheit) == [("DHT11.Temperature", 70, "degF")]


def test_tasmotas_status_10_holds_a_sensor_message() -> None:
    message = {"StatusSNS": {"Time": "2026-11-26T01:47:58", "AM2301": {"Temperature": 20.6}, "TempUnit": "C"}}
    assert rows(message, "stat/hall/STATUS10") == [("AM2301.Temperature", 20.6, "Cel")]
    assert times(message) == {"2026-11-26T01:47:58+00:00"}


@pytest.mark.parametrize("body", [b'{"DHT11":{"Temperature":nan}}', b'{"t":NaN}', b'{"t":-Infinity}', b"nan", b"NaN"])
@pytest.mark.parametrize("topic", [TOPIC, "tele/hall/SENSOR", "living/sensor/t/state"])
def test_what_is_no_number_stays_malformed(body: bytes, topic: str) -> None:
    assert refusal(body, topic).reason == "malformed"


def test_of_an_array_only_the_message_with_such_a_number_is_refused() -> None:
    body = b'[{"t":1,"s":"NaN, [inf]"}, {"t":NaN}, {"a":{"t":-Infinity}},{"t":1}]'
    first, second, third, fourth, fifth = parse_telemetry(body, TOPIC).events
    assert [event.columns["metric"] for event in (first, second, fifth) if isinstance(event, Event)] == ["t", "s", "t"]
    refused = [(event.reason, event.raw) for event in (third, fourth) if isinstance(event, Refused)]
    assert refused == [("malformed", b'{"t":NaN}'), ("malformed", b'{"a":{"t":-Infinity}}')]


def test_zigbee2mqtt() -> None:
    message = {
        "temperature": 21.5,
        "humidity": 40.1,
        "pressure": 1013,
        "battery": 100,
        "voltage": 3005,
        "linkquality": 34,
        "action": "",
        "update_available": None,
        "update": {"state": "idle", "installed_version": 16},
        "color": {"x": 0.3},
        "last_seen": "2026-11-26T02:00:00+01:00",
        "device": {"ieeeAddr": "0x1", "model": "M"},
    }
    assert rows(message, "zigbee2mqtt/cellar/shelf") == [
        *[("temperature", 21.5, "Cel"), ("humidity", 40.1, "%RH"), ("pressure", 1013, "hPa"), ("battery", 100, "%EL")],
        *[("voltage", 3005, None), ("linkquality", 34, None), ("action", "", None), ("update.state", "idle", None)],
        *[("update.installed_version", 16, None), ("color.x", 0.3, None)],
    ]
    assert devices(message, "zigbee2mqtt/cellar/shelf") == {"cellar/shelf"}
    assert extra(message) == {"device": {"ieeeAddr": "0x1", "model": "M"}}
    assert times(message) == {"2026-11-26T01:00:00+00:00"}


def test_shellys_status() -> None:
    message = {
        "src": "shellyplusht-1",
        "dst": "home/events",
        "method": "NotifyFullStatus",
        "params": {
            "ts": 1795658000.12,
            "temperature:0": {"id": 0, "tC": 21.1},
            "humidity:0": {"id": 0, "rh": 50},
            "ble": {},
        },
    }
    expected: Rows = [("temperature:0.tC", 21.1, "Cel"), ("humidity:0.rh", 50, "%RH")]
    assert rows(message) == rows(message, "any/topic") == expected
    assert (devices(message), devices(message, "any/topic")) == ({"dev1"}, {"shellyplusht-1"})
    assert times(message) == {"2026-11-26T01:53:20.120000+00:00"}
    assert extra(message)["params"] == {"temperature:0": {"id": 0}, "humidity:0": {"id": 0}}


def test_shellys_topics_of_single_components_name_the_same_measurements() -> None:
    message = {"id": 0, "source": "init", "output": True, "apower": 8.9, "temperature": {"tC": 53.3}}
    assert rows(message, "shellyplus1pm-1/status/switch:0") == [
        *[("switch:0.source", "init", None), ("switch:0.output", True, None)],
        *[("switch:0.apower", 8.9, "W"), ("switch:0.temperature.tC", 53.3, "Cel")],
    ]


def test_shellys_events_have_times_of_their_own() -> None:
    happened = [
        {"component": f"input:{place}", "id": place, "event": "push", "ts": 1795658000 + place} for place in (0, 1)
    ]
    message = {"src": "shelly-1", "method": "NotifyEvent", "params": {"ts": 1795658009.5, "events": happened}}
    assert rows(message, "any/topic") == [("input:0.event", "push", None), ("input:1.event", "push", None)]
    assert times(message) == {"2026-11-26T01:53:20+00:00", "2026-11-26T01:53:21+00:00"}
    assert len({event.identity for event in events(message)}) == 2


def ttn(**uplink: Any) -> dict[str, Any]:
    return {
        "end_device_ids": {"device_id": "node-3", "dev_eui": "0004A30B001C0530"},
        "correlation_ids": ["as:up:01"],
        "received_at": "2026-11-26T01:50:00.123456789Z",
        "uplink_message": {"f_port": 1, "f_cnt": 7, "frm_payload": "AQI=", "rx_metadata": [{"rssi": -35}], **uplink},
    }


def test_the_things_network() -> None:
    message = ttn(decoded_payload={"temp": 21.5, "gps": {"lat": 1.25}, "id": 5}, settings={"frequency": "868300000"})
    assert rows(message) == [("temp", 21.5, None), ("gps.lat", 1.25, None)]
    assert devices(message, "any/topic") == {"node-3"}
    assert {event.columns["seq"] for event in events(message)} == {7}
    assert times(message) == {"2026-11-26T01:50:00.123457+00:00"}
    kept = extra(message)
    assert kept["end_device_ids"] == {"dev_eui": "0004A30B001C0530"}
    assert kept["uplink_message"] == {
        "f_port": 1,
        "frm_payload": "AQI=",
        "decoded_payload": {"id": 5},
        "rx_metadata": [{"rssi": -35}],
        "settings": {"frequency": "868300000"},
    }


def test_the_things_network_without_a_decoded_payload() -> None:
    assert rows(ttn(normalized_payload=[{"air": {"temperature": 21}}])) == [("0.air.temperature", 21, None)]
    assert rows(ttn(decoded_payload={})) == [("frm_payload", "AQI=", None)]
    assert rows(ttn()) == [("frm_payload", "AQI=", None)]


def test_a_join_accept_measures_nothing() -> None:
    join = {key: kept for key, kept in ttn().items() if key != "uplink_message"} | {
        "join_accept": {"session_key_id": "A"}
    }
    assert refusal(join).detail == "the message holds no measurement"


CHIRPSTACK = {
    "deduplicationId": "3ac7e3c4",
    "time": "2026-11-26T01:50:00.775023242+00:00",
    "deviceInfo": {"tenantName": "ChirpStack", "deviceName": "Test", "devEui": "0101010101010101"},
}


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (
            {"fCnt": 3, "fPort": 1, "data": "qg==", "object": {"t": 1.5}, "rxInfo": [{"time": "now"}]},
            [("t", 1.5, None)],
        ),
        ({"fCnt": 3, "data": "qg=="}, [("data", "qg==", None)]),
        ({"margin": 10, "batteryLevel": 88.5}, [("margin", 10, None), ("batteryLevel", 88.5, None)]),
        ({"location": {"latitude": 37.5, "longitude": -8}}, [("latitude", 37.5, None), ("longitude", -8, None)]),
        ({"queueItemId": "1b", "acknowledged": True, "fCntDown": 3}, [("acknowledged", True, None)]),
    ],
)
def test_chirpstack(message: dict[str, Any], expected: Rows) -> None:
    whole = CHIRPSTACK | message
    assert rows(whole) == expected
    assert devices(whole) == {"0101010101010101"}
    assert times(whole) == {"2026-11-26T01:50:00.775023+00:00"}
    assert {event.columns["seq"] for event in events(whole)} == {message.get("fCnt")}


@pytest.mark.parametrize(
    ("message", "device", "expected"),
    [
        (
            {"app_id": "a", "dev_id": "n1", "payload_raw": "AQ==", "payload_fields": {"t": 1}, "counter": 2},
            "n1",
            [("t", 1, None)],
        ),
        (
            {
                "applicationID": "1",
                "devEUI": "AQE=",
                "rxInfo": [{"time": "x"}],
                "fCnt": 2,
                "data": "AQ==",
                "object": {"t": 1},
            },
            "AQE=",
            [("t", 1, None)],
        ),
        (
            {
                "DevEUI_uplink": {
                    "Time": "2026-11-26T01:50:00Z",
                    "DevEUI": "01",
                    "FCntUp": 2,
                    "payload": {"t": 1},
                    "LrrRSSI": -60,
                }
            },
            "01",
            [("t", 1, None)],
        ),
        (
            {
                "dev_eui": "02",
                "reported_at": 1795658000123,
                "fcnt": 2,
                "decoded": {"payload": {"t": 1}},
                "hotspots": [{"rssi": 1}],
            },
            "02",
            [("t", 1, None)],
        ),
    ],
)
def test_other_lorawan_networks(message: dict[str, Any], device: str, expected: Rows) -> None:
    assert rows(message, "any/topic") == expected
    assert devices(message, "any/topic") == {device}
    assert {event.columns["seq"] for event in events(message)} == {2}


def test_a_device_shadow() -> None:
    message = {
        "state": {"reported": {"temp": 61, "modes": ["eco", "dry"]}, "desired": {"temp": 65}},
        "metadata": {"reported": {"temp": {"timestamp": 1795658000}, "modes": [{"timestamp": 1795658001}] * 2}},
        "version": 8,
        "timestamp": 1795658002,
        "clientToken": "token",
    }
    topic = "$aws/things/boiler/shadow/update/accepted"
    assert rows(message, topic) == [("temp", 61, None), ("modes.0", "eco", None), ("modes.1", "dry", None)]
    assert devices(message, topic) == {"boiler"}
    assert times(message) == {"2026-11-26T01:53:20+00:00", "2026-11-26T01:53:21+00:00"}
    assert extra(message)["state"] == {"desired": {"temp": 65}}
    documents = {"previous": {"state": {"reported": {"temp": 60}}}, "current": message, "timestamp": 1795658003}
    assert rows(documents, topic)[0] == ("temp", 61, None)
    assert refusal({"state": {"desired": {"temp": 65}}}).detail == "the message holds no measurement"


FLAT = {
    "applicationID": 1,
    "devEUI": "24e124716c123456",
    "deviceName": "VS330",
    "data": "AXVk",
    "battery": 98,
    "distance": 2000,
    "temperature": 25.1,
    "cellularIP": "10.0.0.1",
    "gatewayTime": "2026-11-26T01:53:20+00:00",
}


def test_a_gateway_that_decodes_payloads_writes_the_values_beside_the_payload() -> None:
    assert rows(FLAT, "any/topic") == [("battery", 98, None), ("distance", 2000, None), ("temperature", 25.1, None)]
    assert devices(FLAT, "any/topic") == {"24e124716c123456"}
    assert extra(FLAT) == {"applicationID": 1, "deviceName": "VS330", "data": "AXVk", "cellularIP": "10.0.0.1"}
    assert times(FLAT) == {"2026-11-26T01:53:20+00:00"}


def test_a_payload_that_nobody_decoded_is_the_value() -> None:
    message = {name: FLAT[name] for name in ("applicationID", "devEUI", "deviceName", "data")}
    named = message | {
        "deviceProfileName": "p",
        "deviceProfileID": "1",
        "confirmedUplink": True,
        "fCnt": 1,
        "adr": True,
    }
    assert rows(message) == rows(named) == [("data", "AXVk", None)]


def test_owntracks() -> None:
    message = {"_type": "location", "_id": "3c5d", "lat": 1.5, "created_at": 1795658009, "tst": 1795658000}
    expected: Rows = [("_type", "location", None), ("lat", 1.5, None)]
    for topic in ("owntracks/ann/phone", "owntracks/ann/phone/event"):
        assert (rows(message, topic), devices(message, topic)) == (expected, {"ann/phone"})
        assert times(message, topic) == {"2026-11-26T01:53:20+00:00"}
    assert extra(message) == {"_id": "3c5d", "created_at": 1795658009}
    assert refusal(message, "owntracks/ann/phone/cmd").detail.startswith("device_id: is required")


@pytest.mark.parametrize("topic", ["any/topic", "owntracks/ann"])
def test_the_id_of_a_record_is_no_device(topic: str) -> None:
    assert refusal({"_id": "3c5d", "t": 1}, topic).detail.startswith("device_id: is required")
    assert devices({"_id": "3c5d", "name": "n", "t": 1}, topic) == {"n"}
    assert devices({"_id": "3c5d", "id": "i", "t": 1}, topic) == {"i"}


def test_victron_names_the_measurement_by_the_topic() -> None:
    topic = "N/c0619ab9929a/vebus/276/Ac/Out/L1/V"
    assert rows({"value": 230.1}, topic) == [("vebus.276.Ac.Out.L1.V", 230.1, None)]
    assert devices({"value": 230.1}, topic) == {"c0619ab9929a"}
    limits = {"value": 1, "max": 3}
    assert [metric for metric, _, _ in rows(limits, topic)] == ["vebus.276.Ac.Out.L1.V", "vebus.276.Ac.Out.L1.V.max"]


def test_sparkplug_as_json() -> None:
    metrics = [
        {"name": "Inputs/A", "timestamp": 1795658000120, "dataType": "Boolean", "value": True},
        {"name": "temp", "alias": 4, "dataType": "Float", "value": 21.5},
        {"name": "none", "dataType": "Int32", "isNull": True},
    ]
    message = {"timestamp": 1795658000123, "seq": 3, "metrics": metrics}
    assert rows(message, "spBv1.0/plant/DDATA/edge/press") == [("Inputs/A", True, None), ("temp", 21.5, None)]
    assert times(message) == {"2026-11-26T01:53:20.120000+00:00", "2026-11-26T01:53:20.123000+00:00"}


def test_sparkplug_as_the_json_of_protocol_buffers() -> None:
    metrics = [
        {"name": "Temp", "timestamp": "1795658000120", "datatype": 9, "floatValue": 21.5},
        {"name": "On", "alias": "1", "datatype": 11, "booleanValue": True},
        {"name": "Count", "datatype": 8, "longValue": "18446744073709551615"},
        {"name": "Level", "datatype": 3, "int_value": 4},
        {"name": "Exact", "datatype": 10, "doubleValue": 0.5},
        {"name": "Text", "datatype": 12, "stringValue": "7"},
        {"alias": "5", "int_value": 6, "is_historical": True},
        {"alias": "6", "intValue": 6},
    ]
    message = {"timestamp": "1795658000123", "seq": "2", "metrics": metrics}
    topic = "spBv1.0/plant/DDATA/edge/press"
    assert rows(message, topic) == [
        *[("Temp", 21.5, None), ("On", True, None), ("Count", float(2**64), None), ("Level", 4, None)],
        *[("Exact", 0.5, None), ("Text", "7", None), ("alias.5", 6, None), ("alias.6", 6, None)],
    ]
    found = events(message, topic)
    assert {event.columns["seq"] for event in found} == {2}
    assert found[2].columns["value_string"] == "18446744073709551615"
    assert times(message, topic) == {"2026-11-26T01:53:20.120000+00:00", "2026-11-26T01:53:20.123000+00:00"}


@pytest.mark.parametrize("seq", ["", "-1", "²", "1.0", "1" * 19])
def test_a_text_that_is_no_count_is_no_sequence_number(seq: str) -> None:
    assert rows({"seq": seq, "t": 1}) == [("seq", seq, None), ("t", 1, None)]


@pytest.mark.parametrize(
    ("body", "topic", "device", "expected"),
    [
        (b"21.5", "living/sensor/temp/state", "living", ("temp", 21.5, None)),
        (b"ON", "living/binary_sensor/door/state", "living", ("door", "ON", None)),
        (b"Version 1.2", "living/text_sensor/firmware/state", "living", ("firmware", "Version 1.2", None)),
        (b" 21.50\n", "shellies/shellyht-1/sensor/temperature", "shellyht-1", ("sensor.temperature", 21.5, None)),
        (b"on", "shellies/shelly1-1/relay/0", "shelly1-1", ("relay.0", "on", None)),
        (b"overpower", "shellies/shelly1-1/relay/0", "shelly1-1", ("relay.0", "overpower", None)),
        (b"Online", "tele/hall/LWT", "hall", ("LWT", "Online", None)),
        (b"offline", "zigbee2mqtt/lamp/availability", "lamp", ("availability", "offline", None)),
        (b"true", "shellyplus1-1/online", "shellyplus1-1", ("online", True, None)),
        (b"-3", TOPIC, "dev1", ("env", -3, None)),
        (b'"idle"', TOPIC, "dev1", ("env", "idle", None)),
        (b"OFF", TOPIC, "dev1", ("env", "OFF", None)),
    ],
)
def test_a_bare_value_is_named_by_its_topic(body: bytes, topic: str, device: str, expected: tuple[Any, ...]) -> None:
    assert rows(body, topic) == [expected]
    assert devices(body, topic) == {device}


def test_a_bare_number_keeps_its_digits() -> None:
    (event,) = events(b"12345678901234567890.5", "living/sensor/meter/state")
    assert event.columns["value_string"] == "12345678901234567890.5"


@pytest.mark.parametrize(
    ("body", "topic", "reason"),
    [
        (b"word", TOPIC, "malformed"),
        (b"two words", TOPIC, "malformed"),
        (b"ON", "any/topic", "malformed"),
        (b'{"Time":"2026', "tele/hall/SENSOR", "malformed"),
        (b"O\x00N", "tele/hall/POWER", "malformed"),
        (b"\xff", "tele/hall/POWER", "malformed"),
        (b"x" * 300, "tele/hall/POWER", "malformed"),
        (b"21.5", "any/topic", "invalid"),
        (b"null", TOPIC, "invalid"),
        (b"{}", TOPIC, "invalid"),
        (b'{"metrics":{}}', TOPIC, "invalid"),
        (b'{"a":null,"b":{},"c":[[]]}', TOPIC, "invalid"),
        (b'{"deviceName":"only a name"}', TOPIC, "invalid"),
        (b'{"t":1}', "any/topic", "invalid"),
    ],
)
def test_what_measures_nothing_is_a_bad_row_with_a_reason(body: bytes, topic: str, reason: str) -> None:
    assert refusal(body, topic).reason == reason


@pytest.mark.parametrize(
    ("message", "topic", "device"),
    [
        ({"device_id": "mine", "deviceName": "n"}, TOPIC, "mine"),
        ({"deviceId": "mine"}, TOPIC, "mine"),
        ({"Device-ID": 42}, TOPIC, "42"),
        ({"devEui": "00ff"}, TOPIC, "00ff"),
        ({"device": {"id": "inner"}}, TOPIC, "inner"),
        ({"device_id": ""}, TOPIC, "dev1"),
        ({"serial": "S1", "name": "n"}, TOPIC, "dev1"),
        ({"serial": "S1", "name": "n"}, "any/topic", "S1"),
        ({"name": "n", "id": "i"}, "any/topic", "i"),
        ({"hostname": "esp"}, "any/topic", "esp"),
    ],
)
def test_the_device_is_an_id_in_the_message_then_the_topic_then_a_name(
    message: dict[str, Any], topic: str, device: str
) -> None:
    assert devices({"t": 1} | message, topic) == {device}
    assert rows({"t": 1} | message, topic) == [("t", 1, None)]


@pytest.mark.parametrize(
    ("name", "sent", "read"),
    [
        ("ts", 1795658000, "2026-11-26T01:53:20+00:00"),
        ("ts", 1795658000.5, "2026-11-26T01:53:20.500000+00:00"),
        ("timestamp", 1795658000123, "2026-11-26T01:53:20.123000+00:00"),
        ("Timestamp", 1795658000123456, "2026-11-26T01:53:20.123456+00:00"),
        ("time", "2026-11-26T01:53:20Z", "2026-11-26T01:53:20+00:00"),
        ("Time", "2026-11-26T01:53:20", "2026-11-26T01:53:20+00:00"),
        ("time", "2026-11-26 01:53:20", "2026-11-26T01:53:20+00:00"),
        ("@timestamp", "2026-11-26T02:53:20+01:00", "2026-11-26T01:53:20+00:00"),
        ("received_at", "2026-11-26T01:50:00.123456789Z", "2026-11-26T01:50:00.123457+00:00"),
        ("dateTime", "2026-11-26T01:53:20.5Z", "2026-11-26T01:53:20.500000+00:00"),
        ("ts", "2026/11/26 01:53:20", "2026-11-26T01:53:20+00:00"),
        ("ts", None, "receipt"),
    ],
)
def test_times(name: str, sent: object, read: str) -> None:
    assert times({name: sent, "t": 1}) == {read}
    assert rows({name: sent, "t": 1}) == [("t", 1, None)]


@pytest.mark.parametrize("unreadable", ["soon", True])
@pytest.mark.parametrize("values", [{"t": 1}, {"t": 1, "u": 2}])
def test_a_message_whose_time_cannot_be_read_is_one_bad_row(unreadable: object, values: dict[str, int]) -> None:
    refused = refusal({"ts": unreadable} | values)
    assert (refused.reason, refused.detail, refused.time) == ("invalid", "event_time: is not a time", unreadable)


def test_a_reading_whose_time_cannot_be_read_leaves_the_others() -> None:
    readings = [{"ts": "soon", "t": 1, "u": 2}, {"ts": 1795658000, "t": 3, "u": 4}, {"ts": "later", "t": 5}]
    found = parse_telemetry(json.dumps({"readings": readings}).encode(), TOPIC).events
    assert [event.time for event in found] == [1795658000, 1795658000, "soon"]
    assert [isinstance(event, Refused) for event in found] == [False, False, True]


def test_a_shadows_moment_may_be_anything() -> None:
    message = {"state": {"reported": {"t": 1}}, "metadata": {"reported": {"t": {"timestamp": [1]}}}}
    assert refusal(message).detail == "event_time: is not a time"


def test_an_empty_text_is_no_time() -> None:
    assert times({"ts": "", "t": 1}) == {"receipt"}
    assert times({"ts": "", "time": 1795658000, "t": 1}) == {"2026-11-26T01:53:20+00:00"}
    readings = [{"ts": "", "t": 1}, {"ts": "", "t": 2}]
    assert times({"ts": 1795658000, "readings": readings}) == {"2026-11-26T01:53:20+00:00"}


def test_of_two_times_the_other_one_is_kept() -> None:
    message = {"received_at": 1795658009, "ts": 1795658000, "t": 1}
    assert (times(message), extra(message)) == ({"2026-11-26T01:53:20+00:00"}, {"received_at": 1795658009})


def test_numbers_and_quality_have_their_columns() -> None:
    (event,) = events({"seq": 9, "quality": "good", "t": 1})
    assert (event.columns["seq"], event.columns["quality"], event.columns["extra"]) == (9, "good", None)
    assert rows({"seq": "nine", "quality": 3, "t": 1}) == [("seq", "nine", None), ("quality", 3, None), ("t", 1, None)]


def test_units_that_the_message_says() -> None:
    assert rows({"t": {"value": 1, "unit": "Cel"}}) == [("t", 1, "Cel")]
    assert rows({"value": 1, "unit": "Cel", "ok": True}) == [("value", 1, "Cel"), ("ok", True, None)]
    assert rows({"a": {"t": 1}, "units": {"a.t": "Cel"}}) == [("a.t", 1, "Cel")]


def test_one_named_value() -> None:
    message = {"device_id": "s1", "metric": "temp", "value": 21.5, "unit": "Cel", "timestamp": 1795658000}
    assert rows(message, "any/topic") == [("temp", 21.5, "Cel")]
    assert rows(message | {"value": {"x": 1}}, "any/topic") == [("temp.x", 1, None)]


@pytest.mark.parametrize("name", ["sensor", "name", "metric", "key", "tag", "parameter"])
def test_messages_with_a_name_and_a_value_measure_what_the_name_says(name: str) -> None:
    messages = [{name: metric, "value": 1, "unit": "Cel", "ts": 1795300000} for metric in ("a", "b")]
    lines = b"\n".join(json.dumps(message).encode() for message in messages)
    assert rows(messages) == rows(lines) == [("a", 1, "Cel"), ("b", 1, "Cel")]
    assert rows(messages[0]) == [("a", 1, "Cel")]
    assert len({event.columns["event_id"] for event in events(messages)}) == 2


def test_the_name_of_a_value_is_the_device_only_where_nothing_else_names_one() -> None:
    message = {"name": "t", "value": 1}
    assert (rows(message), devices(message)) == ([("t", 1, None)], {"dev1"})
    named = message | {"device_id": "d"}
    assert (rows(named, "any/topic"), devices(named, "any/topic")) == ([("t", 1, None)], {"d"})
    assert (rows(message, "any/topic"), devices(message, "any/topic")) == ([("value", 1, None)], {"t"})
    both = message | {"sensor": "rh"}
    assert (rows(both, "any/topic"), devices(both, "any/topic")) == ([("rh", 1, None)], {"t"})


@pytest.mark.parametrize("wrapper", ["d", "values"])
def test_objects_that_only_wrap_are_left_out_of_names(wrapper: str) -> None:
    assert rows({"ts": 1795658000, wrapper: {"a": {"b": 1}}, "c": 2}) == [("a.b", 1, None), ("c", 2, None)]
    assert rows({"ts": 1795658000, wrapper: 3, "c": 2}) == [(wrapper, 3, None), ("c", 2, None)]


def test_an_array_and_lines_are_messages_each() -> None:
    assert rows([{"ts": 1795658000, "a": 1}, {"a": 2}]) == rows(b'{"a":1}\n{"a":2}') == [("a", 1, None), ("a", 2, None)]


def test_a_list_of_readings_with_times() -> None:
    readings = [
        {"ts": 1795658000, "t": 4.5},
        {"ts": 1795658060, "t": 4.5, "id": 1},
        {"time": 1795658120, "deviceId": "b", "t": 4},
    ]
    found = events({"deviceId": "a", "battery": 3.5, "seq": 8, "fw": {"name": "x"}, "readings": readings}, "any/topic")
    assert [(event.columns["device_id"], event.columns["metric"], event.time) for event in found] == [
        *[("a", "battery", None), ("a", "t", 1795658000), ("a", "t", 1795658060), ("b", "t", 1795658120)]
    ]
    assert [event.columns["extra"] for event in found[1:3]] == [
        '{"fw":{"name":"x"}}',
        '{"fw":{"name":"x"},"readings":{"id":1}}',
    ]
    assert {event.columns["seq"] for event in found} == {8}


def test_named_readings_with_times() -> None:
    readings = [
        {"name": "t", "value": 4.5, "unit": "Cel", "ts": 1795658000},
        {"name": "rh", "value": 40, "ts": 1795658000},
    ]
    assert rows({"deviceId": "a", "readings": readings}) == [("t", 4.5, "Cel"), ("rh", 40, None)]


def test_a_message_has_only_so_many_values() -> None:
    assert len(events({f"m{number}": number for number in range(MAX_KEYS)})) == MAX_KEYS
    too_many = refusal({f"m{number}": [number] for number in range(MAX_KEYS + 1)})
    assert (too_many.reason, too_many.detail) == ("too_large", "a message has more than 1000 values")
    assert (
        refusal({"readings": [{"ts": 1795658000 + number, "a": 1} for number in range(MAX_KEYS + 1)]}).reason
        == "too_large"
    )


def test_a_message_that_is_published_twice_is_the_same_event() -> None:
    message = {"ts": 1795658000, "a": {"b": 1}, "c": 2}
    first, second = ([event.columns["event_id"] for event in events(message)] for _ in range(2))
    assert first == second
    assert len({*first}) == 2
    assert not {*first} & {event.columns["event_id"] for event in events(message | {"ts": 1795658001})}


def test_numbers_keep_their_digits() -> None:
    (event,) = events(b'{"a":{"b":18446744073709551617},"id":1.10,"device_id":"d"}')
    assert (event.columns["value_double"], event.columns["value_string"]) == (float(2**64), "18446744073709551617")
    assert event.columns["extra"] == '{"id":1.10}'
    assert Decimal(event.columns["value_string"]) == 2**64 + 1


def test_a_clock_that_cannot_be_read_gives_way_to_a_time_that_can() -> None:
    message = {"time": "12:30", "unixtime": 1795658000, "temperature": 21.5}
    assert (times(message), extra(message)) == ({"2026-11-26T01:53:20+00:00"}, {"time": "12:30"})


def test_a_list_of_channels_with_times_keeps_its_places() -> None:
    message = {"meters": [{"power": 1.5, "timestamp": 1795658000}, {"power": 1.5, "timestamp": 1795658000}]}
    assert [metric for metric, _, _ in rows(message)] == [
        *("meters.0.power", "meters.0.timestamp", "meters.1.power", "meters.1.timestamp")
    ]


def test_named_values_in_a_list_need_no_times() -> None:
    named = [
        {"name": "t", "value": 4.5, "unit": "Cel"},
        {"tag": "rh", "value": 40, "type": "x"},
        {"key": "gps", "value": {"lat": 1}},
    ]
    message = {"timestamp": 1795658000, "values": named, "n": 1}
    assert rows(message) == [
        ("n", 1, None),
        ("t", 4.5, "Cel"),
        ("rh", 40, None),
        ("rh.type", "x", None),
        ("gps.lat", 1, None),
    ]
    assert times(message) == {"2026-11-26T01:53:20+00:00"}


@pytest.mark.parametrize("uptime", [0, 123456, 12.5, 2**28 - 1, -5])
def test_a_clock_that_counts_from_the_start_is_no_time(uptime: float) -> None:
    """AWS's own example for the ESP32 sends ``"time": millis()``."""
    message = {"time": uptime, "t": 1}
    assert (times(message), extra(message)) == ({"receipt"}, {"time": uptime})
