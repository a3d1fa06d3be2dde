"""An event that a client sends again is the same event: one id, one fingerprint; and two events never are."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from tests.thermocline.ingest.test_use_case import endpoint

CALL = {"type": "track", "event": "d1", "messageId": "m", "userId": "u", "timestamp": "2026-11-22T12:00:00Z"}


def keys(path: str, *bodies: bytes, **options: Any) -> list[tuple[str, str, int]]:
    lake = endpoint()
    for body in bodies:
        answer = lake.post(path, body, **options)
        assert answer.body["quarantined"] == 0, lake.sink.rows("quarantine")
    return [(row["source"], row["event_id"], row["fingerprint"]) for row in lake.sink.rows("clickstream")]


def batches(*events: dict[str, Any], **batch: Any) -> list[bytes]:
    return [msgspec.json.encode({"batch": [event]} | batch) for event in events]


@pytest.mark.parametrize(
    "changed",
    [
        {"sentAt": "2026-11-22T12:00:09Z"},
        {"_metadata": {"retryCount": 1}},
        {"_metadata": {"retryCount": 2, "bundled": ["Segment.io"], "failedInitializations": ["x"]}, "sentAt": "x"},
        {"writeKey": "another"},
        {"receivedAt": "2026-11-22T12:00:09Z", "request_ip": "203.0.113.9"},
    ],
)
def test_a_retry_of_segments_or_rudderstacks_clients(changed: dict[str, Any]) -> None:
    first, retry = batches(CALL, CALL | changed)
    pretty = msgspec.json.format(retry, indent=2)
    swapped = batches(dict(reversed((CALL | changed).items())))[0]
    assert len(set(keys("/v1/batch", first, retry, pretty, swapped))) == 1
    singles = [msgspec.json.encode(event) for event in (CALL, CALL | changed)]
    assert len(set(keys("/v1/track", *singles))) == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"userId": "v"},
        {"properties": {"_metadata": {"retryCount": 1}}},
        {"properties": {"sentAt": 1}},
        {"context": {"sentAt": 1}},
        {"timestamp": "2026-11-22T12:00:01Z"},
        {"messageId": "n"},
    ],
)
def test_another_event_is_another(changed: dict[str, Any]) -> None:
    for sent in ({}, {"sentAt": "2026-11-22T12:00:01Z", "_metadata": {"retryCount": 1}}):
        assert len(set(keys("/v1/batch", *batches(CALL | sent, CALL | changed | sent)))) == 2


def test_a_retry_in_a_large_batch_is_the_same_as_alone() -> None:
    many = [CALL | {"messageId": str(number), "sentAt": str(number), "_metadata": {}} for number in range(40)]
    alone = keys("/v1/batch", *batches(*[{name: e[name] for name in CALL} for e in many]))
    together = keys("/v1/batch", msgspec.json.encode({"batch": many}))
    # A long text is checked on its own, and is the same event then, too.
    assert alone == together
    long = CALL | {"properties": {"text": "é\\u003a:" * 9_000}}
    assert len(set(keys("/v1/batch", *batches(long, long | {"sentAt": "x"})))) == 1


def test_a_retry_of_a_native_client() -> None:
    event = {"event_id": "e", "event_name": "Seen", "event_time": "2026-11-22T12:00:00Z"}
    bodies = [
        msgspec.json.encode(event | sent)
        for sent in ({}, {"sent_at": 1795346509393}, {"sent_at": "2026-11-22T12:00:09Z"})
    ]
    assert len(set(keys("/v1/events", *bodies))) == 1


@pytest.mark.parametrize("name", ["traceparent", "tracestate", "knativearrivaltime"])
def test_a_retry_of_a_cloudevents_client(name: str) -> None:
    event = {"id": "1", "source": "/s", "specversion": "1.0", "type": "t"}
    bodies = [msgspec.json.encode(event | {name: value}) for value in ("a", "b")]
    assert len(set(keys("/v1/events", *bodies, headers={"content-type": "application/cloudevents+json"}))) == 1
    other = msgspec.json.encode(event | {"subject": "x"})
    assert len(set(keys("/v1/events", bodies[0], other, headers={"content-type": "application/cloudevents+json"}))) == 2


def ids_refused(path: str, body: bytes, **options: Any) -> list[str]:
    lake = endpoint()
    assert lake.post(path, body, **options).status == 200
    assert "clickstream" not in lake.sink.records
    return [row["detail"] for row in lake.sink.rows("quarantine")]


@pytest.mark.parametrize("lost", [b"\\ud83d", b"\\uDE00", b"\xef\xbf\xbd", b"\\ufffd"])
@pytest.mark.parametrize(
    ("path", "name", "column"),
    [
        ("/v1/track", b"messageId", "event_id"),
        ("/v1/track", b"userId", "user_id"),
        ("/v1/track", b"anonymousId", "anonymous_id"),
        ("/v1/alias", b"previousId", "previous_id"),
        ("/v1/group", b"groupId", "group_id"),
        ("/v1/events", b"event_id", "event_id"),
        ("/v1/events", b"user_id", "user_id"),
        ("/v1/events", b"session_id", "session_id"),
    ],
)
def test_an_id_that_lost_characters_could_be_two(path: str, name: bytes, column: str, lost: bytes) -> None:
    body = b'{"%s":"a%s"}' % (name, lost)
    assert ids_refused(path, body) == [f"{column}: characters were lost, so it may be two ids"]


def test_a_structured_cloudevents_id_that_lost_characters() -> None:
    body = b'{"id":"a\\ud83d","source":"/s","specversion":"1.0","type":"t"}'
    (detail,) = ids_refused("/v1/events", body, headers={"content-type": "application/cloudevents+json"})
    assert detail.startswith("event_id: characters were lost")


def test_other_text_is_repaired_and_its_neighbours_go_on() -> None:
    lake = endpoint()
    lake.post("/v1/track", b'{"messageId":"\\ud83d\\ude00","event":"a\\ud83d","properties":{"\\udE00":1}}')
    (row,) = lake.sink.rows("clickstream")
    assert (row["event_id"], row["event_name"]) == ("😀", "a\ufffd")


@pytest.mark.parametrize("sent", ["caf%E9", "caf%E8", "%C0%A0", "%ED%A0%80", "%", "100%", "a%2", "%zz"])
def test_a_binary_cloudevents_id_that_is_not_percent_encoded_utf_8(sent: str) -> None:
    headers = {
        "ce-id": sent,
        "ce-source": "/s",
        "ce-specversion": "1.0",
        "ce-type": "t",
        "content-type": "application/json",
    }
    (detail,) = ids_refused("/v1/events", b'{"a":1}', headers=headers)
    assert detail.startswith("ce-id: ")


def test_a_refused_binary_cloudevent_keeps_what_was_sent() -> None:
    lake = endpoint()
    headers = {"ce-id": "1", "ce-source": "/s", "ce-specversion": "1.0", "ce-type": "t", "ce-subject": "%FF"}
    lake.post("/v1/events", b'{"a":1}', headers=headers)
    (row,) = lake.sink.rows("quarantine")
    assert msgspec.json.decode(row["payload"])["subject"] == "%FF"
    assert row["detail"] == "ce-subject: what is percent-encoded must be UTF-8"


def test_a_topic_that_lost_characters_could_be_two_devices() -> None:
    answer = endpoint().post("/topics/dt%2Fa%2Fb%2Fcaf%E9%2Fd", b'{"metrics":{"m":1}}', source="meters")
    assert (answer.status, answer.body["code"]) == (400, "invalid_path")
    good = endpoint().post("/topics/dt%2Fa%2Fb%2Fcaf%C3%A9%2Fd", b'{"metrics":{"m":1}}', source="meters")
    assert good.body["quarantined"] == 0


@pytest.mark.parametrize("lost", [b"\\ud800", b"\xef\xbf\xbd"])
def test_keys_and_metrics_that_lost_characters_could_be_two(lost: bytes) -> None:
    source = b'{"connector":"postgresql","db":"shop","schema":"public","table":"orders","lsn":7}'
    change = b'{"op":"c","before":null,"after":{"id":"%s"},"source":%s}' % (lost, source)
    lake = endpoint()
    assert lake.post("/v1/cdc/shop", change, source="shop-db").status == 200
    record = b'[{"n":"t%s","v":1}]' % lost
    assert lake.post("/topics/dt/a/b/c/d", record, source="meters").status == 200
    details = [row["detail"] for row in lake.sink.rows("quarantine")]
    assert details == [f"{column}: characters were lost, so it may be two ids" for column in ("pk", "metric")]
