"""Valid requests of every protocol, and what breaks them: the grammar that both fuzzers mutate."""

from __future__ import annotations

import base64
import gzip
import json
import re
from collections.abc import Mapping
from random import Random
from typing import NamedTuple

from tests.events import sample


class Valid(NamedTuple):
    """One request that is answered 200."""

    path: str
    source: str
    body: bytes
    headers: Mapping[str, str] = {}


CLOUD_EVENT = (
    b'{"specversion":"1.0","id":"c1","source":"/shop","type":"order","time":"2026-11-22T12:00:00Z","data":{"n":1}}'
)
STRUCTURED = {"content-type": "application/cloudevents+json"}
BATCHED = {"content-type": "application/cloudevents-batch+json"}
BINARY = {"ce-id": "c1", "ce-source": "/shop", "ce-specversion": "1.0", "ce-type": "order", "ce-time": "2026-11-22"}
NATIVE = (
    b'{"event_id":"e1","event_type":"track","event_name":"Seen","event_time":1795346509393,"revenue":12.5,'
    b'"ip":"203.0.113.7","user_id":"u1","properties":{"a":[1,{"b":null}]},"context":{"ip":"203.0.113.7","x":"y"}}'
)
VALID = (
    Valid("/v1/events", "shop", NATIVE),
    Valid("/v1/events", "shop", NATIVE + b"\n" + NATIVE),
    Valid("/v1/events", "shop", b"[" + NATIVE + b"," + NATIVE + b"]"),
    Valid("/v1/batch", "shop", sample("segment_batch.json")),
    Valid(
        "/v1/track", "shop", b'{"event":"E","userId":7,"timestamp":"2026-11-22T12:00:00Z","properties":{"total":"9.5"}}'
    ),
    Valid(
        "/v1/p",
        "shop",
        b'{"name":"Home","context":{"page":{"url":"https://a.example/?q=1"}}}',
        {"content-type": "text/plain"},
    ),
    Valid("/v1/events", "shop", CLOUD_EVENT, STRUCTURED),
    Valid("/v1/events", "shop", b"[" + CLOUD_EVENT + b"]", BATCHED),
    Valid("/v1/events", "shop", b'{"n":1}', BINARY),
    Valid("/v1/events", "meters", sample("iot_message.json")),
    Valid("/topics/dt%2Fa%2Fb%2Fc%2Fd", "meters", sample("senml_rfc8428_5_1_3.json")),
    *(
        Valid(f"/topics/{topic}", "meters", body)
        for topic, body in (
            ("tele/hall/SENSOR", b'{"Time":"2026-11-26T01:47:58","A":{"Id":"0","Temperature":[20.5]},"TempUnit":"C"}'),
            ("v3/a/devices/d/up", b'{"end_device_ids":{"device_id":"d"},"uplink_message":{"decoded_payload":{"t":1}}}'),
            ("spBv1.0/g/DDATA/n/d", b'{"timestamp":1795658000123,"metrics":[{"name":"t","value":1,"type":"Int8"}]}'),
            ("dt/a/b/c/d", b'{"readings":[{"ts":1795658000,"name":"t","value":1.5,"unit":"V"}],"x":{"y":null}}'),
            ("dt/a/b/c/d", b'[{"bt":1795658000,"bu":"V"},{"n":"a","v":1,"ut":5},{"n":"b","vs":"x","foo":1}]'),
        )
    ),
    Valid("/v1/cdc/pg", "changes", sample("debezium_postgresql.json")),
    Valid("/v1/cdc/pg", "changes", sample("debezium_with_schema.json")),
)
EVIL = (
    b"",
    b"null",
    b"true",
    b"[]",
    b"{}",
    b"{}{}",
    b"NaN",
    b"-Infinity",
    b"-",
    b"-0",
    b"1E400",
    b"1e999999999",
    b"1e-999999999",
    b"18446744073709551616",
    b"9" * 5_000,
    b"0." + b"1" * 5_000,
    b"[" * 250 + b"]" * 250,
    b"[" * 100_000,
    b'{"a":' * 5_000,
    b'"' + b"x" * 300_000 + b'"',
    b"\xff\xfe",
    b"\x00",
    b'"\\u0000"',
    b'"\\ud800"',
    b'"\\udc00\\ud800"',
    b'"\\u003a"',
    b'{"a":1,"a":2}',
    b'{"a" :1,"\\u0061":2}',
    b'"../../../etc/passwd"',
    b'"\'; DROP TABLE clickstream; --"',
    b'"%2e%2e%2f"',
    b'"9999-12-31T23:59:59.999999999-23:59"',
    b'"0000-00-00"',
    b'"2026-11-22T24:00:61Z"',
    b'"https://[::1"',
    b'"999.999.999.999"',
    b'""',
    b'" "',
    b'"\\n"',
    b"// comment",
    b"'single'",
    b",",
    b":",
    b'"',
    b"\\",
    b"\n",
    b"\xef\xbb\xbf",
    b"1 2",
    b'"a":1,' * 1_200,
)
HEADERS = {
    "authorization": (
        "",
        "Basic",
        "Basic !",
        "Basic Og==",
        "Bearer shop.\ud800",
        "Bearer \x00",
        "AWS4-HMAC-SHA256 Credential=",
    ),
    "content-encoding": ("gzip", "br", "GZIP", "identity, gzip"),
    "content-type": ("", "application/cloudevents", "application/cloudevents+json; charset=\ud800", "text/plain;;="),
    "ce-id": ("", "%", "%ff", "\ud800", "x" * 5_000),
    "ce-time": ("soon", "%00", "9999-99-99T00:00:00Z"),
    "user-agent": ("Mozilla/5.0 " + "(" * 5_000, "Mozilla/\x00\ud800"),
}
PATHS = (
    "/topics/%ff%00",
    "/topics/../..",
    "/topics/\ud800",
    "/v1/cdc/..%2f..",
    "/v1/cdc/" + "a" * 300,
    "/v1/batch/",
    "//",
)

