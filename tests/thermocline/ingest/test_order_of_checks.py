"""What is checked before what: nobody without a write key makes the function unpack or parse a body."""

from __future__ import annotations

import base64
import gzip
import hmac

import msgspec
import pytest

from tests.fakes import FakeMetrics, FakeSink
from tests.fakes.clock import NOW
from tests.fakes.requests import SECRET, SOURCES, request, write_key
from thermocline.contracts import load_contracts
from thermocline.ingest.http.request import Request, Response
from thermocline.ingest.protocols.segment import CALL_OF_PATH
from thermocline.ingest.use_case import Ingest

BOMB = gzip.compress(b'{"batch":[' + b" " * 50_000_000, 1)
PATHS = ["/v1/events", "/v1/batch", "/v1/t", "/v1/import", "/v1/cdc/shop", "/topics/a", "/beacon/v1/batch"]
WRONG_KEYS = ["Bearer shop_wrong", "Basic c2hvcDo=", "AWS4-HMAC-SHA256 Credential=shop/20261122/eu-central-1/x/y"]


class Sealed(bytes):
    """A body that nobody may look into."""

    def startswith(self, *_: object) -> bool:
        raise AssertionError("the body was looked at")


def answered(asked: Request) -> Response:
    ingest = Ingest(
        sink=FakeSink(), metrics=FakeMetrics(), contracts=load_contracts(), sources=SOURCES, secret=lambda: SECRET
    )
    return ingest(asked)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("key", WRONG_KEYS)
def test_a_wrong_key_in_a_header_is_refused_before_a_bomb_is_unpacked(path: str, key: str) -> None:
    asked = request(path, Sealed(BOMB), source=None, headers={"authorization": key})
    assert answered(asked).body["code"] == "unauthorized"


@pytest.mark.parametrize("path", [path for path in PATHS if path not in CALL_OF_PATH and "beacon" not in path])
def test_so_is_a_request_without_a_key_where_no_key_is_in_the_body(path: str) -> None:
    assert answered(request(path, Sealed(BOMB), source=None)).body["code"] == "unauthorized"


def test_so_is_a_wrong_key_in_a_url() -> None:
    asked = request("/beacon/v1/batch", Sealed(BOMB), source=None)
    assert answered(msgspec.structs.replace(asked, query="writeKey=shop_wrong")).body["code"] == "unauthorized"


@pytest.mark.parametrize("path", PATHS)
def test_with_a_valid_key_the_bomb_is_unpacked_up_to_the_limit(path: str) -> None:
    source = {"/v1/cdc/shop": "shop-db", "/topics/a": "meters"}.get(path, "shop")
    assert answered(request(path, BOMB, source=source)).body["code"] == "body_too_large"
    with pytest.raises(AssertionError, match="looked at"):
        answered(request(path, Sealed(BOMB), source=source))


@pytest.mark.parametrize("path", ["/v1/batch", "/v1/t", "/beacon/v1/batch"])
def test_where_the_key_may_be_in_the_body_the_limits_come_first(path: str) -> None:
    assert answered(request(path, BOMB, source=None)).body["code"] == "body_too_large"


def test_a_key_in_a_compressed_body_is_read_although_half_an_emoji_stands_before_it() -> None:
    body = b'{"batch":[{"type":"track","event":"cut \\ud83d"}],"writeKey":"%s"}' % write_key("shop").encode()
    assert answered(request("/v1/batch", gzip.compress(body), source=None)).body["accepted"] == 1


@pytest.mark.parametrize(("signed", "code"), [(b"", None), (b"another body", "unauthorized")])
def test_a_signature_is_of_the_body_as_sent_and_looked_at_before_it_is_unpacked(
    signed: bytes, code: str | None
) -> None:
    body = gzip.compress(b'{"op":"c","source":{"connector":"postgresql","db":"d","schema":"s","table":"t","lsn":7}}')
    sent = str(int(NOW.timestamp()))
    text = f"m1.{sent}.".encode() + (signed or body)
    signature = base64.b64encode(hmac.digest(write_key("shop-db").encode(), text, "sha256")).decode()
    headers = {"webhook-id": "m1", "webhook-timestamp": sent, "webhook-signature": f"v1,{signature}"}
    answer = answered(request("/v1/cdc/shop", Sealed(body) if code else body, source=None, headers=headers))
    assert (answer.status, answer.body.get("code")) == (401 if code else 200, code)
