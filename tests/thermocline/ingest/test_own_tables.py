"""A table of one's own needs a contract and a source, and nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import msgspec
import pytest

from tests.fakes import NOW, FakeMetrics, FakeSink
from tests.fakes.requests import ADDRESS, SECRET
from tests.fakes.sink import lines_of
from tests.thermocline.contracts.changes import column, with_column
from tests.thermocline.contracts.tables import table
from thermocline.contracts import Contract, load_contracts
from thermocline.errors import ConfigurationError, UnknownStream
from thermocline.events.write_keys import derive_write_key
from thermocline.ingest.http.request import Request, Response
from thermocline.ingest.protocols.cloudevents import STRUCTURED
from thermocline.ingest.use_case import Ingest
from thermocline.sources import Source

CONTACTS = table(
    column("id", "bigint", classification="internal", required=True),
    column("email", classification="restricted", required=True),
    column("born", "date", classification="restricted"),
    column("notes", encoding="json", classification="restricted"),
    column("city", path="address.city", classification="confidential"),
    column("score", "double", classification="internal"),
    column("changed_at", "timestamp", classification="internal"),
    identity=("id", "email"),
    event_time="changed_at",
    name="contacts",
)
ROW = (
    b'{"id":7,"email":"ada@canary.example","born":"1815-12-10","notes":{"seen":"203.0.113.77"},'
    b'"address":{"city":"canary city","zip":"canary zip"},"score":0.5,"changed_at":"2026-11-22T12:00:00Z"}'
)
BAD = ROW.replace(b'"id":7', b'"id":"canary"')


class Lake:
    """An endpoint with one source, ``crm``."""

    def __init__(self, contract: Contract = CONTACTS, *, without: str | None = None, **options: Any) -> None:
        self.sink = FakeSink(None)
        contracts = dict(load_contracts()) | {"contacts": contract}
        self.ingest = Ingest(
            sink=self.sink,
            metrics=FakeMetrics(),
            contracts={name: each for name, each in contracts.items() if name != without},
            sources={"crm": Source(**({"stream": "contacts"} | options))},
            secret=lambda: SECRET,
        )

    def post(self, body: bytes, headers: Mapping[str, str] | None = None, path: str = "/v1/events") -> Response:
        """Post a body with the source's key."""
        key = derive_write_key(SECRET, "crm")
        return self.ingest(
            Request(
                method="POST",
                path=path,
                headers={"authorization": f"Bearer {key}", **(headers or {})},
                body=body,
                source_ip=ADDRESS,
                received_at=NOW,
            )
        )

    def rows(self, stream: str = "contacts") -> list[dict[str, Any]]:
        """Return what was put."""
        return self.sink.rows(stream)

    def stored(self) -> bytes:
        """Return every line that was put."""
        return b"".join(line for records in self.sink.records.values() for line in lines_of(records))


def test_rows_are_stored_typed_and_bad_ones_quarantined() -> None:
    lake = Lake()
    answer = lake.post(b"\n".join([ROW, BAD, b"{"]))
    assert answer == Response(status=200, body={"success": True, "accepted": 3, "quarantined": 2})
    (row,) = lake.rows()
    assert row.pop("event_id")
    assert row.pop("fingerprint")
    assert row == {
        "id": 7,
        "email": "ada@canary.example",
        "born": "1815-12-10",
        "notes": '{"seen":"203.0.113.77"}',
        "city": "canary city",
        "score": 0.5,
        "changed_at": "2026-11-22T12:00:00Z",
        "source": "crm",
        "event_time": "2026-11-22T12:00:00Z",
        "original_time": "2026-11-22T12:00:00Z",
        "received_at": "2026-11-22T12:34:56.789012Z",
        "time_clamped": False,
        "extra": '{"address":{"zip":"canary zip"}}',
    }


@pytest.mark.parametrize(
    ("contract", "bad_row", "column_at_fault"),
    [
        (CONTACTS, ROW.replace(b"0.5", b'"0.5"'), "score"),
        (with_column(CONTACTS, "city", max_length=3), ROW, "city"),
    ],
)
def test_a_bad_row_keeps_what_a_replay_needs(contract: Contract, bad_row: bytes, column_at_fault: str) -> None:
    lake = Lake(contract)
    lake.post(bad_row)
    (bad,) = lake.rows("quarantine")
    assert (bad["stream"], bad["protocol"], bad["reason"]) == ("contacts", "rows", "invalid")
    assert bad["detail"].startswith(f"{column_at_fault}: ")
    assert (bad["replay_event_id"], bad["original_time"]) == (event_id(), "2026-11-22T12:00:00Z")


def event_id() -> object:
    lake = Lake()
    lake.post(ROW)
    return lake.rows()[0]["event_id"]


def test_the_time_is_clamped_as_for_other_streams() -> None:
    lake = Lake()
    lake.post(ROW.replace(b"2026-11-22", b"2026-01-01"))
    (row,) = lake.rows()
    assert row["time_clamped"] is True
    assert row["changed_at"] == row["original_time"] == "2026-01-01T12:00:00Z"
    assert row["event_time"] == (NOW - dt.timedelta(days=30)).isoformat().replace("+00:00", "Z")
    lake = Lake(backfill=True)
    lake.post(ROW.replace(b"2026-11-22", b"2026-01-01"))
    assert lake.rows()[0]["event_time"] == "2026-01-01T12:00:00Z"