_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*"|[-+.\w]+|[\[\]{},:]')


def mutated(random: Random) -> Valid:
    """Return a valid request with a few of its tokens, its headers, its path or its bytes spoilt."""
    path, source, body, headers = random.choice(VALID)
    for _ in range(random.randint(0, 4)):
        body = _spoilt(body, random)
    if random.random() < 0.15:
        name = random.choice([*HEADERS])
        headers = {**headers, name: random.choice(HEADERS[name])}
    if random.random() < 0.05:
        path = random.choice(PATHS)
    if random.random() < 0.15:
        body = gzip.compress(body, 1)
        if random.random() < 0.5:
            body = body[: random.randrange(len(body))]
    return Valid(path, source, body, headers)


def http_event(valid: Valid, key: str) -> dict[str, object]:
    """Return the HTTP API's event of a request."""
    event = json.loads(sample("http_api_request.json"))
    event["rawPath"] = valid.path
    event["headers"] = {"authorization": f"Bearer {key}", **valid.headers}
    try:
        event["body"] = valid.body.decode()
    except UnicodeDecodeError:
        event["body"] = base64_text(valid.body)
        event["isBase64Encoded"] = True
    return dict(event)


def base64_text(body: bytes) -> str:
    """Return a body as the HTTP API encodes binary ones."""
    return base64.b64encode(body).decode()


def _spoilt(body: bytes, random: Random) -> bytes:
    tokens = [found.span() for found in _TOKEN.finditer(body)] or [(0, len(body))]
    start, end = random.choice(tokens)
    match random.randrange(5):
        case 0:
            return body[:start] + random.choice(EVIL) + body[end:]
        case 1:
            return body[:start] + random.choice(EVIL) + body[start:]
        case 2:
            return body[:start] + body[end:]
        case 3:  # one token in another's place
            other = random.choice(tokens)
            return body[:start] + body[other[0] : other[1]] + body[end:]
    return body[: random.randrange(len(body) + 1)]
