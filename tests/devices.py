"""What real devices and their networks send, and the rows that it becomes.

``python -m tests.devices --docs`` writes the table of docs/devices.md; a test holds the page to the code.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, NamedTuple

from thermocline.events.batch import Event
from thermocline.ingest.protocols.iot import parse_telemetry

PAGE = Path(__file__).resolve().parents[1] / "docs" / "devices.md"
MARK = "<!-- the samples below are written by: python -m tests.devices --docs -->\n"
_COLUMNS = ("device_id", "metric", "unit", "value_double", "value_string", "value_bool", "seq")


class Sample(NamedTuple):
    """One message of a kind of sender, in short."""

    sender: str
    topic: str
    body: str

    def events(self) -> list[Event]:
        """Return the measurements that it becomes; none may be refused."""
        found = parse_telemetry(self.body.encode(), self.topic).events
        assert all(isinstance(event, Event) for event in found), found
        return [event for event in found if isinstance(event, Event)]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


SAMPLES = (
    Sample(
        "Thermocline's own form",
        "dt/acme/plant/pump-7/vibration",
        _json(
            {"device_id": "pump-7", "ts": 1795658000250, "seq": 41, "metrics": {"rms": 1.5}, "units": {"rms": "mm/s"}}
        ),
    ),
    Sample("any flat JSON", "dt/acme/hq/esp32/env", _json({"deviceName": "Sensor", "humidity": 55, "ok": True})),
    Sample(
        "any nested JSON",
        "dt/acme/hq/hub/env",
        _json(
            {"time": "2026-11-26T01:50:00+01:00", "air": {"t": {"value": 21.5, "unit": "Cel"}, "pm": [3, 7]}, "id": 9}
        ),
    ),
    Sample(
        "a list of readings",
        "buffered/readings",
        _json({"deviceId": "tag-1", "readings": [{"ts": 1795658000, "t": 4.5}, {"ts": 1795658060, "t": 4.4}]}),
    ),
    Sample(
        "Tasmota, sensor",
        "tele/hall/SENSOR",
        _json(
            {
                "Time": "2026-11-26T01:47:58",
                "DS18B20-1": {"Id": "01131B1EA8BB", "Temperature": 20.5},
                "ENERGY": {"Total": 1.25, "Power": [12, 0], "Factor": 0.9},
                "TempUnit": "C",
            }
        ),
    ),
    Sample(
        "Tasmota, state",
        "tele/hall/STATE",
        _json({"Time": "2026-11-26T01:47:58", "UptimeSec": 310, "POWER": "ON", "Wifi": {"SSId": "n", "Signal": -50}}),
    ),
    Sample("Tasmota, one value", "stat/hall/POWER", "ON"),
    Sample(
        "Zigbee2MQTT",
        "zigbee2mqtt/kitchen/lamp",
        _json(
            {
                "state": "ON",
                "brightness": 120,
                "color": {"x": 0.3, "y": 0.2},
                "action": "",
                "update_available": None,
                "last_seen": 1795658000123,
                "linkquality": 90,
                "device": {"ieeeAddr": "0x00158d00018255df"},
            }
        ),
    ),
    Sample("Zigbee2MQTT, availability", "zigbee2mqtt/kitchen/lamp/availability", _json({"state": "online"})),
    Sample(
        "Shelly Gen2 and later",
        "shellyplus1pm-a8032abe54dc/events/rpc",
        _json(
            {
                "src": "shellyplus1pm-a8032abe54dc",
                "dst": "home/events",
                "method": "NotifyStatus",
                "params": {
                    "ts": 1795658000.12,
                    "switch:0": {"id": 0, "output": False, "apower": 8.9, "aenergy": {"total": 6.532}},
                    "temperature:0": {"id": 0, "tC": 21.1, "tF": 70.0},
                },
            }
        ),
    ),
    Sample(
        "Shelly Gen2, an event",
        "shellyplus1pm-a8032abe54dc/events/rpc",
        _json(
            {
                "src": "shellyplus1pm-a8032abe54dc",
                "method": "NotifyEvent",
                "params": {
                    "ts": 1795658000.12,
                    "events": [{"component": "input:0", "id": 0, "event": "single_push", "ts": 1795658000.1}],
                },
            }
        ),
    ),
    Sample("Shelly Gen1", "shellies/shellyht-B929CC/sensor/temperature", "21.5"),
    Sample("ESPHome", "living-room/sensor/outside_temperature/state", "4.25"),
    Sample("ESPHome, a light", "living-room/light/desk/state", _json({"state": "ON", "brightness": 200})),
    Sample(
        "The Things Network (v3)",
        "v3/app1@ttn/devices/dev1/up",
        _json(
            {
                "end_device_ids": {"device_id": "dev1", "dev_eui": "0004A30B001C0530"},
                "received_at": "2026-11-26T01:50:00.123456789Z",
                "uplink_message": {
                    "f_port": 1,
                    "f_cnt": 7,
                    "frm_payload": "AQI=",
                    "decoded_payload": {"temp": 21.5, "door": "open"},
                    "rx_metadata": [{"rssi": -35, "snr": 5}],
                },
            }
        ),
    ),
    Sample(
        "ChirpStack v4",
        "application/17c82e96/device/0101010101010101/event/up",
        _json(
            {
                "time": "2026-11-26T01:50:00.775023242+00:00",
                "deviceInfo": {"deviceName": "Cellar", "devEui": "0101010101010101"},
                "fCnt": 10,
                "fPort": 1,
                "data": "qg==",
                "object": {"water": {"level": 3}},
                "rxInfo": [{"rssi": -36}],
            }
        ),
    ),
    Sample(
        "AWS IoT device shadow",
        "$aws/things/boiler/shadow/update/accepted",
        _json(
            {
                "state": {"reported": {"temp": 61, "pump": {"on": True}}, "desired": {"temp": 65}},
                "metadata": {
                    "reported": {"temp": {"timestamp": 1795658000}, "pump": {"on": {"timestamp": 1795658001}}}
                },
                "version": 8,
                "timestamp": 1795658002,
            }
        ),
    ),
    Sample(
        "Sparkplug B as JSON",
        "spBv1.0/plant/DDATA/edge-1/press-4",
        _json(
            {
                "timestamp": 1795658000123,
                "seq": 3,
                "metrics": [{"name": "Inputs/A", "timestamp": 1795658000120, "dataType": "Boolean", "value": True}],
            }
        ),
    ),
    Sample(
        "Sparkplug B as the JSON of Protocol Buffers",
        "spBv1.0/plant/DDATA/edge-1/press-4",
        _json(
            {
                "timestamp": "1795658000123",
                "seq": "4",
                "metrics": [
                    {"name": "Temp", "datatype": 9, "floatValue": 21.5},
                    {"name": "On", "datatype": 11, "booleanValue": True},
                ],
            }
        ),
    ),
    Sample(
        "Milesight and other gateways that decode",
        "uplink/vs330",
        _json(
            {
                "applicationID": 1,
                "devEUI": "24e124716c123456",
                "deviceName": "VS330",
                "gatewayTime": "2026-11-26T01:50:00+00:00",
                "data": "AXVk",
                "battery": 98,
                "distance": 2000,
            }
        ),
    ),
    Sample("OwnTracks", "owntracks/ann/phone", _json({"_type": "location", "lat": 1.5, "lon": 2, "tst": 1795658000})),
    Sample("Victron", "N/c0619ab9929a/vebus/276/Ac/Out/L1/V", _json({"value": 230.1})),
    Sample("ThingsBoard", "dt/acme/hq/tb-1/up", _json({"ts": 1795658000512, "values": {"co2": 415}})),
    Sample("Watson IoT and others", "dt/acme/hq/w-1/up", _json({"d": {"temp": 19.5, "ts": 1795658000}})),
    Sample(
        "one named value",
        "readings",
        _json({"device_id": "s1", "metric": "temp", "value": 21.5, "unit": "Cel", "timestamp": "2026-11-26T01:50:00Z"}),
    ),
    Sample(
        "SenML (RFC 8428)",
        "dt/acme/plant/pump-7/env",
        _json([{"bt": 1795658000, "bu": "Cel"}, {"n": "t", "v": 21.5, "ut": 60}, {"n": "rh", "u": "%RH", "v": 40}]),
    ),
)


def _cell(value: object) -> str:
    text = "" if value is None else json.dumps(value, ensure_ascii=False) if isinstance(value, bool) else str(value)
    return text.replace("|", "\\|")


def _section(sample: Sample) -> str:
    events = sample.events()
    names = [name for name in _COLUMNS if any(event.columns.get(name) is not None for event in events)]
    rows = [[_cell(event.columns.get(name)) for name in names] for event in events]
    times = dict.fromkeys("receipt" if event.time is None else str(event.time) for event in events)
    extra = dict.fromkeys(event.columns["extra"] for event in events if event.columns.get("extra"))
    return "\n".join(
        [
            *(f"### {sample.sender}\n", f"`{sample.topic}`\n", "```json", sample.body, "```\n"),
            *("| " + " | ".join(cells) + " |" for cells in [names, ["---"] * len(names), *rows]),
            f"\ntime: {', '.join(times)}" + "".join(f"; extra: `{text}`" for text in extra) + "\n",
        ]
    )


def page() -> str:
    """Return docs/devices.md: its own text, and what the code makes of the samples."""
    text = PAGE.read_text()
    return text[: text.index(MARK) + len(MARK)] + "\n" + "\n".join(map(_section, SAMPLES))


if __name__ == "__main__" and "--docs" in sys.argv:
    PAGE.write_text(page())