def test_csv_is_a_table_with_a_header() -> None:
    lake = Lake()
    body = 'id,email,address.city,born\r\n7,a@b.example,"x\\ud83d, y",1815-12-10\r\n8,"",,\r\n007,c,,\r\n'
    assert lake.post(body.encode(), {"content-type": "text/csv; charset=utf-8"}).body["quarantined"] == 1
    first, second = lake.rows()
    # What would be an escape in JSON is none here.
    assert (first["city"], first["born"]) == ("x\\ud83d, y", "1815-12-10")
    assert (second["email"], second.get("city")) == ("", None)
    (bad,) = lake.rows("quarantine")
    assert bad["payload"] == '{"id":"007","email":"c","address.city":null,"born":null}'
    assert msgspec.json.decode(bad["context"])["header"] == ["id", "email", "address.city", "born"]


def test_csv_of_which_nothing_fits_is_quarantined_and_not_called_another_format() -> None:
    lake = Lake()
    body = b"id,email\n1\n2,b,c\n"
    assert lake.post(body, {"content-type": "text/csv"}).body["quarantined"] == 2


@pytest.mark.parametrize("body", [b"id;email\n7;a@b.example\n", b"7,a@b.example\n8,c@d.example\n", b"PK\x03\x04\n\0\n"])
def test_csv_whose_header_names_no_column_is_refused_as_a_whole(body: bytes) -> None:
    for contract in (CONTACTS, *(with_column(CONTACTS, name, required=False) for name in ("id", "email"))):
        answer = Lake(contract).post(body, {"content-type": "text/csv"})
        assert (answer.status, answer.body["code"]) == (400, "unknown_header")


@pytest.mark.parametrize("text", ['{""a"":1,""a"":2}', "[" * 201 + "]" * 201, "NaN", "{"])
def test_json_in_a_cell_has_the_limits_of_events(text: str) -> None:
    lake = Lake()
    assert lake.post(f'id,email,notes\n7,a,"{text}"\n'.encode(), {"content-type": "text/csv"}).body["quarantined"] == 1
    (bad,) = lake.rows("quarantine")
    assert bad["detail"].startswith("notes: must be ")


@pytest.mark.parametrize("member", ["userId", "batch", "metrics", "resourceLogs", "messageId"])
def test_members_of_any_name_are_no_other_format(member: str) -> None:
    lake = Lake(with_column(CONTACTS, "score", path=member))
    assert lake.post(b'{"%s":"no number"}' % member.encode()).body["quarantined"] == 1


def test_cloudevents_bring_rows() -> None:
    lake = Lake()
    event = {"specversion": "1.0", "id": "e", "source": "/crm", "type": "t", "data": msgspec.Raw(ROW)}
    assert lake.post(msgspec.json.encode(event), {"content-type": STRUCTURED}).body["quarantined"] == 0
    (row,) = lake.rows()
    assert (row["id"], row["event_id"]) == (7, event_id())


def test_a_stream_without_a_contract_or_that_nothing_is_posted_to_raises() -> None:
    with pytest.raises(UnknownStream, match="there is no stream 'contact'"):
        Lake(stream="contact").post(ROW)
    with pytest.raises(ConfigurationError, match=r"sources\.crm: nothing is posted to quarantine"):
        Lake(stream="quarantine").post(ROW)


def test_a_lake_may_do_without_telemetry() -> None:
    lake = Lake(without="telemetry")
    assert lake.post(ROW).status == 200
    answer = lake.post(b'{"t":1}', path="/topics/dt/acme/hq/device/env")
    assert (answer.status, answer.body["message"]) == (404, "There is no table telemetry here.")


@pytest.mark.parametrize(
    ("options", "kept", "gone"),
    [
        ({}, {"email", "born", "notes", "city", "extra"}, set[str]()),
        ({"pseudonymise": True}, {"email", "city", "extra"}, {"born", "notes"}),
        ({"drop": ("city", "extra")}, {"email", "born"}, {"city", "extra"}),
        ({"anonymous": True}, {"email"}, {"born", "notes", "city", "extra"}),
        ({"consent": "analytics"}, {"email"}, {"born", "notes", "city", "extra"}),
    ],
)
def test_privacy_follows_the_classifications(options: dict[str, Any], kept: set[str], gone: set[str]) -> None:
    lake = Lake(**options)
    assert lake.post(ROW).body["quarantined"] == 0
    (row,) = lake.rows()
    assert kept <= row.keys()
    assert gone.isdisjoint(row)
    is_masked = bool(options) and "drop" not in options
    assert (row["email"] != "ada@canary.example") is is_masked
    assert (row["event_id"] != event_id()) is bool(options)


def test_an_anonymous_source_stores_nothing_that_tells_who_it_was() -> None:
    lake = Lake(anonymous=True)
    lake.post(b"\n".join([ROW, BAD, ROW.replace(b"{", b'{"canary":1,', 1)]))
    lake.post(b"id,email,canary\ncanary,canary,canary\n", {"content-type": "text/csv"})
    assert len(lake.rows()) == 2
    assert len(lake.rows("quarantine")) == 2
    assert b"canary" not in lake.stored()
    assert b"1815" not in lake.stored()
