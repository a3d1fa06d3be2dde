"""Canaries in every member of every protocol, good and bad rows: none is found where it must not be stored.

The real ingest and convert use cases run on them: requests → raw → hot and quarantine Parquet, with logs and metrics.
"""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest

from tests.fakes import HASHER, NOW, FakeSink, FixedClock, MemoryLedger, MemoryStore
from tests.fakes.requests import SECRET
from tests.fakes.sink import lines_of
from tests.histories.canaries import KINDS, Canaries, Canary, address
from tests.thermocline.convert.rows import CONTRACTS, read
from thermocline.adapters.emf import EmfMetrics
from thermocline.convert.use_case import Convert
from thermocline.events.write_keys import derive_write_key
from thermocline.ingest.http.request import Request, Response
from thermocline.ingest.use_case import Ingest
from thermocline.layout import SUBJECTS
from thermocline.sources import Source

OPTIONS: dict[str, dict[str, Any]] = {
    "default": {},
    "anonymous": {"anonymous": True},
    "consent-less": {"consent": "analytics"},
    "hashed": {"pseudonymise": True},
    "slim": {"drop": ("traits", "user_id")},
}
STREAMS = ("clickstream", "telemetry", "cdc_log")
SOURCES = {
    f"{name}-{stream.replace('_', '-')}": Source(stream=stream, **options)
    for name, options in OPTIONS.items()
    for stream in STREAMS
}
STORES_NOTHING = ("anonymous", "consent-less")

# The leaves that are filled: any text, one of at most 16 characters, and one that is left as it is.
TEXT, SHORT = "<text>", "<short>"
TIME = "2026-11-22T12:00:00Z"
PAGE = {"url": TEXT, "path": TEXT, "title": TEXT, "referrer": TEXT, "search": TEXT}
OPEN = {
    "a": TEXT,
    "n": {"b": [TEXT, {"c": TEXT}]},
    "ip": TEXT,
    "$ip": TEXT,
    "d": {"client_ip": TEXT, "x-forwarded-for": [TEXT]},
    "version": TEXT,
    "url": TEXT,
}
SEGMENT = {
    "event": TEXT,
    "name": TEXT,
    "userId": TEXT,
    "anonymousId": TEXT,
    "previousId": TEXT,
    "groupId": TEXT,
    "messageId": TEXT,
    "timestamp": TIME,
    "unknown": TEXT,
    "integrations": {"x": TEXT},
    "_metadata": {"x": TEXT},
    "properties": {**OPEN, **PAGE, "currency": SHORT},
    "traits": OPEN,
    "context": {
        **OPEN,
        "page": PAGE,
        "campaign": dict.fromkeys(("source", "medium", "name", "term", "content"), TEXT),
        "library": {"name": TEXT, "version": TEXT},
        "locale": TEXT,
        "timezone": TEXT,
        "userAgent": TEXT,
        "sessionId": TEXT,
        "device": {"z": TEXT, "ip": TEXT},
        "traits": OPEN,
    },
}
NATIVE = {
    "event_id": TEXT,
    "event_name": TEXT,
    "event_time": TIME,
    "user_id": TEXT,
    "anonymous_id": TEXT,
    "previous_id": TEXT,
    "group_id": TEXT,
    "session_id": TEXT,
    "page_url": TEXT,
    "page_path": TEXT,
    "page_title": TEXT,
    "page_referrer": TEXT,
    **{f"campaign_{part}": TEXT for part in ("source", "medium", "name", "term", "content")},
    "currency": SHORT,
    "locale": TEXT,
    "timezone": TEXT,
    "user_agent": TEXT,
    "ip": TEXT,
    "library_name": TEXT,
    "library_version": TEXT,
    "properties": OPEN,
    "traits": OPEN,
    "context": {**OPEN, "page": PAGE},
}
CLOUD_EVENT = {
    "specversion": "1.0",
    "id": TEXT,
    "source": TEXT,
    "type": TEXT,
    "time": TIME,
    "subject": TEXT,
    "dataschema": TEXT,
    "ext": TEXT,
    "ip": TEXT,
    "data": OPEN,
}
MEASURED = {
    "device_id": TEXT,
    "ts": TIME,
    "quality": SHORT,
    "units": {"m": TEXT},
    "metrics": {"m": 7, "text": TEXT},
    "net": OPEN,
    "extra": TEXT,
}
SENML = [
    {"bn": TEXT, "bt": 1795350600, "n": TEXT, "u": SHORT, "v": 7},
    {"n": TEXT, "vs": TEXT},
    {"n": TEXT, "vd": TEXT},
]
SOURCE_BLOCK = {
    "connector": "postgresql",
    "db": "shop",
    "schema": "public",
    "table": "people",
    "lsn": 7,
    "txId": 7,
    "ts_ms": 1795350600000,
}
CHANGE = {
    "key": {"id": TEXT},
    "value": {"op": "u", "before": OPEN, "after": OPEN, "source": SOURCE_BLOCK, "unknown": TEXT},
}


