"""Whose address and agent are stored, and that no address is ever stored whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

import msgspec
import pytest

from tests.events import sample
from tests.fakes import HASHER, FakeMetrics, FakeSink, FixedClock, MemoryLedger, MemoryStore
from tests.fakes.requests import ADDRESS, SECRET, request, write_key
from tests.fakes.sink import lines_of
from tests.thermocline.events.test_user_agent import CHROME
from tests.thermocline.ingest.test_use_case import Endpoint, endpoint
from thermocline.contracts import load_contracts
from thermocline.convert.use_case import Convert
from thermocline.events.privacy import Privacy
from thermocline.events.write_keys import derive_write_key
from thermocline.ingest.use_case import Ingest
from thermocline.sources import Source

USER = "203.0.113.77"


def stored(lake: Endpoint) -> bytes:
    return b"".join(line for records in lake.sink.records.values() for line in lines_of(records))


def test_a_browsers_address_is_masked_and_located() -> None:
    lake = endpoint()
    lake.post("/v1/track", b'{"event":"E"}', headers={"user-agent": CHROME})
    (row,) = lake.sink.rows("clickstream")
    assert (row["ip_masked"], row["country_code"], row["browser_name"]) == ("8.8.8.0", "US", "Chrome")
    assert ADDRESS.encode() not in stored(lake)


@pytest.mark.parametrize("agent", ["analytics-python/2.4.0", "Boto3/1.43.106 md/Botocore#1.43.106", "curl/8.14"])
def test_a_servers_own_address_and_agent_are_not_its_users(agent: str) -> None:
    lake = endpoint()
    lake.post("/v1/track", b'{"event":"E"}', headers={"user-agent": agent})
    (row,) = lake.sink.rows("clickstream")
    assert not row.keys() & {"ip_masked", "country_code", "user_agent", "browser_name", "is_bot"}


def test_what_a_server_says_of_its_user_goes_before_the_connection() -> None:
    lake = endpoint()
    lake.post("/v1/batch", sample("segment_batch.json"), headers={"user-agent": "Mozilla/5.0 proxy"})
    row = lake.sink.rows("clickstream")[1]
    assert (row["ip_masked"], row["browser_name"]) == ("203.0.113.0", "Chrome")


@pytest.mark.parametrize("path", ["/v1/track", "/v1/events"])
@pytest.mark.parametrize("refused", [{}, {"messageId": 7, "event_id": 7}, {"timestamp": "soon", "event_time": "soon"}])
def test_the_users_address_is_in_no_output(path: str, refused: dict[str, object]) -> None:
    lake = endpoint()
    native = path == "/v1/events"
    event = {"context": {"ip": USER, "a": 1}} | ({"ip": USER} if native else {})
    names = {"event_id", "event_time"} if native else {"messageId", "timestamp"}
    body = msgspec.json.encode(event | {name: value for name, value in refused.items() if name in names})
    assert lake.post(path, body).body["quarantined"] == bool(refused)
    assert stored(lake)
    assert USER.encode() not in stored(lake)


PEOPLE = {
    "shop": Source(stream="clickstream"),
    "hashed": Source(stream="clickstream", pseudonymise=True, drop=("context",)),
    "app": Source(stream="clickstream", pseudonymise=True),
    "silent": Source(stream="clickstream", anonymous=True),
    "asking": Source(stream="clickstream", consent="analytics"),
    "slim": Source(stream="clickstream", drop=("confidential", "event_name")),
    "wearables": Source(stream="telemetry", anonymous=True, drop=("extra",)),
}
CLICK = {
    "event_id": "e1",
    "event_name": "Seen",
    "user_id": "u-alice",
    "anonymous_id": "a-alice",
    "page_url": "https://shop.example/?q=alice",
    "properties": {"n": 1},
    "traits": {"mail": "alice"},
    "context": {"consent": {"categoryPreferences": {"analytics": True, "ads": False}}},
}


def lake_of(sources: Mapping[str, Source] = PEOPLE) -> Callable[..., list[dict[str, Any]]]:
    """Return what posts an event for a source and returns the rows that a stream then has."""

    def post(source: str, event: object, stream: str = "clickstream", path: str = "/v1/events") -> list[dict[str, Any]]:
        sink = FakeSink()
        ingest = Ingest(
            sink=sink, metrics=FakeMetrics(), contracts=load_contracts(), sources=sources, secret=lambda: SECRET
        )
        body = event if isinstance(event, bytes) else msgspec.json.encode(event)
        bearer = {"authorization": f"Bearer {derive_write_key(SECRET, source)}"}
        assert ingest(request(path, body, source=None, headers=bearer)).status == 200
        return sink.rows(stream)

    return post


def test_a_source_without_options_keeps_what_it_is_sent() -> None:
    (row,) = lake_of()("shop", CLICK)
    assert (row["event_id"], row["user_id"], row["traits"]) == ("e1", "u-alice", '{"mail":"alice"}')


def test_pseudonyms_stand_for_restricted_columns() -> None:
    post = lake_of()
    (row,) = post("hashed", CLICK)
    assert "alice" not in msgspec.json.encode(row).decode().replace("q=alice", "")
    assert (row["page_url"], row["properties"]) == (CLICK["page_url"], '{"n":1}')
    assert not row.keys() & {"traits", "context"}
    assert re.fullmatch("[0-9a-f]{32}", row["user_id"])
    # The same person in another column, another event and another source of the stage.
    (alias,) = post("app", {"event_type": "alias", "user_id": "u-bob", "previous_id": "u-alice"})
    assert alias["previous_id"] == row["user_id"] != row["anonymous_id"]


def test_pseudonyms_depend_on_the_secret() -> None:
    contract = load_contracts()["clickstream"]
    found = [Privacy.of(PEOPLE["app"], contract, "one".upper), Privacy.of(PEOPLE["app"], contract, "other".upper)]
    assert len({privacy.pseudonym("u-alice") for privacy in found if privacy}) == 2


def test_ids_and_fingerprints_of_a_private_source_are_keyed_and_stay_equal_for_equal_events() -> None:
    post = lake_of()
    (plain,), (once,), (again,) = post("shop", CLICK), post("app", CLICK), post("app", CLICK)
    assert (once["event_id"], once["fingerprint"]) == (again["event_id"], again["fingerprint"])
    assert once["event_id"] != plain["event_id"]
    assert once["fingerprint"] != plain["fingerprint"]


def test_an_anonymous_source_stores_no_column_that_identifies() -> None:
    (row,) = lake_of()("silent", CLICK)
    contract = load_contracts()["clickstream"]
    identifying = {c.name for c in contract.columns if c.classification in ("restricted", "confidential")}
    assert row.keys() & identifying == {"event_name"}
    assert re.fullmatch("[0-9a-f]{32}", row["event_name"])


def test_columns_are_dropped_by_name_and_by_classification() -> None:
    (row,) = lake_of()("slim", CLICK)
    assert not row.keys() & {"event_name", "page_url", "properties", "context"}
    assert row["user_id"] == "u-alice"


@pytest.mark.parametrize(
    ("consent", "granted"),
    [
        ({"categoryPreferences": {"analytics": True}}, True),
        ({"categoryPreferences": {"analytics": False}}, False),
        ({"categoryPreferences": {"analytics": "true"}}, False),
        ({"categoryPreferences": {"analytics": 1}}, False),
        ({"categoryPreferences": {"ads": True}}, False),
        ({"categoryPreferences": None}, False),
        ("analytics", False),
        (None, False),
    ],
)
@pytest.mark.parametrize("path", ["/v1/events", "/v1/track"])
def test_without_consent_an_event_is_anonymous(path: str, consent: object, granted: bool) -> None:
    name = {"/v1/events": "user_id", "/v1/track": "userId"}[path]
    good = {name: "u-alice", "context": {"consent": consent}}
    (row,) = lake_of()("asking", good, path=path)
    assert (row.get("user_id") == "u-alice") is granted
    (bad,) = lake_of()("asking", good | {name: ["u-alice"]}, "quarantine", path)
    assert (bad.get("payload") is not None) is granted


def test_two_answers_to_the_question_of_consent_are_none() -> None:
    body = b'{"user_id":"u","context":{"consent":{"categoryPreferences":{"analytics":false,"analytics":true}}}}'
    (bad,) = lake_of()("asking", body, "quarantine")
    assert (bad["detail"], bad.get("payload")) == ("an object has two members of one name", None)


@pytest.mark.parametrize("body", [b'{"user_id":["u-alice"]}', b'{"user_id":"u-alice"', b'{"u-alice":1}'])
@pytest.mark.parametrize("source", ["hashed", "silent", "asking", "slim"])
def test_a_bad_row_of_a_private_source_holds_nothing_that_was_sent(source: str, body: bytes) -> None:
    post = lake_of()
    (row,), (plain,) = post(source, body, "quarantine"), post("shop", body, "quarantine")
    assert "alice" not in msgspec.json.encode(row).decode()
    assert (row["reason"], row["payload_truncated"]) == (plain["reason"], True)
    assert row["event_id"] != plain["event_id"]
    assert plain["payload"] == body.decode()


def test_a_write_key_is_not_kept() -> None:
    key = write_key("shop")
    lake = endpoint()
    lake.post("/v1/track", b'{"writeKey": "%s", "timestamp":"soon"}' % key.encode(), source=None)
    assert lake.sink.rows("quarantine")[0]["payload"] == '{"writeKey":"","timestamp":"soon"}'


PATHS = (
    "../../etc/passwd",
    "a/b",
    "'; DROP TABLE hot_clickstream; --",
    "gen=2026-01-01-00",
    "\x00",
    "..",
    "${x}",
    "%2e",
)


@pytest.mark.parametrize("name", PATHS)
def test_an_identifier_is_data_and_never_part_of_a_key_or_of_sql(name: str) -> None:
    lake = endpoint()
    lake.post("/v1/events", msgspec.json.encode({"event_id": name, "user_id": name}))
    lake.post(
        "/topics/" + quote(name, safe=""),
        msgspec.json.encode({"device_id": name, "metrics": {name: name}}),
        source="meters",
    )
    lake.post("/v1/events", b"{}", source=None, headers={"authorization": f"Bearer {name}"})
    assert [row["event_id"] for row in lake.sink.rows("clickstream")] == [name]
    assert [row["device_id"] for row in lake.sink.rows("telemetry")] == [name]
    raw = {f"raw/{stream}/2026/x": b"".join(records) for stream, records in lake.sink.records.items()}
    store = MemoryStore(raw)
    convert = Convert(store=store, ledger=MemoryLedger(), contracts=load_contracts(), hasher=HASHER, clock=FixedClock())
    for key in raw:
        convert(key)
    written = [*store.written]
    assert len(written) == 4
    form = r"(hot|subjects)/\w+/gen=2026-11-22-12/[0-9a-f]+-[0-9a-f]+\.(parquet|bin)"
    assert all(re.fullmatch(form, key) for key in written)


FORMS = ("81.2.69.142", "::ffff:81.2.69.142", "81.2.69.142:52314", "81.2.69.142, 70.41.3.18", "[::ffff:81.2.69.142]:1")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("path", ["/v1/track", "/v1/events"])
def test_every_form_of_an_address_has_its_country(form: str, path: str) -> None:
    lake = endpoint()
    lake.post(path, msgspec.json.encode({"context": {"ip": form}}))
    (row,) = lake.sink.rows("clickstream")
    assert (row["ip_masked"], row["country_code"]) == ("81.2.69.0", "GB")
    assert b"81.2.69.142" not in stored(lake)


SECRETS = {
    "type": "page",
    "name": "Reset of jane@example.org",
    "context": {
        "page": {
            "url": "https://shop.example/accounts/reset-password/tok3n-ABCDEF?email=jane@example.org",
            "path": "/accounts/reset-password/tok3n-ABCDEF",
            "title": "Reset password of jane@example.org",
            "referrer": "https://jane:s3cret@shop.example/unsubscribe/jane%40example.org",
        },
        "campaign": {"term": "jane@example.org"},
    },
}


@pytest.mark.parametrize("source", ["shop", "app", "silent", "asking", "slim"])
@pytest.mark.parametrize("refused", [{}, {"timestamp": "soon"}])
def test_no_source_stores_the_secrets_of_urls(source: str, refused: dict[str, str]) -> None:
    (row,) = lake_of()(source, SECRETS | refused, "quarantine" if refused else "clickstream", path="/v1/page")
    text = msgspec.json.encode({k: v for k, v in row.items() if k not in ("payload",)}).decode()
    assert not re.search("tok3n|s3cret|jane", text)
    if payload := row.get("payload"):
        assert not re.search("tok3n|s3cret|password/t", payload)


def test_known_names_and_plain_codes_of_an_anonymous_source_stay() -> None:
    sources = {"silent": Source(stream="clickstream", anonymous=True, known_names=("Seen",))}
    event = {"event_name": "Seen", "currency": "EUR", "locale": "de-DE", "timezone": "Europe/Berlin"}
    (row,) = lake_of(sources)("silent", event)
    assert (row["event_name"], row["currency"], row["locale"], row.get("timezone")) == ("Seen", "EUR", "de-DE", None)
    (other,) = lake_of(sources)("silent", {"event_name": "alice", "currency": "alice", "locale": "de-alice"})
    assert "alice" not in str(other)
    assert not other.keys() & {"currency", "locale"}


def test_what_a_row_needs_is_a_pseudonym_where_it_identifies() -> None:
    post, path = lake_of(), "/topics/dt/acme/hq/alice/env"
    event = {"ts": "2026-11-22T12:00:00Z", "metrics": {"alice": 1, "text": "alice"}, "extra": "alice"}
    rows = post("wearables", event, "telemetry", path)
    assert "alice" not in str(rows)
    assert {row["device_id"] for row in rows} != {row["topic"] for row in rows}
    assert rows == post("wearables", event, "telemetry", path)
    assert rows[0]["value_double"] == 1


def test_what_is_derived_goes_with_what_it_is_derived_from() -> None:
    sources = {"slim": Source(stream="clickstream", drop=("page_url", "user_agent"))}
    event = {"page_url": "https://a.example/p", "user_agent": CHROME, "page_referrer": "https://b.example/"}
    (row,) = lake_of(sources)("slim", event)
    assert not row.keys() & {"page_url", "page_host", "page_path", "user_agent", "browser_name", "os_name"}
    assert (row["referrer_host"], row["is_bot"]) == ("b.example", False)


@pytest.mark.parametrize("source", ["app", "slim", "hashed"])
def test_a_masked_source_stores_no_address_anywhere(source: str) -> None:
    event = {
        "event_name": "login from 81.2.69.142",
        "page_url": "http://81.2.69.142/p?via=81%2E2%2E69%2E142",
        "page_title": "::ffff:81.2.69.142",
        "library_name": "x 81.2.69.142",
        "properties": {"a": ["at 81.2.69.142"], "version": "96.0.4664.110", "b": "81.2.69.142"},
        "context": {"userAgent": "Chrome/96.0.0.0 81.2.69.142", "x": {"y": "81.2.69.142:80"}},
    }
    (row,) = lake_of()(source, event)
    assert not re.search(r"81.{1,3}2.{1,3}69", str(row))
    if source == "app":
        assert (row["properties"], row["context"]) == (
            '{"a":["at REDACTED"],"version":"96.0.4664.110"}',
            '{"userAgent":"Chrome/96.0.0.0 REDACTED","x":{}}',
        )
