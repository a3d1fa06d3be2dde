"""What ingest refused is read again as if it were accepted when it was received."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import msgspec
import pytest

from tests.fakes import FakeMetrics, FakeSink
from tests.fakes.epochs import FakeEpochs
from tests.fakes.quarantine import as_stored
from tests.fakes.requests import SECRET, request
from tests.fakes.sink import lines_of
from tests.thermocline.contracts.changes import column
from tests.thermocline.contracts.tables import table
from thermocline.contracts import Contract, load_contracts
from thermocline.errors import RefusedEvent
from thermocline.events.quarantined import Quarantined
from thermocline.events.write_keys import derive_write_key
from thermocline.ingest.again import ReadAgain
from thermocline.ingest.epochs import ProcessEpochs
from thermocline.ingest.use_case import Ingest
from thermocline.sources import Source

ORDERS = table(
    column("id", "bigint", classification="internal", required=True),
    column("note", classification="internal"),
    column("city", path="address.city", classification="internal"),
    identity=("id",),
    name="orders",
)
CONTRACTS = dict(load_contracts()) | {"orders": ORDERS}
SOURCES = {
    "shop": Source(stream="clickstream"),
    "meters": Source(stream="telemetry"),
    "shop-db": Source(stream="cdc_log", primary_keys={"public.orders": ("id",)}),
    "crm": Source(stream="orders"),
}
TIME = "2026-11-22T11:58:00Z"
CLICK = {"event_id": "e1", "event_name": "seen", "event_time": TIME, "user_id": "u1", "properties": {"a": 1.50}}
CALL = {"type": "track", "event": "Seen", "messageId": "m1", "userId": "u", "originalTimestamp": TIME}
CHANGE = {
    "op": "u",
    "before": None,
    "after": {"id": 7, "total": "1.50"},
    "source": {"connector": "postgresql", "db": "shop", "schema": "public", "table": "orders", "lsn": 4711, "txId": 5,
               "ts_ms": 1795348800000},
}  # fmt: skip
CLOUD = {"specversion": "1.0", "id": "c1", "source": "/shop", "type": "seen", "time": TIME, "data": {"a": [1, 2]}}
BATCH = {"batch": [CALL, CALL | {"messageId": "m2"}], "sentAt": "2026-11-22T11:59:00Z", "context": {"locale": "de-DE"}}
PACK = [
    {"bn": "urn:dev:mac:0024befffe804ff1/", "bt": 1795348700.5, "bu": "Cel", "bver": 10},
    {"n": "inside", "v": 23.5, "t": 1},
    {"n": "outside", "u": "lx", "v": 1},
    {"n": "door", "vb": True},
]
NDJSON = {"content-type": "application/x-ndjson"}
_encode = msgspec.json.encode

REQUESTS: dict[str, tuple[str, str, bytes, Mapping[str, str]]] = {
    "native": ("shop", "/v1/events", _encode(CLICK), {}),
    "native without id": ("shop", "/v1/events", _encode({"event_name": "x", "event_time": TIME}), {}),
    "native without id and time": ("shop", "/v1/events", _encode([{"event_name": "x"}, {"event_name": "x"}]), {}),
    "native lines": ("shop", "/v1/events", _encode(CLICK) + b"\n" + _encode(CLICK | {"event_id": "e2"}), NDJSON),
    "segment track": ("shop", "/v1/track", _encode(CALL | {"sentAt": "2026-11-22T11:59:30Z"}), {}),
    "segment page": ("shop", "/v1/p", _encode({"name": "Home", "messageId": "p", "anonymousId": "a"}), {}),
    "segment batch": ("shop", "/v1/batch", _encode(BATCH), {}),
    "segment import": ("shop", "/v1/import", _encode(BATCH), {}),
    "cloudevent": ("shop", "/v1/events", _encode(CLOUD), {"content-type": "application/cloudevents+json"}),
    "cloudevents": ("shop", "/v1/events", _encode([CLOUD]), {"content-type": "application/cloudevents-batch+json"}),
    "cloudevent, binary": (
        "shop", "/v1/events", b'{"a": 1}',
        {"content-type": "application/json", "ce-specversion": "1.0", "ce-id": "b1", "ce-source": "/s", "ce-type": "t"},
    ),
    "metrics": ("meters", "/topics/dt/a/b/dev1/env", _encode({"ts": TIME, "metrics": {"t": 1.5, "h": 60}}), {}),
    "metrics without time": ("meters", "/topics/dt/a/b/dev1/env", b'{"metrics":{"t":1.5,"h":60},"seq":4}', {}),
    "metrics, nothing": ("meters", "/topics/dt/a/b/dev1/env", b'[{"metrics":{"t":1}},{"metrics":{"t":1}}]', {}),
    "own JSON": ("meters", "/topics/dt/a/b/dev1/env", b'{"time":"2026-11-22T11:00:00Z","temp":{"in":2,"out":3}}', {}),
    "bare value": ("meters", "/topics/shellies/plug-1/relay/0/power", b"12.5", {}),
    "posted telemetry": ("meters", "/v1/events", b'{"device_id":"d9","ts":1795348800,"metrics":{"t":2}}', {}),
    "senml": ("meters", "/topics/dt/a/b/dev1/env", _encode(PACK), {}),
    "senml without base": ("meters", "/topics/t", b'[{"n":"urn:dev:ow:1:t","v":1},{"n":"urn:dev:ow:1:","v":2}]', {}),
    "change": ("shop-db", "/v1/cdc/crm", _encode([CHANGE]), {}),
    "change of an epoch": ("shop-db", "/v1/cdc/crm/3", _encode(CHANGE), {}),
    "row": ("crm", "/v1/events", b'{"id":7,"note":"a","address":{"city":"x"},"more":1}', {}),
    "rows": ("crm", "/v1/events", b'[{"id":7},{"id":8,"note":"b"}]', {}),
    "csv": ("crm", "/v1/events", b'id,note,address.city\r\n7,"a ""b""\r\nc",\r\n8,,""', {"content-type": "text/csv"}),
    "rows as cloudevents": (
        "crm", "/v1/events", _encode(CLOUD | {"data": {"id": 5}}), {"content-type": "application/cloudevents+json"},
    ),
}  # fmt: skip


class Lake:
    """An endpoint with epochs of its own, whose contracts may refuse everything."""

    def __init__(self, contracts: Mapping[str, Contract], epochs: FakeEpochs | None = None) -> None:
        self.sink = FakeSink()
        self.epochs = epochs or FakeEpochs()
        self.ingest = Ingest(
            sink=self.sink, metrics=FakeMetrics(), contracts=contracts, sources=SOURCES, secret=lambda: SECRET,
            epochs=self.epochs,
        )  # fmt: skip

    def post(self, source: str, path: str, body: bytes, headers: Mapping[str, str]) -> None:
        key = {"authorization": f"Bearer {derive_write_key(SECRET, source)}"}
        answer = self.ingest(request(path, body, source=None, headers={**headers, **key}))
        assert answer.status == 200, answer.body

    def lines(self, stream: str) -> list[bytes]:
        return list(lines_of(self.sink.records.get(stream, [])))

    @property
    def bad(self) -> list[Quarantined]:
        return [as_stored(row) for row in self.sink.rows("quarantine")]


def refusing(stream: str) -> dict[str, Contract]:
    """Return contracts of which one refuses every event by a column that all have."""
    contract = CONTRACTS[stream]
    columns = [msgspec.structs.replace(c, pattern="^never$") if c.name == "source" else c for c in contract.columns]
    return CONTRACTS | {stream: msgspec.structs.replace(contract, columns=tuple(columns))}


def again(epochs: FakeEpochs | ProcessEpochs | None = None, **sources: Source) -> ReadAgain:
    return ReadAgain(
        contracts=CONTRACTS, sources=SOURCES | sources, secret=lambda: SECRET, epochs=epochs or ProcessEpochs()
    )


def refused(source: str, path: str, body: bytes, headers: Mapping[str, str]) -> tuple[list[Quarantined], Lake]:
    strict = Lake(refusing(SOURCES[source].stream))
    strict.post(source, path, body, headers)
    return strict.bad, strict


@pytest.mark.parametrize("name", REQUESTS)
def test_it_is_the_line_of_an_event_that_was_accepted_at_first(name: str) -> None:
    accepting = Lake(CONTRACTS)
    accepting.post(*REQUESTS[name])
    expected = accepting.lines(SOURCES[REQUESTS[name][0]].stream)
    bad, strict = refused(*REQUESTS[name])
    assert len(bad) == len(expected) >= 1
    assert all(row.replayable for row in bad)
    read = again(strict.epochs)
    assert [line for row in bad for line in read(row)] == expected


@pytest.mark.parametrize("name", REQUESTS)
def test_its_identity_is_the_one_that_quarantine_keeps(name: str) -> None:
    bad, strict = refused(*REQUESTS[name])
    read = again(strict.epochs)
    kept = [(row.replay_event_id, row.replay_fingerprint) for row in bad]
    rows = [msgspec.json.decode(line) for row in bad for line in read(row)]
    assert [(row["event_id"], row["fingerprint"]) for row in rows] == kept


@pytest.mark.parametrize("name", REQUESTS)
def test_what_is_refused_still_is_refused_again(name: str) -> None:
    source = REQUESTS[name][0]
    bad, strict = refused(*REQUESTS[name])
    read = ReadAgain(
        contracts=refusing(SOURCES[source].stream), sources=SOURCES, secret=lambda: SECRET, epochs=strict.epochs
    )
    for row in bad:
        with pytest.raises(RefusedEvent, match="source"):
            read(row)


def test_of_a_message_only_the_event_that_was_refused_comes_back() -> None:
    lake = Lake(CONTRACTS)
    long = "x" * 300
    lake.post("meters", "/topics/dt/a/b/d/env", _encode({"ts": TIME, "metrics": {"t": 1, long: 2, "h": 3}}), {})
    (row,) = lake.bad
    assert len(lake.lines("telemetry")) == 2
    wide = CONTRACTS["telemetry"]
    columns = [msgspec.structs.replace(c, max_length=None) if c.name == "metric" else c for c in wide.columns]
    contracts = CONTRACTS | {"telemetry": msgspec.structs.replace(wide, columns=tuple(columns))}
    read = ReadAgain(contracts=contracts, sources=SOURCES, secret=lambda: SECRET, epochs=ProcessEpochs())
    (line,) = read(row)
    assert msgspec.json.decode(line)["metric"] == long


def test_a_message_that_was_refused_as_a_whole_comes_back_as_a_whole_and_each_event_has_an_id() -> None:
    row = as_stored(_bad_message(b'{"metrics":{"t":1,"h":2}}', replay_event_id="r1"))
    first, second = again()(row), again()(row)
    ids = [msgspec.json.decode(line)["event_id"] for line in first]
    assert first == second
    assert len(set(ids)) == 2
    other = as_stored(_bad_message(b'{"metrics":{"t":1,"h":2}}', replay_event_id="r2"))
    assert not {msgspec.json.decode(line)["event_id"] for line in again()(other)} & set(ids)


def _bad_message(payload: bytes, **more: Any) -> dict[str, Any]:
    return {
        "event_id": "q1", "source": "meters", "stream": "telemetry", "protocol": "iot-json", "stage": "ingest",
        "reason": "too_large", "detail": "a message has more than 1000 values", "payload": payload.decode(),
        "payload_encoding": "utf-8", "received_at": "2026-11-22T12:00:00Z", "replayable": True,
        "replay_fingerprint": 1, "context": json.dumps({"path": "/topics/dt/a/b/d/env", "topic": "dt/a/b/d/env"}),
    } | more  # fmt: skip


@pytest.mark.parametrize(
    ("source", "path", "body", "why"),
    [
        ("meters", "/topics/t", b'[{"bn":5,"n":"a","v":1},{"n":"urn:dev:ow:1:b","v":2}]', "bn"),
        ("meters", "/topics/dt/a/b/d/env", b'[{"n":"a","v":1,"bver":99},{"n":"b","v":2}]', "bver"),
        ("meters", "/topics/shellies/plug-1/relay/0", b"on\noff", None),
        ("meters", "/topics/dt/a/b/d/env", b'{"ts":"soon","metrics":{"t":1}}', "time"),
        ("shop-db", "/v1/cdc/crm", b'[{"__op":"c","id":1},null]', None),
        ("shop", "/v1/events", b'{"event_id":"a","event_id":"b"}', "two members"),
        ("shop", "/v1/events", b'{"event_name":', None),
        ("shop", "/v1/events", b'[["a"],{"event_name":7}]', None),
        ("shop", "/v1/batch", b'{"batch":[7,{"event":7}]}', None),
        ("crm", "/v1/events", b'{"id":"seven"}', "id"),
    ],
)
def test_bad_events_stay_bad_alone(source: str, path: str, body: bytes, why: str | None) -> None:
    lake = Lake(CONTRACTS)
    lake.post(source, path, body, {})
    assert lake.bad
    for row in lake.bad:
        with pytest.raises(RefusedEvent, match=why):
            again(lake.epochs)(row)


def test_csv_that_could_not_be_cut_into_cells_stays_bad() -> None:
    lake = Lake(CONTRACTS)
    lake.post("crm", "/v1/events", b"id,note\r\n7,a,b\r\n8,\xff", {"content-type": "text/csv"})
    assert [row.reason for row in lake.bad] == ["malformed", "malformed"]
    for row in lake.bad:
        with pytest.raises(RefusedEvent):
            again()(row)


def test_a_source_that_is_gone_or_feeds_another_table_now_takes_nothing_back() -> None:
    (row,), _ = refused(*REQUESTS["native"])
    gone = ReadAgain(contracts=CONTRACTS, sources={}, secret=lambda: SECRET, epochs=ProcessEpochs())
    for read in (gone, again(shop=Source(stream="telemetry"))):
        with pytest.raises(RefusedEvent):
            read(row)


def test_the_sources_privacy_of_today_applies() -> None:
    (row,), _ = refused(*REQUESTS["native"])
    (line,) = again(shop=Source(stream="clickstream", anonymous=True))(row)
    stored = msgspec.json.decode(line)
    assert "user_id" not in stored
    assert stored["event_id"] != "e1"


def test_no_epoch_is_opened_for_an_old_change() -> None:
    (row,), _ = refused(*REQUESTS["change"])
    epochs = FakeEpochs()
    with pytest.raises(RefusedEvent, match="new-epoch"):
        again(epochs)(row)
    assert epochs.writes == 0
