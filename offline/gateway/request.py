"""A request as it reached the gateway, and the event that a function gets of it. Pure.

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

# Headers of one connection, which end where it ends.
HOP_BY_HOP = frozenset(
    {"connection", "expect", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection", "te",
     "trailer", "transfer-encoding", "upgrade"}
)  # fmt: skip

_TEXT_TYPES = frozenset({"application/json", "application/javascript", "application/xml"})
_ESCAPES = re.compile(r"(?:%[0-9A-Fa-f]{2})+")


@dataclass(frozen=True, kw_only=True)
class Received:
    """A request as it came over the wire.

    Attributes
    ----------
    path, query
        As sent, still percent-encoded.
    headers
        In the order in which they were sent; a name may be there more than once.
    address
        The other end of the connection.
    port
        Where the request came in.
    """

    method: str
    path: str
    query: str
    headers: Headers
    body: bytes
    address: str
    port: int = 443

    def header(self, name: str) -> str | None:
        """The first value of a header."""
        return next((value for key, value in self.headers if key.lower() == name), None)

    def with_headers(self, values: Mapping[str, str]) -> Self:
        """The request with headers set, by lower-case name."""
        kept = tuple((name, value) for name, value in self.headers if name.lower() not in values)
        return replace(self, headers=(*kept, *values.items()))

    def forwarded_for(self) -> str:
        """X-Forwarded-For with the other end of the connection behind what came."""
        passed = self.header("x-forwarded-for")
        return f"{passed}, {self.address}" if passed else self.address

    @property
    def head_bytes(self) -> int:
        """Size of the request line and the header values, which is what the gateway limits."""
        line = f"{self.method} {self.path}{'?' if self.query else ''}{self.query} HTTP/1.1"
        return len(line.encode(errors="replace")) + sum(
            len(value.encode(errors="replace")) for _, value in self.headers
        )


def event_of(
    received: Received, *, route_key: str, parameters: dict[str, str] | None, api_id: str, host: str, now: datetime
) -> dict[str, Any]:
    """The event of a request.

    Parameters
    ----------
    route_key, parameters
        The route that was chosen, and what its path's variables stand for; None for a route without any.
    host
        The API's domain name.
    """
    path = decoded_path(received.path)
    # The gateway sets these, whatever the client sent.
    whole = received.with_headers(
        {
            "content-length": str(len(received.body)),
            "host": host,
            "x-forwarded-for": received.forwarded_for(),
            "x-forwarded-proto": "http",
            "x-forwarded-port": str(received.port),
            "x-amzn-trace-id": f"Root=1-{int(now.timestamp()):08x}-{token_hex(12)}",
        }
    )
    event: dict[str, Any] = {"version": "2.0", "routeKey": route_key, "rawPath": path, "rawQueryString": received.query}
    if cookies := list(_cookies(received.headers)):
        event["cookies"] = cookies
    event["headers"] = joined_headers(whole.headers)
    if received.query:
        event["queryStringParameters"] = joined_query(received.query)
    event["requestContext"] = {
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
    if parameters:
        event["pathParameters"] = parameters
    return event | body_fields(received.body, received.header("content-type"))


def body_fields(body: bytes, content_type: str | None) -> dict[str, Any]:
    """`body` and `isBase64Encoded`: Content-Type alone decides; what is no UTF-8 under a text type is lost."""
    if not body:
        return {"isBase64Encoded": False}
    if is_text(content_type):
        return {"body": body.decode(errors="replace"), "isBase64Encoded": False}
    return {"body": base64.b64encode(body).decode(), "isBase64Encoded": True}


def is_text(content_type: str | None) -> bool:
    """Whether a body of this type is handed on as text; forms and bodies without a type are not."""
    media_type = (content_type or "").partition(";")[0].strip().lower()
    return media_type.startswith("text/") or media_type in _TEXT_TYPES


def joined_headers(headers: Headers) -> dict[str, str]:
    """Header values by lower-case name, those of one name joined by commas; cookies have a member of their own."""
    joined: dict[str, str] = {}
    for name, value in headers:
        key, text = name.lower(), _text(value)
        if key != "cookie":
            joined[key] = f"{joined[key]},{text}" if key in joined else text
    return joined


def joined_query(query: str) -> dict[str, str]:
    """Decoded values by name, those of one name joined by commas."""
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
    """A header's text; bytes that are no UTF-8 came as halves of surrogate pairs, and are taken as Latin-1."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return value.encode(errors="surrogateescape").decode("latin-1")
    return value


def request_id() -> str:
    """An id in the form that HTTP APIs give."""
    return base64.b64encode(bytes.fromhex(token_hex(11))).decode()
