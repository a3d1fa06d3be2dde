"""Signed requests, as Debezium Server makes them."""

from __future__ import annotations

import base64
import datetime as dt
import hmac

import msgspec
import pytest

from tests.fakes import FakeMetrics, FakeSink
from tests.fakes.clock import NOW
from tests.fakes.requests import SECRET, SOURCES, request, write_key
from thermocline.contracts import load_contracts
from thermocline.ingest.http.request import Request
from thermocline.ingest.http.standard_webhooks import is_signed_with
from thermocline.ingest.use_case import Ingest

BODY = b'[null,{"ts_ms":1}]'
NOW_SECONDS = int(NOW.timestamp())


def signature(secret: str, message: str) -> str:
    """Sign as the specification's own example does: the secret is base64 after its prefix."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    assert 24 <= len(key) <= 64
    return "v1," + base64.b64encode(hmac.digest(key, message.encode(), "sha256")).decode()


def webhook_secret(key: str) -> str:
    """Return a write key as docs/changes.md has Debezium Server given it."""
    return "whsec_" + base64.b64encode(key.encode()).decode()


def signed(
    source: str = "shop-db", *, sent: str = str(NOW_SECONDS), body: bytes = BODY, key: str | None = None
) -> Request:
    headers = {
        "webhook-id": "msg_1",
        "webhook-timestamp": sent,
        "webhook-signature": signature(webhook_secret(key or write_key(source)), f"msg_1.{sent}.{body.decode()}"),
    }
    return request("/v1/cdc/shop", body, source=None, headers=headers)


def status(sent: Request) -> int:
    ingest = Ingest(
        sink=FakeSink(),
        metrics=FakeMetrics(),
        contracts=load_contracts(),
        sources=SOURCES,
        secret=lambda: SECRET,
    )
    return ingest(sent).status


def test_the_specifications_example() -> None:
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    message = 'msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{"test": 2432232314}'
    assert signature(secret, message) == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_signature_names_its_source() -> None:
    assert status(signed()) == 200
    assert status(signed("shop")) == 403  # a valid source, but not of changes


@pytest.mark.parametrize("seconds", [-299, 0, 299])
def test_clocks_may_differ_a_little(seconds: int) -> None:
    assert status(signed(sent=str(NOW_SECONDS + seconds))) == 200


@pytest.mark.parametrize(
    "sent", ["", "soon", "-1", "1e9", "٣", "9" * 400, str(NOW_SECONDS - 301), str(NOW_SECONDS + 301)]
)
def test_an_old_request_cannot_be_sent_again(sent: str) -> None:
    assert status(signed(sent=sent)) == 401


def test_another_body_has_another_signature() -> None:
    assert status(msgspec.structs.replace(signed(), body=BODY + b" ")) == 401


@pytest.mark.parametrize("value", ["", "v1", "v1,", "v1,AAAA", "v2,é", " "])
def test_a_wrong_signature_is_unauthorized(value: str) -> None:
    good = signed()
    assert status(msgspec.structs.replace(good, headers={**good.headers, "webhook-signature": value})) == 401


def test_one_good_signature_among_several_is_enough() -> None:
    good = signed()
    both = f"v1,AAAA {good.headers['webhook-signature']}"
    assert is_signed_with(
        msgspec.structs.replace(good, headers={**good.headers, "webhook-signature": both}), write_key("shop-db")
    )


def test_a_wrong_key_is_not_saved_by_a_signature() -> None:
    good = signed()
    assert (
        status(msgspec.structs.replace(good, headers={**good.headers, "authorization": "Bearer shop-db.wrong"})) == 401
    )


def test_time_zones_do_not_matter() -> None:
    elsewhere = NOW.astimezone(dt.timezone(dt.timedelta(hours=9)))
    assert status(msgspec.structs.replace(signed(), received_at=elsewhere)) == 200
