from __future__ import annotations

import json

import pytest

from thermocline.events.cleaning import clean_clicks
from thermocline.events.names import is_address_name, may_hold_version

ADDRESS_NAMES = (
    *(
        "ip",
        "IP",
        "$ip",
        "ips",
        "ipv4",
        "IPv6",
        "ip_address",
        "ipAddress",
        "IPAddress",
        "ipaddress",
        "ip-address",
        "ip addr",
    ),
    *(
        "client_ip",
        "clientIp",
        "clientIP",
        "clientip",
        "$client_ip",
        "userIp",
        "user_ip_address",
        "remoteAddr",
        "remote_addr",
    ),
    *(
        "REMOTE_ADDR",
        "remoteAddress",
        "x-forwarded-for",
        "X-Forwarded-For",
        "x_forwarded_for",
        "XForwardedFor",
        "forwarded",
    ),
    *("HTTP_X_FORWARDED_FOR", "cf-connecting-ip", "CF-Connecting-IPv6", "true-client-ip", "x-real-ip", "X-Client-IP"),
    *(
        "fastly-client-ip",
        "x-cluster-client-ip",
        "device.ip",
        "last_ip",
        "sourceIp",
        "srcIP",
        "peer_addr",
        "publicIPv4",
    ),
    *("request_ip", "ip_list", "ip_v6", "ip4", "CloudFront-Viewer-Address", "clientInetAddress"),
)


@pytest.mark.parametrize("name", ADDRESS_NAMES)
def test_names_of_addresses(name: str) -> None:
    assert is_address_name(name)
    columns = {"properties": json.dumps({"a": {name: 1359103374}, "b": 1})}
    clean_clicks(columns, b"", redact=True)
    assert json.loads(columns["properties"]) == {"a": {}, "b": 1}


@pytest.mark.parametrize(
    "name",
    [
        *(
            "",
            "zip",
            "ship",
            "tip",
            "vip",
            "script",
            "description",
            "address",
            "shipping_address",
            "email_address",
            "added",
        ),
        *(
            "ipad",
            "ipod",
            "ip_masked",
            "ip_country",
            "ipInfo",
            "clip",
            "member_ship",
            "for",
            "forward",
            "x" * 1_000 + "_ip",
        ),
    ],
)
def test_other_names(name: str) -> None:
    assert not is_address_name(name)
    columns = {"properties": json.dumps({"a": {name: 7}})}
    before = dict(columns)
    clean_clicks(columns, b"", redact=True)
    assert columns["properties"] == before["properties"]


@pytest.mark.parametrize(
    "name", ["version", "app_version", "osVersion", "build", "fullVersionList", "userAgent", "ver", "firmware"]
)
def test_names_of_versions(name: str) -> None:
    assert may_hold_version(name)


@pytest.mark.parametrize("name", ["name", "conversion", "builder", "verified", "guar", "agency"])
def test_names_of_none(name: str) -> None:
    assert not may_hold_version(name)
