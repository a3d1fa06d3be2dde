"""What Segment's client for browsers sends: short paths, text/plain, the key in the body."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from tests.fakes import FakeMetrics, FakeSink
from tests.fakes.requests import SECRET, SOURCES, request, write_key
from thermocline.contracts import load_contracts
from thermocline.ingest.use_case import Ingest

CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36"
CALL = {
    "messageId": "ajs-next-1795346509393-1",
    "timestamp": "2026-11-22T12:30:00.250Z",
    "event": "Order Completed",
    "name": "Home",
    "userId": "u1",
    "previousId": "a1",
    "groupId": "g1",
    "anonymousId": "a1",
    "traits": {"plan": "free"},
    "properties": {"total": 19.99},
    "context": {"page": {"url": "https://shop.example/"}, "userAgent": CHROME, "library": {"name": "analytics.js"}},
    "integrations": {},
    "sentAt": "2026-11-22T12:30:02Z",
    "_metadata": {"bundled": ["Segment.io"]},
}
SHORT = {"t": "track", "p": "page", "i": "identify", "g": "group", "a": "alias", "s": "screen"}


def post(path: str, body: dict[str, Any]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    sink = FakeSink()
    ingest = Ingest(
        sink=sink, metrics=FakeMetrics(), contracts=load_contracts(), sources=SOURCES, secret=lambda: SECRET
    )
    text = msgspec.json.encode(body | {"writeKey": write_key("shop")})
    headers = {"content-type": "text/plain", "user-agent": CHROME, "origin": "https://shop.example"}
    answer = ingest(request(path, text, source=None, headers=headers))
    assert answer.status == 200
    return dict(answer.body), sink.rows("clickstream")


@pytest.mark.parametrize(("short", "long"), SHORT.items())
def test_a_short_path_gives_what_the_long_one_gives(short: str, long: str) -> None:
    answer, rows = post(f"/v1/{short}", CALL)
    assert (answer, rows) == post(f"/v1/{long}", CALL)
    assert answer == {"success": True, "accepted": 1, "quarantined": 0}
    (row,) = rows
    assert (row["event_type"], row["event_id"], row["user_id"]) == (long, CALL["messageId"], "u1")


def test_a_batch_has_a_short_path_too() -> None:
    batch = {"batch": [CALL | {"type": call, "messageId": call} for call in SHORT.values()], "sentAt": CALL["sentAt"]}
    answer, rows = post("/v1/b", batch)
    assert (answer, rows) == post("/v1/batch", batch)
    assert answer["accepted"] == 6
    assert [row["event_type"] for row in rows] == list(SHORT.values())


def test_the_key_does_not_reach_the_lake() -> None:
    for path in ("/v1/t", "/v1/b"):
        _, rows = post(path, CALL | {"batch": [CALL | {"type": "track"}]})
        assert write_key("shop") not in str(rows)
