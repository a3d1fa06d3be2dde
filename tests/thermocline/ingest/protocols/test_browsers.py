"""What browser SDKs ask for before they send, and the keys in their URLs."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from tests.fakes import FakeMetrics, FakeSink
from tests.fakes.requests import SECRET, SOURCES, request, write_key
from thermocline.contracts import load_contracts
from thermocline.ingest.http.request import Response
from thermocline.ingest.use_case import Ingest

KEY = write_key("shop")
BATCH = b'{"batch":[{"type":"track","event":"E","messageId":"m1"}],"sentAt":"2026-11-22T12:30:02Z"}'


def asked(
    path: str, query: str = "", *, body: bytes = b"", method: str = "GET", sink: FakeSink | None = None, **more: Any
) -> Response:
    ingest = Ingest(
        sink=sink or FakeSink(),
        metrics=FakeMetrics(),
        contracts=load_contracts(),
        sources=SOURCES,
        secret=lambda: SECRET,
    )
    found = request(path, body, method=method, **{"source": None} | more)
    return ingest(msgspec.structs.replace(found, query=query))


@pytest.mark.parametrize("headers", [{}, {"content-type": "text/plain;charset=UTF-8"}, {"content-type": "text/plain"}])
@pytest.mark.parametrize("query", [f"writeKey={KEY}", f"v=1&writeKey={KEY}", f"writeKey={KEY.replace('.', '%2E')}"])
def test_a_beacon_has_its_key_in_the_url(query: str, headers: dict[str, str]) -> None:
    sink = FakeSink()
    answer = asked("/beacon/v1/batch", query, body=BATCH, method="POST", sink=sink, headers=headers)
    assert answer.body == {"success": True, "accepted": 1, "quarantined": 0}
    (row,) = sink.rows("clickstream")
    assert (row["event_id"], row["source"], row["event_name"]) == ("m1", "shop", "E")
    assert KEY not in str(row)


@pytest.mark.parametrize(
    "query", ["", "writeKey=", "writeKey", "writekey=shop.x", "writeKey=shop.x", "writeKey=%FF", "&&&=", "writeKey=é"]
)
def test_a_beacon_without_a_valid_key_is_401(query: str) -> None:
    assert asked("/beacon/v1/batch", query, body=BATCH, method="POST").status == 401


@pytest.mark.parametrize("path", ["/v1/batch", "/v1/b", "/v1/track", "/v1/events", "/topics/a", "/v1/cdc/shop"])
def test_where_a_client_has_headers_or_a_body_a_key_in_the_url_is_not_read(path: str) -> None:
    """Links are logged, shared and kept in histories; a key belongs there only where nothing else is possible."""
    assert asked(path, f"writeKey={KEY}", body=BATCH, method="POST").status == 401


@pytest.mark.parametrize("path", ["/sourceConfig", "/sourceConfig/"])
@pytest.mark.parametrize(
    ("query", "by_header"),
    [
        (f"p=npm&v=3.34.1&build=modern&writeKey={KEY}&lockIntegrationsVersion=false&lockPluginsVersion=false", None),
        ("p=npm&v=2.52.21", "shop"),
        ("view=ad", "shop"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_rudderstacks_sdk_gets_a_source_without_destinations(
    path: str, query: str, by_header: str | None, method: str
) -> None:
    answer = asked(path, query, source=by_header, method=method)
    assert answer.status == 200
    source = msgspec.json.decode(msgspec.json.encode(answer.body))["source"]
    assert (source["id"], source["enabled"], source["destinations"]) == ("shop", True, [])
    assert source["config"]["statsCollection"] == {"errors": {"enabled": False}, "metrics": {"enabled": False}}
    assert KEY not in str(source)


@pytest.mark.parametrize("forwarded", [{}, {"x-forwarded-host": "events.shop.example"}])
def test_segments_sdk_gets_its_own_destination_and_this_endpoint(forwarded: dict[str, str]) -> None:
    headers = {"host": "abc.execute-api.eu-central-1.amazonaws.com", "x-forwarded-proto": "https"} | forwarded
    answer = asked(f"/v1/projects/{KEY}/settings", headers=headers)
    assert answer.status == 200
    assert answer.body["integrations"] == {
        "Segment.io": {
            "apiKey": KEY,
            "apiHost": f"{forwarded.get('x-forwarded-host', headers['host'])}/v1",
            "protocol": "https",
        }
    }
    assert answer.body["metrics"] == {"sampleRate": 0}


@pytest.mark.parametrize(
    "path", ["/sourceConfig", "/v1/projects/shop.wrong/settings", "/v1/projects/{writeKey}/settings", "/nothing"]
)
def test_settings_need_a_valid_key(path: str) -> None:
    answer = asked(path, "writeKey=shop.wrong")
    assert (answer.status, answer.body["code"]) == (401, "unauthorized")


@pytest.mark.parametrize("path", ["/sourceConfig/other", "/v1/projects//settings", "/v1/events", "/v1/projects/a/b"])
def test_other_questions_are_404(path: str) -> None:
    assert asked(path, source="shop").status == 404


def test_a_page_load_does_not_ask_each_time() -> None:
    assert asked("/sourceConfig", source="shop").headers["cache-control"].startswith("private, max-age=")
