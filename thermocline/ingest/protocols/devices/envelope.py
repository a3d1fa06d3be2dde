"""Members of a device's message that say who measured, when, and in which order: they are no measurements.

Names are compared without case and without ``_ - @ $`` and blanks: ``deviceId`` and ``Device-ID`` are one name.
Where several are present, the first of each tuple counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache, lru_cache

Path = tuple[str, ...]
Members = dict[str, object]

_LONGEST_NAME = 64
_IGNORED = str.maketrans("", "", "_-@$ ")

TIMES = (
    *("ts", "time", "timestamp", "datetime", "eventtime", "measuredat", "sampledat", "observedat", "recordedat"),
    *("devicetime", "devicetimestamp", "tst", "unixtime", "epoch", "timems", "tsms", "timestampms"),
    *("reportedat", "publishedat", "receivedat", "receivedms", "createdat", "sentat", "lastseen", "gatewaytime"),
)
SEQUENCES = (
    *("seq", "sequence", "seqno", "seqnum", "seqnr", "seqnumber", "sequencenumber"),
    *("fcnt", "fcntup", "framecounter"),
)
DEVICES = ("deviceid", "devid", "deveui", "deviceeui", "deviceuid", "deviceuuid", "thingname", "thingid")
"""They count before the topic: a sender that writes them names the device."""
DEVICE_NAMES = (
    *("sensorid", "nodeid", "stationid", "unitid", "hardwareserial", "serialnumber", "serialno", "serial", "imei"),
    *(
        "eui",
        "coreid",
        "ieeeaddr",
        "ieeeaddress",
        "macaddress",
        "macaddr",
        "mac",
        "uuid",
        "id",
        "devicename",
        "friendlyname",
    ),
    *("clientid", "hostname", "host", "src", "device", "name"),
)
"""They count where neither such an id nor the topic names the device."""
NO_MEASUREMENTS = frozenset(
    {
        *(*DEVICES, *DEVICE_NAMES, "dst", "topic", "ssid", "bssid", "ip", "ipaddr", "ipaddress", "localip", "staip"),
        *("tempunit", "pressureunit", "speedunit"),
    }
)
"""At any depth: identifiers, addresses, and units of other members."""
VALUE_NAMES = ("name", "metric", "key", "tag", "parameter", "sensor")
"""Members that name a value in a list."""
SERIES = frozenset(
    {
        *("readings", "measurements", "measures", "samples", "records", "points", "datapoints", "history", "entries"),
        *("values", "data", "series", "events", "items", "messages", "log", "batch"),
    }
)
"""Lists of readings, if each has a time; in other lists, the place says what is measured."""
NOT_AT_THE_TOP = frozenset({*TIMES, "units"})


def plain(name: str) -> str:
    """Return a member's name as it is compared; a long one, which no tuple has, as it is."""
    return _plain(name) if len(name) <= _LONGEST_NAME else name


@lru_cache(maxsize=4096)
def _plain(name: str) -> str:
    return name.translate(_IGNORED).lower()


def is_scalar(value: object) -> bool:
    """Tell whether a value is a text, a number or a boolean."""
    return isinstance(value, str | int | Decimal)


def those_of(wanted: Iterable[str], members: Mapping[str, object]) -> list[Path]:
    """Return the paths of the wanted members that are there and hold a single value, in the order wanted."""
    names = {plain(name): name for name, value in members.items() if is_scalar(value)}
    return [(names[name],) for name in wanted if name in names]


def at(value: object, path: Path) -> object:
    """Return the value at a path, or None; members of lists are named by their number from 0."""
    for name in path:
        if isinstance(value, list) and name.isdigit() and int(name) < len(value):
            value = value[int(name)]
        else:
            value = value.get(name) if isinstance(value, dict) else None
    return value


def without(members: Members, path: Path) -> Members:
    """Return an object without the value at a path, which must be there; objects that held nothing else go with it."""
    name, *deeper = path
    inner = without(members[name], tuple(deeper)) if deeper else None  # type: ignore[arg-type]
    if inner:
        return members | {name: inner}
    return {other: value for other, value in members.items() if other != name}


@cache
def path_of(text: str) -> Path:
    """Return the path that names joined with dots stand for; the empty text is the whole message."""
    return tuple(text.split(".")) if text else ()