class Post(NamedTuple):
    """A request in which canaries are to be put: in its path, its headers and its body."""

    stream: str
    path: str
    body: Any
    headers: Mapping[str, str] = MappingProxyType({})


POSTS = (
    *(
        Post("clickstream", "/v1/batch", {"sentAt": TIME, "batch": [{"type": call, **SEGMENT}]})
        for call in ("track", "page", "identify", "alias")
    ),
    *(Post("clickstream", f"/v1/{call}", {**SEGMENT, "sentAt": TIME}) for call in ("track", "screen", "group")),
    Post("clickstream", "/v1/p", {**SEGMENT, "sentAt": TIME}, {"content-type": "text/plain"}),
    Post("clickstream", "/v1/events", NATIVE),
    Post("clickstream", "/v1/events", CLOUD_EVENT, {"content-type": "application/cloudevents+json"}),
    Post("clickstream", "/v1/events", [CLOUD_EVENT], {"content-type": "application/cloudevents-batch+json"}),
    Post(
        "clickstream",
        "/v1/events",
        OPEN,
        {
            "ce-id": TEXT,
            "ce-source": TEXT,
            "ce-specversion": "1.0",
            "ce-type": TEXT,
            "ce-time": TIME,
            "ce-ext": TEXT,
            "ce-ip": TEXT,
        },
    ),
    Post("telemetry", f"/topics/dt/acme/hq/{SHORT}/{SHORT}", MEASURED),
    Post("telemetry", f"/topics/{SHORT}", MEASURED),
    Post("telemetry", "/v1/events", MEASURED),
    Post("telemetry", f"/topics/dt/acme/hq/{SHORT}/env", SENML),
    Post("cdc_log", "/v1/cdc/crm", CHANGE),
    Post("clickstream", f"/v1/{SHORT}", SEGMENT),
)


