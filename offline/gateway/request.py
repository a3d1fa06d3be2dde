"""A request at the gateway, and the event that a function receives for it. Pure.

https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
"""

import base64
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from secrets import token_hex
from typing import Any, Self
from urllib.parse import parse_qsl

from offline.environment import ACCOUNT

MAX_BODY_BYTES = 10 * 1024 * 1024
MAX_HEAD_BYTES = 10_240
MAX_EVENT_BYTES = 6 * 1024 * 1024

Headers = tuple[tuple[str, str], ...]

# Headers of one connection, which are not passed on.
HOP_BY_HOP = frozenset(
    {"connection", "expect", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection", "te",
     "trailer", "transfer-encoding", "upgrade"}
)  # fmt: skip

_TEXT_TYPES = frozenset({"application/json", "application/javascript", "application/xml"})
_ESCAPES = re.compile(r"(?:%[0-9A-Fa-f]{2})+")


@dataclass(frozen=True, kw_only=True)
class Received:
    """A request as the client sent it.

    Attributes
    ----------
    path, query
        As sent, still percent-encoded.
    headers
        In the order in which they were sent; a name may occur more than once.
    address
        Address of the other end of the connection.
    port
        Local port of the connection.
    """

    method: str
    path: str
    query: str
    headers: Headers
    body: bytes
    address: str
    port: int = 443

    def header(self, name: str) -> str | None:
        """Return the first value of a header."""
        return next((value for key, value in self.headers if key.lower() == name), None)

    def with_headers(self, values: Mapping[str, str]) -> Self:
        """Return the request with headers set, by lower-case name."""
        kept = tuple((name, value) for name, value in self.headers if name.lower() not in values)
        return replace(self, headers=(*kept, *values.items()))

    def forwarded_for(self) -> str:
        """Return X-Forwarded-For: the value that the client sent, then the address of the connection."""
        passed = self.header("x-forwarded-for")
        return f"{passed}, {self.address}" if passed else self.address

    @property
    def head_bytes(self) -> int:
        """Size of the request line and the header values, which the gateway limits."""
        line = f"{self.method} {self.path}{'?' if self.query else ''}{self.query} HTTP/1.1"
        return len(line.encode(errors="replace")) + sum(
            len(value.encode(errors="replace")) for _, value in self.headers
        )


def event_of(
    received: Received, *, route_key: str, parameters: dict[str, str] | None, api_id: str, host: str, now: datetime
) -> dict[str, Any]:
    """Return the event of a request.

    Parameters
    ----------
    route_key, parameters
        The chosen route, and the values of its path's variables; None for a route without variables.
    host
        The API's domain name.
    """
    path = decoded_path(received.path)
    event: dict[str, Any] = {"version": "2.0", "routeKey": route_key, "rawPath": path, "rawQueryString": received.query}
    if cookies := list(_cookies(received.headers)):
        event["cookies"] = cookies
    event["headers"] = joined_headers(received.with_headers(_gateway_headers(received, host, now)).headers)
    if received.query:
        event["queryStringParameters"] = joined_query(received.query)
    event["requestContext"] = _context(received, route_key=route_key, path=path, api_id=api_id, host=host, now=now)
    if parameters:
        event["pathParameters"] = parameters
    return event | body_fields(received.body, received.header("content-type"))


def _gateway_headers(received: Received, host: str, now: datetime) -> dict[str, str]:
    """Return the headers that the gateway sets instead of the client's."""
    return {
        "content-length": str(len(received.body)),
        "host": host,
        "x-forwarded-for": received.forwarded_for(),
        "x-forwarded-proto": "http",
        "x-forwarded-port": str(received.port),
        "x-amzn-trace-id": f"Root=1-{int(now.timestamp()):08x}-{token_hex(12)}",
    }


def _context(received: Received, *, route_key: str, path: str, api_id: str, host: str, now: datetime) -> dict[str, Any]:
    return {
        "accountId": ACCOUNT,
        "apiId": api_id,
        "domainName": host,
        "domainPrefix": host.partition(".")[0],
        "http": {
            "method": received.method,
            "path": path,
            "protocol": "HTTP/1.1",
            "sourceIp": received.address,
            "userAgent": received.header("user-agent") or "",
        },
        "requestId": request_id(),
        "routeKey": route_key,
        "stage": "$default",
        "time": now.astimezone(UTC).strftime("%d/%b/%Y:%H:%M:%S +0000"),
        "timeEpoch": int(now.timestamp() * 1000),
    }


def body_fields(body: bytes, content_type: str | None) -> dict[str, Any]:
    """Return `body` and `isBase64Encoded`, which depend on Content-Type only; invalid UTF-8 in a text is lost."""
    if not body:
        return {"isBase64Encoded": False}
    if is_text(content_type):
        return {"body": body.decode(errors="replace"), "isBase64Encoded": False}
    return {"body": base64.b64encode(body).decode(), "isBase64Encoded": True}


def is_text(content_type: str | None) -> bool:
    """Tell whether a body of this type is passed on as text; forms and bodies without a type are not."""
    media_type = (content_type or "").partition(";")[0].strip().lower()
    return media_type.startswith("text/") or media_type in _TEXT_TYPES


def joined_headers(headers: Headers) -> dict[str, str]:
    """Return header values by lower-case name, joined by commas, without cookies, which have their own member."""
    joined: dict[str, str] = {}
    for name, value in headers:
        key, text = name.lower(), _text(value)
        if key != "cookie":
            joined[key] = f"{joined[key]},{text}" if key in joined else text
    return joined


def joined_query(query: str) -> dict[str, str]:
    """Return decoded values by name; those with the same name are joined by commas."""
    joined: dict[str, str] = {}
    for name, value in parse_qsl(query, keep_blank_values=True, errors="replace"):
        joined[name] = f"{joined[name]},{value}" if name in joined else value
    return joined


def decoded_path(path: str) -> str:
    """Decode a path as the gateway does, before it looks for a route: all escapes but ``%25``, so ``%2F`` is ``/``."""
    return _ESCAPES.sub(_decoded, path)


def _decoded(run: re.Match[str]) -> str:
    parts = re.split("(%25)", run[0])
    return "".join(
        part if part == "%25" else bytes.fromhex(part.replace("%", "")).decode(errors="replace") for part in parts
    )


def _cookies(headers: Headers) -> Iterator[str]:
    for name, value in headers:
        if name.lower() == "cookie":
            yield from (cookie.strip() for cookie in _text(value).split(";") if cookie.strip())


def _text(value: str) -> str:
    """Return a header's text; bytes that are not UTF-8 are surrogates here, and become Latin-1."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return value.encode(errors="surrogateescape").decode("latin-1")
    return value


def request_id() -> str:
    """Return a new request id in the form of HTTP APIs."""
    return base64.b64encode(bytes.fromhex(token_hex(11))).decode()
