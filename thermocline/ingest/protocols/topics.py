"""MQTT topics: the device and the metric that the topics of known senders name."""

from __future__ import annotations

import re
from typing import NamedTuple, Self

import msgspec

_BASIC_INGEST = re.compile(r"\$aws/rules/[^/]+/")
_ESPHOME = (
    "sensor|binary_sensor|text_sensor|switch|light|fan|cover|climate|lock|number|select|text|button|valve|event|update"
)


class _Form(NamedTuple):
    """`pattern` names `device`, and `stream`, `metric` (in front of the members' names) or `bare` (for bare values)."""

    sender: str | None
    pattern: re.Pattern[str]


def _form(sender: str | None, pattern: str) -> _Form:
    return _Form(sender, re.compile(pattern))


# The first one that fits counts. Commands (set, get, command) are no measurements and fit none.
_FORMS = (
    _form(None, r"dt/[^/]+/[^/]+/(?P<device>[^/]+)/(?P<stream>[^/]+)"),
    _form("tasmota", r"(?:tele|stat)/(?P<device>.+)/(?P<bare>[^/]+)"),
    _form("tasmota", r"(?P<device>.+)/(?:tele|stat)/(?P<bare>[^/]+)"),
    _form("zigbee2mqtt-bridge", r"zigbee2mqtt/(?P<device>bridge)/(?P<metric>.+)"),
    _form("zigbee2mqtt", r"zigbee2mqtt/(?P<device>.+)/(?P<metric>availability)"),
    _form("zigbee2mqtt", r"zigbee2mqtt/(?!.*/(?:set|get)(?:/|$))(?P<device>.+)"),
    _form("shelly-gen1", r"shellies/(?P<device>[^/]+)/(?!.*command$)(?P<metric>.+)"),
    _form("shelly", r"(?P<device>shelly[^/]+)/(?:events/)?rpc"),
    _form("shelly", r"(?P<device>shelly[^/]+)/(?:status/)?(?!command$)(?P<metric>[^/]+)"),
    _form("esphome", rf"(?P<device>.+)/(?:{_ESPHOME})/(?P<metric>.+)/state"),
    _form("ttn", r"v3/[^/]+/devices/(?P<device>[^/]+)/.+"),
    _form("chirpstack", r"application/[^/]+/device/(?P<device>[^/]+)/.+"),
    _form("aws-shadow", r"\$aws/things/(?P<device>[^/]+)/shadow/.+"),
    _form("sparkplug", r"spBv1\.0/[^/]+/[ND](?:BIRTH|DATA|DEATH)/(?P<device>[^/]+(?:/[^/]+)?)"),
    _form("owntracks", r"owntracks/(?P<device>[^/]+/[^/]+)(?!/cmd$)(?:/[^/]+)?"),
    _form("victron", r"N/(?P<device>[^/]+)/(?P<metric>[^/]+/[0-9]+/.+)"),
    _form("homie", r"homie/(?:[1-9]\d*/)?(?P<device>[^/]+)/(?!.*/set$)(?P<metric>.+)"),
)


class Topic(msgspec.Struct, frozen=True):
    """An MQTT topic, and what it says of its messages.

    Attributes
    ----------
    stream
        Of ``dt/<tenant>/<site>/<device>/<stream>``.
    metric
        What the topic says is measured, in front of the names in the message.
    bare
        The name of a value without one.
    sender
        The kind of sender that publishes to such topics.
    """

    name: str
    device_id: str | None = None
    stream: str | None = None
    metric: str | None = None
    bare: str | None = None
    sender: str | None = None

    @classmethod
    def parse(cls, name: str) -> Self:
        """Read a topic's name; AWS's basic ingest puts ``$aws/rules/<rule>/`` in front of it."""
        text = _BASIC_INGEST.sub("", name, count=1) if name.startswith("$aws/rules/") else name
        for form in _FORMS:
            if match := form.pattern.fullmatch(text):
                parts = match.groupdict()
                metric = parts.get("metric")
                metric = metric.replace("/", ".") if metric else None
                stream = parts.get("stream")
                return cls(name, parts["device"], stream, metric, parts.get("bare") or metric or stream, form.sender)
        return cls(name)
