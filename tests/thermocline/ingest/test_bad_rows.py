"""A bad row keeps what a replay needs: what stood around the event, and who it is, computed before anything was cut."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.fakes import FakeMetrics, FakeSink
from tests.fakes.requests import SECRET, request
from thermocline.contracts import load_contracts
from thermocline.events.identity import digest_id, fingerprint
from thermocline.events.write_keys import derive_write_key
from thermocline.ingest.identity import identity_of
from thermocline.ingest.use_case import Ingest
from thermocline.sources import Source

SOURCES = {
    "shop": Source(stream="clickstream"),
    "silent": Source(stream="clickstream", anonymous=True),
    "app": Source(stream="clickstream", pseudonymise=True),
    "asking": Source(stream="clickstream", consent="analytics"),
    "open": Source(stream="clickstream", redact=False),
    "meters": Source(stream="telemetry"),
    "wearables": Source(stream="telemetry", pseudonymise=True),
    "shop-db": Source(stream="cdc_log"),
}
IDS = ("replay_event_id", "replay_fingerprint")


def post(
    path: str, body: object, source: str = "shop", stream: str = "quarantine", **headers: str
) -> list[dict[str, Any]]:
    sink = FakeSink()
    ingest = Ingest(
        sink=sink, metrics=FakeMetrics(), contracts=load_contracts(), sources=SOURCES, secret=lambda: SECRET
    )
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    bearer = {"authorization": f"Bearer {derive_write_key(SECRET, source)}", **headers}
    assert ingest(request(path, raw, source=None, headers=bearer)).status == 200
    return sink.rows(stream)


def context(row: dict[str, Any]) -> Any:
    return json.loads(row["context"])


def test_two_devices_bad_rows_say_whose_they_are() -> None:
    body = {"ts": "soon", "metrics": {"t": 1}}
    (a,), (b,) = (post(f"/topics/dt/acme/hq/{device}/env", body, "meters") for device in ("devA", "devB"))
    assert (context(a)["topic"], context(b)["topic"]) == ("dt/acme/hq/devA/env", "dt/acme/hq/devB/env")
    assert a["event_id"] != b["event_id"]
    assert a["replayable"] is True
    assert post("/topics/dt/acme/hq/devA/env", body, "meters")[0]["event_id"] == a["event_id"]


def test_a_single_calls_bad_row_says_which_call_it_was() -> None:
    body = {
        "event": "rp",
        "messageId": "rp-single",
        "userId": "u",
        "timestamp": "not a time",
        "sentAt": "2026-11-22T12:00:00Z",
    }
    (row,) = post("/v1/track", body)
    assert context(row)["call"] == "track"
    assert (row["replay_event_id"], row["sent_at"]) == ("rp-single", "2026-11-22T12:00:00Z")
    assert "original_time" not in row
    (page,) = post("/v1/page", body)
    assert page["event_id"] != row["event_id"]


def test_a_batchs_bad_row_says_when_it_was_sent() -> None:
    body = {
        "sentAt": "2026-11-22T12:30:02Z",
        "batch": [{"type": "purchase", "messageId": "m1", "timestamp": "2026-11-22T12:30:00Z"}],
    }
    (row,) = post("/v1/batch", body)
    assert context(row)["sent_at"] == "2026-11-22T12:30:02Z"
    assert (row["original_time"], row["sent_at"]) == ("2026-11-22T12:30:00Z", "2026-11-22T12:30:02Z")
    (again,) = post("/v1/batch", body | {"sentAt": "2026-11-22T12:35:00Z"})
    assert again["event_id"] == row["event_id"]


def test_a_changes_bad_row_says_which_connector_sent_it() -> None:
    (row,) = post(
        "/v1/cdc/crm-eu",
        {"op": "c", "after": {"id": 1}, "source": {"connector": "oracle", "db": "x", "table": "t"}},
        "shop-db",
    )
    assert context(row)["connector"] == "crm-eu"


@pytest.mark.parametrize("source", ["shop", "app", "silent"])
def test_a_bad_row_is_who_the_good_one_would_have_been(source: str) -> None:
    event = {"messageId": "m1", "timestamp": "2026-11-22T12:00:00Z", "context": {"ip": "203.0.113.77"}}
    (good,) = post("/v1/track", event, source, "clickstream")
    (bad,) = post("/v1/track", event | {"properties": {"t": "x" * 300_000}}, source)
    assert bad["replay_event_id"] == good["event_id"]
    assert bad["original_time"] == good["original_time"]
    assert bad["replayable"] is False


def test_the_identity_is_of_what_was_sent_and_not_of_what_is_kept() -> None:
    raw = b'{"event_time":"2026-11-22T12:00:00Z","currency":"xxxxxxxxxxxxxxxxx","context":{"ip":"203.0.113.77"}}'
    (row,) = post("/v1/events", raw)
    assert "203.0.113.77" not in row["payload"]
    identity = identity_of(raw, ())
    assert (row["replay_fingerprint"], row["replay_event_id"]) == (fingerprint(identity), digest_id("shop", identity))


def test_events_over_a_limit_keep_who_they_are() -> None:
    event = {"messageId": "m1", "timestamp": "2026-11-22T12:00:00Z", "properties": {"t": "x" * 300_000}}
    (row,) = post("/v1/track", event)
    assert (row["reason"], row["replay_event_id"], row["original_time"]) == ("too_large", "m1", "2026-11-22T12:00:00Z")
    (twice,) = post("/v1/track", b'{"messageId":"m2","properties":{"a":1,"a":2}}')
    assert (twice["reason"], twice["replay_event_id"]) == ("malformed", "m2")


@pytest.mark.parametrize("event_id", ["x" * 257, 7])
def test_an_id_that_can_never_be_one_is_none(event_id: object) -> None:
    (row,) = post("/v1/events", {"event_id": event_id})
    assert row.get("replay_event_id") != event_id


@pytest.mark.parametrize("source", ["silent", "app", "asking"])
@pytest.mark.parametrize("path", ["/v1/track", "/v1/batch", "/v1/events", "/topics/dt/acme/hq/u-alice/env"])
def test_the_envelope_of_a_private_source_leaks_nothing(source: str, path: str) -> None:
    click = {"messageId": "u-alice", "event_id": "u-alice", "timestamp": "soon", "event_time": "soon"}
    of_device = path.startswith("/topics")
    event: dict[str, object] = {"device_id": "u-alice", "ts": "soon", "metrics": {"t": 1}} if of_device else {**click}
    name = "wearables" if of_device else source
    (row,) = post(path, {"batch": [event]} if path == "/v1/batch" else event, name)
    assert "alice" not in json.dumps(row)
    assert ("payload" not in row, "context" not in row, row["replayable"]) == (True, True, False)


def test_two_devices_of_a_private_source_have_rows_of_their_own() -> None:
    body = {"ts": "soon", "metrics": {"t": 1}}
    ids = {
        post(f"/topics/dt/a/b/{device}/env", body, "wearables")[0]["event_id"] for device in ("devA", "devB", "devA")
    }
    assert len(ids) == 2


def test_identities_of_private_sources_are_keyed() -> None:
    body = {"messageId": "m1", "timestamp": "soon"}
    plain, keyed = post("/v1/track", body)[0], post("/v1/track", body, "app")[0]
    assert all(plain[name] != keyed[name] for name in IDS)
    assert [keyed[name] for name in IDS] == [post("/v1/track", body, "silent")[0][name] for name in IDS]


def test_consent_leaves_the_envelope() -> None:
    body = {"timestamp": "soon", "context": {"consent": {"categoryPreferences": {"analytics": True}}}}
    (row,) = post("/v1/track", body, "asking")
    assert (context(row)["call"], row["replayable"]) == ("track", True)


def test_a_source_may_keep_secrets_in_urls_of_bad_rows() -> None:
    body = {"timestamp": "soon", "properties": {"url": "https://a.example/?token=x"}}
    assert "token=REDACTED" in post("/v1/track", body)[0]["payload"]
    kept = post("/v1/track", body, "open")[0]
    assert ("token=x" in kept["payload"], kept["replayable"]) == (True, True)
