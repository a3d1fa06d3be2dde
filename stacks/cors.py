"""What pages of another origin may send to the ingest API, and what they may read of its answers.

A browser holds back a whole request for one header that is not in this list. Each name is one that a client really
sends, in lower case, as browsers ask for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

REQUEST_HEADERS: Final[Mapping[str, tuple[str, ...]]] = {
    "every client": ("authorization", "content-encoding", "content-type"),
    "RudderStack's SDK": (
        "anonymousid",
        "rsa-recovered",
        "rsa-retry-attempt",
        "rsa-retry-reason",
        "rsa-since-first-attempt",
        "rsa-since-last-attempt",
        "sentat",
    ),
    "Segment's SDK": ("x-retry-count",),
    "CloudEvents in binary mode": (
        "ce-datacontenttype",
        "ce-dataschema",
        "ce-id",
        "ce-source",
        "ce-specversion",
        "ce-subject",
        "ce-time",
        "ce-type",
    ),
    "AWS's SDK (IoT publish)": (
        "amz-sdk-invocation-id",
        "amz-sdk-request",
        "x-amz-content-sha256",
        "x-amz-date",
        "x-amz-mqtt5-correlation-data",
        "x-amz-mqtt5-payload-format-indicator",
        "x-amz-mqtt5-user-properties",
        "x-amz-security-token",
        "x-amz-user-agent",
    ),
    # Monitoring in a page adds these to the requests of everything else in it.
    "tracing (W3C, Sentry, AWS RUM)": ("baggage", "sentry-trace", "traceparent", "tracestate", "x-amzn-trace-id"),
}

# What clients read of an answer that is not a success: when to come again.
RESPONSE_HEADERS: Final = ("retry-after",)


def request_headers(of_pages: tuple[str, ...] = ()) -> list[str]:
    """Return every header that a page may send, with those that a stage's own pages add."""
    known = {name for names in REQUEST_HEADERS.values() for name in names}
    return sorted(known | {name.lower() for name in of_pages})