class Lake:
    """Ingest and convert, and everything that they leave behind."""

    def __init__(self) -> None:
        self.sink, self.metrics = FakeSink(), io.StringIO()
        self.answers: list[Response] = []
        self._ingest = Ingest(
            sink=self.sink,
            metrics=EmfMetrics(self.metrics),
            contracts=CONTRACTS,
            sources=SOURCES,
            secret=lambda: SECRET,
        )

    def post(self, source: str, path: str, body: bytes, headers: dict[str, str]) -> None:
        bearer = {"authorization": f"Bearer {derive_write_key(SECRET, source)}"}
        request = Request(
            method="POST", path=path, headers=bearer | headers, body=body, source_ip=address(65_000), received_at=NOW
        )
        self.answers.append(self._ingest(request))

    def convert(self) -> dict[str, list[dict[str, Any]]]:
        """Return the rows of each table, with bad ones of broken lines."""
        raw = {f"raw/{stream}/2026/11/22/12/x-1": self._lines(stream) for stream in self.sink.records}
        store = MemoryStore(raw)
        convert = Convert(store=store, ledger=MemoryLedger(), contracts=CONTRACTS, hasher=HASHER, clock=FixedClock())
        for key in raw:
            convert(key)
        tables: dict[str, list[dict[str, Any]]] = {}
        for key, body in store.written.items():
            if key.startswith(SUBJECTS):
                continue
            tables.setdefault(key.split("/")[0 if key.startswith("quarantine") else 1], []).extend(read(body))
        return tables

    def _lines(self, stream: str) -> bytes:
        lines = list(lines_of(self.sink.records[stream]))
        wrong = [
            line.replace(b'"fingerprint":', b'"fingerprint":"x","y":', 1)
            for line in lines[::7]
            if stream != "quarantine"
        ]
        cut = [line[: len(line) * 2 // 3] + b"\n" for line in lines[::5] if stream != "quarantine"]
        return b"".join([*lines, *wrong, *cut])


class Filler:
    """Puts canaries in the leaves of a document: each leaf has another kind, and with `shift` every kind once."""

    def __init__(self, canaries: Canaries, shift: int) -> None:
        self._canaries = canaries
        self._next = shift

    def fill(self, value: Any, place: str = "") -> Any:
        match value:
            case dict():
                return {name: self.fill(inner, f"{place}.{name}") for name, inner in value.items()}
            case list():
                return [self.fill(inner, place) for inner in value]
            case str() if value == TEXT:
                self._next += 1
                return self._canaries.new([*KINDS][self._next % len(KINDS)], place)
            case str() if SHORT in value:
                while SHORT in value:
                    value = value.replace(SHORT, self._canaries.short(place), 1)
        return value


def spoilt(body: bytes, *, too_long: bool) -> Iterator[bytes]:
    """Yield a body as it is, and as bad rows: wrong times, wrong types, two members of one name, too long, cut."""
    yield body
    yield body.replace(TIME.encode(), b"soon").replace(b"1795350600", b'"soon"')
    yield re.sub(rb'"(messageId|event_id|id|device_id|n|op)": ("[^"]*")', rb'"\1": [\2]', body)
    yield re.sub(rb'("[a-z_A-Z]*": )("[^"]{20,}")', rb"\1\2, \1\2", body, count=1)
    if too_long:
        yield body.replace(b'": "', b'": "' + b"x" * 300_000 + b" ", 1)
    yield re.sub(rb'"(ip|client_ip)"', rb'"\\u0069p"', body)
    yield body[: len(body) * 2 // 3]


def fill_lake(option: str) -> tuple[Lake, Canaries]:
    lake, canaries = Lake(), Canaries()
    for shift in range(len(KINDS)):
        for post in POSTS:
            filler = Filler(canaries, shift)
            agent = f"Mozilla/5.0 {canaries.new('text with an address', '.header.user-agent')}"
            headers = {"user-agent": agent} | filler.fill(
                {"referer": TEXT, "cookie": TEXT, "x-forwarded-for": TEXT}, ".header"
            )
            headers |= filler.fill(dict(post.headers), ".ce" if "ce-id" in post.headers else ".header")
            source = f"{option}-{post.stream.replace('_', '-')}"
            for body in spoilt(json.dumps(filler.fill(post.body)).encode(), too_long=shift == 0):
                lake.post(source, filler.fill(post.path, ".path"), body, headers)
    return lake, canaries


@pytest.mark.parametrize("option", STORES_NOTHING)
def test_an_anonymous_source_stores_no_canary(
    option: str, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        lake, canaries = fill_lake(option)
        tables = lake.convert()
    assert len(canaries.out) > 2_000
    assert {"clickstream", "telemetry", "cdc_log", "quarantine"} <= tables.keys()
    assert all(len(rows) > 10 for rows in tables.values())
    raw = b"".join(line for records in lake.sink.records.values() for line in lines_of(records)).decode()
    for text in (raw, *map(as_text, tables.values()), said(lake, capfd, caplog)):
        assert list(canaries.found_in(text)) == []


OPEN_COLUMNS = ("properties", "context", "traits", "extra", "payload")
CLEANED_COLUMNS = (
    *OPEN_COLUMNS,
    *("page_url", "page_host", "page_path", "page_referrer", "referrer_host", "page_title", "event_name"),
    *(f"campaign_{part}" for part in ("source", "medium", "name", "term", "content")),
)
PERSONAL_COLUMNS = ("user_id", "anonymous_id", "previous_id", "traits", "device_id", "topic")
IN_OPEN_JSON = re.compile(r"(\.batch)?\.(properties|context|traits|data|net|page_url|page_path|page_referrer|event)\b")
IN_CONTEXT = re.compile(r"(\.batch)?\.context\b(?!.*version)")
NAMED_ADDRESSES = ("ip", "$ip", "client_ip", "x-forwarded-for")


def must_go(option: str, canary: Canary, column: str) -> bool:
    """Tell whether a column must not hold a canary; ADR 22 has the same table in words."""
    if canary.kind == "encoded" or (option == "hashed" and column in PERSONAL_COLUMNS):
        return True
    if canary.kind.startswith("url"):
        return column in CLEANED_COLUMNS and bool(IN_OPEN_JSON.match(canary.place))
    if option != "default":
        return "address" in canary.kind
    if canary.kind == "text with an address":
        return column in ("context", "payload") and bool(IN_CONTEXT.match(canary.place))
    if canary.kind not in ("address", "json of an address") or column not in OPEN_COLUMNS:
        return False
    return canary.place.rpartition(".")[2] in NAMED_ADDRESSES or bool(IN_CONTEXT.match(canary.place))


def wrong(option: str, canaries: Canaries, rows: list[dict[str, Any]]) -> set[tuple[str, Canary]]:
    texts = [(name, as_text([{name: value}])) for row in rows for name, value in row.items() if value is not None]
    return {(name, c) for name, text in texts for c in canaries.found_in(text) if must_go(option, c, name)}


@pytest.mark.parametrize("option", ["default", "hashed", "slim"])
def test_other_sources_store_no_canary_but_those_that_they_keep_by_design(
    option: str, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        lake, canaries = fill_lake(option)
        tables = lake.convert()
    good = [row for stream in ("clickstream", "telemetry") for row in tables[stream]]
    bad = [row for row in tables["quarantine"] if row["stream"] != "cdc_log" and row["stage"] == "ingest"]
    raw = [json.loads(line) for stream in STREAMS[:2] for line in lines_of(lake.sink.records[stream])]
    assert (len(good) > 100, len(bad) > 100, len(canaries.out) > 2_000) == (True, True, True)
    assert wrong(option, canaries, good + bad + raw) == set()
    assert option == "default" or list(canaries.found_in(as_text(bad))) == []
    assert list(canaries.found_in(said(lake, capfd, caplog))) == []


def test_canaries_are_found_where_they_are_kept() -> None:
    lake, canaries = fill_lake("default")
    found = {canary.kind for canary in canaries.found_in(as_text(lake.convert()["clickstream"]))}
    assert {"token", "mail", "text with an address"} <= found


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_known_again(kind: str) -> None:
    canaries = Canaries()
    for _ in range(2_000):
        text = canaries.new(kind, "x")
    numbers = {
        canary.number for canary in canaries.found_in("\n".join(canary.text for canary in canaries.out.values()))
    }
    assert numbers == canaries.out.keys()
    assert text


def as_text(rows: list[dict[str, Any]]) -> str:
    """Return rows as text, with the escapes of JSON in columns undone, too."""
    text = json.dumps(rows, default=str, ensure_ascii=False)
    return text + "\n" + re.sub(r"\\+u00([2-7][0-9a-f])", _character, text).replace("\\", "")


def _character(escape: re.Match[str]) -> str:
    return chr(int(escape[1], 16))


def said(lake: Lake, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> str:
    captured = capfd.readouterr()
    assert "AcceptedEvents" in lake.metrics.getvalue()
    return "\n".join([lake.metrics.getvalue(), captured.out, captured.err, caplog.text, str(lake.answers)])
