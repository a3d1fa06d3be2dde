from __future__ import annotations

import base64
import datetime as dt
import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offline.gateway.request import Received, body_fields, decoded_path, event_of, joined_headers, joined_query

NOW = dt.datetime(2026, 11, 26, 8, 30, 1, 500_000, tzinfo=dt.UTC)
HOST = "a1b2c3d4.execute-api.127.0.0.1"


def received(
    *, method: str = "GET", target: str = "/", headers: tuple[tuple[str, str], ...] = (), body: bytes = b""
) -> Received:
    path, _, query = target.partition("?")
    return Received(method=method, path=path, query=query, headers=headers, body=body, address="203.0.113.9", port=8080)


def event(request: Received, parameters: dict[str, str] | None = None) -> dict[str, object]:
    return event_of(request, route_key="GET /a", parameters=parameters, api_id="a1b2c3d4", host=HOST, now=NOW)


def test_the_smallest_request_has_no_member_that_aws_leaves_out() -> None:
    found = event(received(target="/a"))
    assert found.keys() == {
        "version", "routeKey", "rawPath", "rawQueryString", "headers", "requestContext", "isBase64Encoded"
    }  # fmt: skip
    assert (found["version"], found["routeKey"], found["rawPath"], found["rawQueryString"]) == (
        "2.0", "GET /a", "/a", "",
    )  # fmt: skip
    context = found["requestContext"]
    assert isinstance(context, dict)
    assert context["http"] == {
        "method": "GET",
        "path": "/a",
        "protocol": "HTTP/1.1",
        "sourceIp": "203.0.113.9",
        "userAgent": "",
    }
    assert (context["domainName"], context["domainPrefix"], context["apiId"]) == (HOST, "a1b2c3d4", "a1b2c3d4")
    assert (context["time"], context["timeEpoch"]) == ("26/Nov/2026:08:30:01 +0000", 1795681801500)
    assert (context["stage"], context["routeKey"], len(context["requestId"])) == ("$default", "GET /a", 16)
    assert json.loads(json.dumps(found)) == found


def test_headers_are_lower_case_and_joined_and_cookies_are_not_among_them() -> None:
    sent = (
        ("Accept", "a"),
        ("ACCEPT", "b, c"),
        ("Cookie", "session=abc123; theme=dark;"),
        ("cookie", "third=1"),
        ("Host", "client.example"),
        ("X-Forwarded-For", "6.6.6.6"),
    )
    found = event(received(headers=sent, body=b"12345"))
    headers = found["headers"]
    assert isinstance(headers, dict)
    trace = headers.pop("x-amzn-trace-id")
    assert trace.startswith("Root=1-6b07ee09-")
    assert headers == {
        "accept": "a,b, c",
        "host": HOST,
        "content-length": "5",
        "x-forwarded-for": "6.6.6.6, 203.0.113.9",
        "x-forwarded-proto": "http",
        "x-forwarded-port": "8080",
    }
    assert found["cookies"] == ["session=abc123", "theme=dark", "third=1"]


def test_query_strings_are_raw_and_decoded_and_joined() -> None:
    query = "q=Hello%20World&tag=C%23%20Programming&tag=.NET%20Core&empty=&bare&plus=a+b"
    found = event(received(target=f"/a?{query}"))
    assert found["rawQueryString"] == query
    assert found["queryStringParameters"] == {
        "q": "Hello World",
        "tag": "C# Programming,.NET Core",
        "empty": "",
        "bare": "",
        "plus": "a b",
    }


@pytest.mark.parametrize(
    ("path", "decoded"),
    [
        ("/a%2Fb", "/a/b"),
        ("/Summer%20Sale", "/Summer Sale"),
        ("/%E2%98%95%20Coffee", "/☕ Coffee"),
        ("/100%25", "/100%25"),
        ("/a%252Fb", "/a%252Fb"),
        ("/%zz%2", "/%zz%2"),
        ("/%ff", "/\ufffd"),
        ("/a+b", "/a+b"),
    ],
)
def test_paths_are_decoded_but_for_the_percent_sign(path: str, decoded: str) -> None:
    assert decoded_path(path) == decoded
    assert event(received(target=path))["rawPath"] == decoded


def test_path_parameters_are_there_only_if_the_route_has_any() -> None:
    assert event(received(), {"id": "a/b"})["pathParameters"] == {"id": "a/b"}


TEXT = [
    "text/plain", "text/anything", "TEXT/HTML; charset=utf-8", "application/json", "application/json;charset=UTF-8",
    "Application/XML", "application/javascript",
]  # fmt: skip
BINARY = [
    None, "", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/octet-stream",
    "application/x-ndjson", "application/cloudevents+json", "application/vnd.api+json", "application/senml+json",
    "image/png", "application/x-javascript", "application/jsonp", "nonsense",
]  # fmt: skip


@pytest.mark.parametrize("content_type", TEXT)
def test_text_arrives_as_text_and_what_is_none_is_destroyed(content_type: str) -> None:
    assert body_fields("Größe".encode(), content_type) == {"body": "Größe", "isBase64Encoded": False}
    packed = body_fields(gzip.compress(b"{}"), content_type)
    assert packed["isBase64Encoded"] is False
    assert packed["body"].startswith("\x1f\ufffd")


@pytest.mark.parametrize("content_type", BINARY)
def test_all_else_is_base64(content_type: str | None) -> None:
    assert body_fields(b'{"a":1}', content_type) == {
        "body": base64.b64encode(b'{"a":1}').decode(),
        "isBase64Encoded": True,
    }


@given(st.binary(min_size=1))
def test_base64_keeps_every_byte(body: bytes) -> None:
    assert base64.b64decode(body_fields(body, None)["body"]) == body


def test_header_bytes_that_are_no_utf8_are_latin_1() -> None:
    assert joined_headers((("A", "Gr\udcf6\udcdfe"), ("B", "Größe"))) == {"a": "Größe", "b": "Größe"}


def test_a_query_of_anything_is_read() -> None:
    assert joined_query("&&=x&a=%ff") == {"": "x", "a": "\ufffd"}


def test_the_head_is_the_request_line_and_the_values_of_headers() -> None:
    assert received(target="/a?b").head_bytes == len("GET /a?b HTTP/1.1")
    assert received(headers=(("name", "value"),)).head_bytes == len("GET / HTTP/1.1") + 5
