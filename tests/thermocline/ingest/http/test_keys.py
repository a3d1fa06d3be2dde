from __future__ import annotations

import base64

import pytest

from tests.fakes.requests import request
from thermocline.ingest.http.keys import write_key_of

KEY = "shop.abc234"


def basic(user: str) -> str:
    return "Basic " + base64.b64encode(user.encode()).decode()


SIGV4 = (
    f"AWS4-HMAC-SHA256 Credential={KEY}/20261122/eu-central-1/iotdata/aws4_request, "
    "SignedHeaders=content-type;host;x-amz-date, Signature=00ff"
)


@pytest.mark.parametrize(
    "header", [basic(f"{KEY}:"), basic(KEY), basic(f"{KEY}:pw"), f"Bearer {KEY}", f"bearer  {KEY} ", SIGV4]
)
def test_every_client_has_its_place_for_the_key(header: str) -> None:
    assert write_key_of(request("/", source=None, headers={"authorization": header})) == KEY


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer ",
        "Basic",
        "Basic %%%",
        "Basic é",
        "Basic /w==",
        basic(":pw"),
        "Digest x",
        "AWS4-HMAC-SHA256 x",
        KEY,
    ],
)
def test_other_headers_hold_no_key(header: str) -> None:
    assert write_key_of(request("/", source=None, headers={"authorization": header})) is None


def test_without_a_header_there_is_no_key() -> None:
    assert write_key_of(request("/", source=None)) is None
