from __future__ import annotations

import pytest

from thermocline.ingest.protocols.topics import Topic


@pytest.mark.parametrize(
    ("name", "device", "bare", "sender"),
    [
        ("dt/acme/hq/dev1/env", "dev1", "env", None),
        ("$aws/rules/to_lake/dt/acme/hq/dev1/env", "dev1", "env", None),
        ("tele/hall/SENSOR", "hall", "SENSOR", "tasmota"),
        ("tele/upstairs/hall/SENSOR", "upstairs/hall", "SENSOR", "tasmota"),
        ("hall/tele/SENSOR", "hall", "SENSOR", "tasmota"),
        ("stat/hall/POWER1", "hall", "POWER1", "tasmota"),
        ("zigbee2mqtt/lamp", "lamp", None, "zigbee2mqtt"),
        ("zigbee2mqtt/kitchen/lamp", "kitchen/lamp", None, "zigbee2mqtt"),
        ("zigbee2mqtt/kitchen/lamp/availability", "kitchen/lamp", "availability", "zigbee2mqtt"),
        ("zigbee2mqtt/bridge/state", "bridge", "state", "zigbee2mqtt-bridge"),
        ("shellies/shellyht-B929CC/sensor/temperature", "shellyht-B929CC", "sensor.temperature", "shelly-gen1"),
        ("shellies/shelly1-98/relay/0", "shelly1-98", "relay.0", "shelly-gen1"),
        ("shellyplus1-a8032abe54dc/events/rpc", "shellyplus1-a8032abe54dc", None, "shelly"),
        ("shellyplus1-a8032abe54dc/status/switch:0", "shellyplus1-a8032abe54dc", "switch:0", "shelly"),
        ("shellyplus1-a8032abe54dc/online", "shellyplus1-a8032abe54dc", "online", "shelly"),
        ("living/sensor/temperature/state", "living", "temperature", "esphome"),
        ("house/living/climate/ac/mode/state", "house/living", "ac.mode", "esphome"),
        ("v3/app@ttn/devices/dev1/up", "dev1", None, "ttn"),
        ("application/1/device/0101010101010101/event/up", "0101010101010101", None, "chirpstack"),
        ("$aws/things/boiler/shadow/update/accepted", "boiler", None, "aws-shadow"),
        ("$aws/things/boiler/shadow/name/config/update/accepted", "boiler", None, "aws-shadow"),
        ("spBv1.0/plant/NDATA/edge", "edge", None, "sparkplug"),
        ("spBv1.0/plant/DDATA/edge/press", "edge/press", None, "sparkplug"),
        ("owntracks/ann/phone", "ann/phone", None, "owntracks"),
        ("owntracks/ann/phone/waypoint", "ann/phone", None, "owntracks"),
        ("N/c0619ab9929a/vebus/276/Ac/Out/L1/V", "c0619ab9929a", "vebus.276.Ac.Out.L1.V", "victron"),
        ("homie/5/car/engine/temperature", "car", "engine.temperature", "homie"),
    ],
)
def test_topics_of_known_senders_name_the_device(name: str, device: str, bare: str | None, sender: str | None) -> None:
    topic = Topic.parse(name)
    assert (topic.name, topic.device_id, topic.bare, topic.sender) == (name, device, bare, sender)


@pytest.mark.parametrize(
    "name",
    [
        "factory/line",
        "dt/acme/hq/dev1",
        "dt/acme/hq/dev1/env/more",
        "zigbee2mqtt/kitchen/lamp/set",
        "zigbee2mqtt/kitchen/lamp/set/state",
        "zigbee2mqtt/lamp/get",
        "shellies/announce",
        "shellies/shelly1-98/relay/0/command",
        "shellyplus1-98/command",
        "homie/car/engine/temperature/set",
        "cmnd/hall/POWER",
        "owntracks/ann",
        "owntracks/ann/phone/cmd",
        "N/c0619ab9929a/keepalive",
        "W/c0619ab9929a/vebus/276/Mode",
        "living/sensor/temperature/config",
    ],
)
def test_other_topics_and_commands_name_none(name: str) -> None:
    assert Topic.parse(name) == Topic(name)
