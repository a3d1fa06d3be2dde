"""Known senders of JSON, one entry per sender, by their own documentation; docs/devices.md shows their results."""

from __future__ import annotations

from thermocline.ingest.protocols.devices.envelope import Members, Path, at, path_of
from thermocline.ingest.protocols.devices.senders import Sender
from thermocline.ingest.protocols.devices.sparkplug import plain_metric
from thermocline.ingest.protocols.topics import Topic

UNKNOWN = Sender(name="json", device=("device.id", "device.device_id", "device.deviceId"))
SENDERS = (
    Sender(
        name="ttn",
        marks=(("end_device_ids",),),
        readings=(
            *("uplink_message.decoded_payload", "uplink_normalized.normalized_payload"),
            *("uplink_message.normalized_payload", "uplink_message.frm_payload"),
            *("location_solved.location", "service_data.data"),
        ),
        device=("end_device_ids.device_id", "end_device_ids.dev_eui"),
        time=("received_at", "uplink_message.received_at"),
        seq=("uplink_message.f_cnt", "uplink_normalized.f_cnt"),
    ),
    Sender(
        name="ttn-v2",
        marks=(("dev_id", "payload_raw"), ("dev_id", "payload_fields")),
        readings=("payload_fields", "payload_raw"),
        device=("dev_id",),
        time=("metadata.time",),
        seq=("counter",),
    ),
    Sender(
        name="chirpstack",
        marks=(("deviceInfo.devEui",),),
        readings=("object", "location", "", "data"),
        device=("deviceInfo.devEui",),
        time=("time",),
        seq=("fCnt",),
        aside=frozenset(
            {
                *("deduplicationId", "deviceInfo", "devAddr", "adr", "dr", "fPort", "confirmed", "rxInfo"),
                *("txInfo", "relayRxInfo", "joinServerContext", "regionConfigId", "queueItemId"),
                *("fCntDown", "downlinkId", "gatewayId", "context", "integrationName", "eventType", "data"),
            }
        ),
    ),
    Sender(
        name="chirpstack-v3",
        marks=(("devEUI", "applicationID"),),
        readings=("object", "objectJSON", "", "data"),
        device=("devEUI",),
        seq=("fCnt",),
        aside=frozenset(
            {
                *("applicationID", "applicationName", "rxInfo", "txInfo", "adr", "dr", "fPort", "devAddr"),
                *("tags", "data", "deviceProfileID", "deviceProfileName", "confirmedUplink", "cellularIP"),
            }
        ),
    ),
    Sender(
        name="actility",
        marks=(("DevEUI_uplink",),),
        readings=("DevEUI_uplink.payload", "DevEUI_uplink.payload_hex"),
        device=("DevEUI_uplink.DevEUI",),
        time=("DevEUI_uplink.Time",),
        seq=("DevEUI_uplink.FCntUp",),
    ),
    Sender(
        name="helium",
        marks=(("dev_eui", "reported_at"),),
        readings=("decoded.payload", "payload"),
        time=("reported_at",),
        seq=("fcnt",),
    ),
    Sender(
        name="aws-shadow",
        marks=(("state.reported{}",), ("state.desired{}",)),
        readings=("state.reported",),
        time=("timestamp",),
        seq=("version",),
        moments="metadata.reported",
    ),
    Sender(
        name="aws-shadow-documents",
        marks=(("current.state{}",),),
        readings=("current.state.reported",),
        time=("timestamp",),
        seq=("current.version",),
        moments="current.metadata.reported",
    ),
    Sender(
        name="shelly",
        marks=(("method", "params{}"), ("src", "result{}")),
        readings=("params", "result", ""),
        time=("params.ts",),
        aside=frozenset({"method"}),
        series="params.events",
        metric="component",
        units={
            "tC": "Cel",
            "tF": "degF",
            "rh": "%RH",
            "lux": "lx",
            "freq": "Hz",
            "battery.percent": "%EL",
            "apower": "W",
            "aprtpower": "VA",
            "voltage": "V",
            "current": "A",
            "aenergy.total": "Wh",
        },
    ),
    Sender(
        name="tasmota",
        marks=(("TempUnit",), ("Time", "ENERGY"), ("Time", "UptimeSec"), ("StatusSNS",), ("StatusSTS",)),
        readings=("StatusSNS", "StatusSTS", ""),
        time=("Time", "StatusSNS.Time", "StatusSTS.Time"),
        units={
            "Temperature": "$TempUnit",
            "DewPoint": "$TempUnit",
            "HeatIndex": "$TempUnit",
            "Humidity": "%RH",
            "Pressure": "$PressureUnit",
            "SeaPressure": "$PressureUnit",
            "Illuminance": "lx",
            "ENERGY.Power": "W",
            "ENERGY.ApparentPower": "VA",
            "ENERGY.ReactivePower": "var",
            "ENERGY.Voltage": "V",
            "ENERGY.Current": "A",
            "ENERGY.Frequency": "Hz",
            "ENERGY.Total": "kWh",
            "ENERGY.Today": "kWh",
            "ENERGY.Yesterday": "kWh",
        },
    ),
    Sender(
        name="zigbee2mqtt",
        marks=(("linkquality",),),
        time=("last_seen",),
        aside=frozenset({"device"}),
        units={
            "temperature": "Cel",
            "device_temperature": "Cel",
            "local_temperature": "Cel",
            "humidity": "%RH",
            "battery": "%EL",
            "pressure": "hPa",
            "power": "W",
            "current": "A",
            "energy": "kWh",
        },
    ),
    Sender(
        name="sparkplug",
        marks=(("metrics[]",),),
        series="metrics",
        reading=plain_metric,
        metric="name",
        value="value",
        aside=frozenset(
            {
                *("alias", "dataType", "datatype", "type", "isNull", "is_null", "isHistorical"),
                *("is_historical", "is_transient", "isTransient", "metadata", "properties"),
            }
        ),
    ),
    Sender(name="owntracks", marks=(("_type", "tst"),), time=("tst",)),
    Sender(name="victron", named_by_topic="value"),
    Sender(name="named", marks=(("metric", "value"),), readings=("value",), metric="metric", value="value"),
    Sender(name="thingsboard", marks=(("ts", "values{}"),), wrapper="values"),
    Sender(
        name="watson",
        marks=(("d{}",),),
        wrapper="d",
        device=("d.deviceId", "d.device_id"),
        time=("d.ts", "d.time", "d.timestamp", "d.Time"),
    ),
)
_BY_NAME = {sender.name: sender for sender in SENDERS}
_KINDS: dict[str, type] = {"{}": dict, "[]": list}
_MARKS = [
    (
        paths[0].split(".")[0].rstrip("[]{}"),
        [(path_of(path.rstrip("[]{}")), _KINDS.get(path[-2:], object)) for path in paths],
        sender,
    )
    for sender in SENDERS
    for paths in sender.marks
]


def sender_of(members: Members, topic: Topic) -> Sender:
    """Return the sender of a message, by its members, else by its topic."""
    for first, marks, sender in _MARKS:
        if first in members and all(_has(members, path, kind) for path, kind in marks):
            return sender
    return _BY_NAME.get(topic.sender or "", UNKNOWN)


def _has(members: Members, path: Path, kind: type) -> bool:
    value = at(members, path)
    return value is not None and isinstance(value, kind)
