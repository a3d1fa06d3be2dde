"""Requests in another format, in which nothing is an event: they are refused, so that their sender notices.

The content decides, because clients send JSON under any type (curl's ``-d`` calls it a form).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from typing import NamedTuple, NoReturn

import msgspec

from thermocline.errors import RequestError
from thermocline.events.batch import Batch, Refused
from thermocline.ingest.protocols.json_body import JSON_ERRORS

FIREHOSE_HEADER = "x-amz-firehose-protocol-version"
_FORM = "application/x-www-form-urlencoded"
_JSON_TYPE = re.compile(
    r"|\*/\*|text/plain|application/octet-stream|[^/]+/(?:[^/]+[+-])?(?:nd)?json(?:l|lines|-seq|-stream)?"
)
_MAGIC = (
    (re.compile(rb"\s*<"), "XML or HTML"),
    (re.compile(rb"Obj\x01"), "Avro"),
    (re.compile(rb"PAR1"), "Parquet"),
    (re.compile(rb"ORC"), "ORC"),
    (re.compile(rb"\x28\xb5\x2f\xfd"), "zstd"),
    (re.compile(rb"\x78[\x01\x5e\x9c\xda]"), "zlib (deflate)"),
    (re.compile(rb"BZh[1-9]"), "bzip2"),
    (re.compile(rb"\xfd7zXZ\x00"), "xz"),
    (re.compile(rb"\x04\x22\x4d\x18"), "LZ4"),
    (re.compile(rb"\xff\x06\x00\x00sNaPpY"), "Snappy"),
    (re.compile(rb"PK\x03\x04"), "ZIP"),
    (re.compile(rb"--[^\r\n]+\r?\n[Cc]ontent-"), "a multipart form"),
)
_MULTIPART, _ = _MAGIC[-1]
_OTLP_START = re.compile(rb'\s*\{\s*"resource_?(?:[Ll]ogs|[Ss]pans|[Mm]etrics|[Pp]rofiles)"')
_OTLP = (
    "OpenTelemetry (OTLP) is not taken here; send measurements as JSON, "
    '{"device_id": "…", "metrics": {"name": 1}}, with the key of a telemetry source.'
)
_FIREHOSE = (
    "Deliveries to Firehose's HTTP endpoints are not taken here; put their records on the lake's own delivery stream, "
    "or post them as NDJSON."
)
_CHANGES = "Changes of a database go to /v1/cdc/{connector}, with the key of a cdc_log source."
_CALLS = "Segment's and RudderStack's calls go to /v1/batch, or to /v1/track, /v1/page, /v1/identify and so on."
_decode_members = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode


class _Shape(NamedTuple):
    """JSON of another format, or of another stream: it has all of some members, and none of others."""

    advice: str
    members: frozenset[str]
    without: frozenset[str]
    text: bytes
    stream: str | None


def _shape(
    advice: str, *members: str, without: tuple[str, ...] = (), text: bytes = b"", stream: str | None = None
) -> _Shape:
    return _Shape(advice, frozenset(members), frozenset(without), text, stream)


_OURS = ("event_id", "event_name", "event_type", "event_time")
_SHAPES = (
    *(_shape(_OTLP, name) for name in ("resourceLogs", "resourceSpans", "resourceMetrics", "resourceProfiles")),
    *(_shape(_OTLP, name) for name in ("resource_logs", "resource_spans", "resource_metrics")),
    _shape(_FIREHOSE, "requestId", "records"),
    _shape("Snowplow's trackers are not taken yet; use a Segment client.", "schema", "data", text=b"iglu:"),
    _shape("AWS's clickstream SDKs are not taken yet; use a Segment client.", "event_type", "app_id", "unique_id"),
    *(
        _shape("PostHog's, Amplitude's and Mixpanel's formats are not taken; use a Segment client.", *members)
        for members in (("api_key",), ("distinct_id", "event"), ("client_id", "events"))
    ),
    _shape("Post CloudEvents as application/cloudevents+json or application/cloudevents-batch+json.", "specversion"),
    _shape(_CALLS, "batch"),
    *(_shape(_CALLS, name, without=_OURS) for name in ("messageId", "anonymousId", "userId", "writeKey")),
    *(
        _shape(_CHANGES, *members, stream="cdc_log")
        for members in (("op", "source", "after"), ("op", "source", "before"), ("schema", "payload"))
    ),
    *(
        _shape("Measurements need the key of a telemetry source.", *members, stream="telemetry")
        for members in (("metrics",), ("n", "v"), ("n", "vs"), ("n", "vb"), ("bn", "n"), ("bn", "v"))
    ),
    _shape("AWS's notifications are not taken here; send the events that they tell of.", "Records"),
)


def check_sender(headers: Mapping[str, str]) -> None:
    """Refuse a delivery to Firehose's HTTP endpoints; it has no write key, and the answer would only say that.

    Raises
    ------
    RequestError
        With status 400.
    """
    if FIREHOSE_HEADER in headers:
        raise RequestError(400, "other_format", _FIREHOSE)


def understood(
    parse: Callable[[bytes], Batch], headers: Mapping[str, str], *, by_members: bool = True
) -> Callable[[bytes], Batch]:
    """Return `parse` such that it refuses a request in another format as a whole.

    A single bad event, and bytes of an unknown format, still become bad rows.

    Parameters
    ----------
    by_members
        False: JSON is never another format, whatever its members are called.
    """

    def parse_if_understood(body: bytes) -> Batch:
        if by_members and _OTLP_START.match(body):
            raise RequestError(400, "other_format", _OTLP)
        if _MULTIPART.match(body):
            _refuse_type("a multipart form")
        batch = parse(body)
        refused = [event for event in batch.events if isinstance(event, Refused)]
        if refused and len(refused) == len(batch.events):
            advice = _advice(refused, batch.stream) if by_members else None
            _refuse_other_formats(refused, advice, body, headers)
        return batch

    return parse_if_understood


def _refuse_other_formats(refused: list[Refused], advice: str | None, body: bytes, headers: Mapping[str, str]) -> None:
    if advice:
        raise RequestError(400, "other_format", advice)
    if any(event.reason != "malformed" and event.raw.startswith((b"{", b"[")) for event in refused):
        return
    name = next((name for magic, name in _MAGIC if magic.match(body)), None)
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    if name:
        _refuse_type(name)
    # Broken JSON that is called a form is a bad event.
    if not _JSON_TYPE.fullmatch(media_type) and not (media_type == _FORM and body.lstrip()[:1] in (b"{", b"[")):
        _refuse_type(media_type)


def _refuse_type(name: str) -> NoReturn:
    raise RequestError(
        415, "unsupported_media_type", f"This is {name[:100]}; send JSON: an object, an array, or NDJSON."
    )


def _advice(refused: list[Refused], stream: str) -> str | None:
    """Return advice on JSON of another format, or None unless all of it is."""
    shapes = [shape for shape in _SHAPES if shape.stream != stream]
    advice = None
    for event in refused:
        try:
            members = _decode_members(event.raw).keys()
        except JSON_ERRORS:
            return None
        advice = next((shape.advice for shape in shapes if _has(shape, members, event.raw)), None)
        if advice is None:
            return None
    return advice


def _has(shape: _Shape, members: AbstractSet[str], raw: bytes) -> bool:
    return shape.members <= members and shape.without.isdisjoint(members) and shape.text in raw
