from __future__ import annotations

import base64
from typing import Any

import msgspec
import pytest

from tests.events import sample_json
from tests.fakes import NOW
from thermocline.ingest.http.http_api import request_from, response_to
from thermocline.ingest.http.request import Response


def event(**changes: Any) -> dict[str, Any]:
    found: dict[str, Any] = sample_json("http_api_request.json")
    return found | changes


def test_a_request_has_what_the_protocols_need() -> None:
    found = request_from(event(), received_at=NOW)
    assert (found.method, found.path, found.source_ip) == ("POST", "/v1/events", "203.0.113.77")
    assert found.headers == {"content-type": "application/json", "user-agent": "curl/8.14"}
    assert found.body == '{"event_name": "Größe"}'.encode()
    assert (found.received_at, found.id) == (NOW, "JKJaXmPLvHcESHA=")


def test_the_query_string_is_as_it_was_sent() -> None:
    assert request_from(event(rawQueryString="writeKey=a%2Eb&x"), received_at=NOW).query == "writeKey=a%2Eb&x"
    assert request_from(event(rawQueryString="\ud800"), received_at=NOW).query == "\ufffd"
    given = event()
    given.pop("rawQueryString", None)
    assert request_from(given, received_at=NOW).query == ""


@pytest.mark.parametrize("body", [b"\x1f\x8b\x00\xff", b"", b"{}"])
def test_binary_bodies_come_as_base64(body: bytes) -> None:
    text = base64.b64encode(body).decode()
    assert request_from(event(body=text, isBase64Encoded=True), received_at=NOW).body == body


@pytest.mark.parametrize("text", ["{}", "é", "a"])
def test_a_body_that_is_wrongly_said_to_be_base64_is_taken_as_text(text: str) -> None:
    assert request_from(event(body=text, isBase64Encoded=True), received_at=NOW).body == text.encode()


def test_a_request_without_a_body_or_headers() -> None:
    given = event()
    del given["body"], given["headers"]
    found = request_from(given, received_at=NOW)
    assert (found.body, found.headers) == (b"", {})


def test_a_response_is_json() -> None:
    found = response_to(Response(status=503, body={"code": "unavailable"}, headers={"retry-after": "1"}))
    assert found["statusCode"] == 503
    assert found["headers"] == {"content-type": "application/json", "retry-after": "1"}
    assert msgspec.json.decode(found["body"]) == {"code": "unavailable"}
    assert found["isBase64Encoded"] is False


def test_half_characters_of_a_header_or_path_are_marked_as_lost() -> None:
    found = request_from(
        event(headers={"ce-id": "a\ud83d", "ce-type": "😀"}, rawPath="/topics/\udc00"), received_at=NOW
    )
    assert (found.headers, found.path) == ({"ce-id": "a\ufffd", "ce-type": "😀"}, "/topics/\ufffd")
