"""What pages of another origin may send to the ingest API, and what they may read of its answers.

A browser holds back a whole request for one header that is not in this list. What a protocol's own clients send is in
its declaration; here is what any page may add. Each name is one that a client really sends, in lower case, as browsers
ask for it.
"""

from __future__ import annotations

from typing import Final

from thermocline.ingest.routes import PROTOCOLS

_EVERY_CLIENT: Final = ("authorization", "content-encoding", "content-type")
# Monitoring in a page (W3C, Sentry, AWS RUM) adds these to the requests of everything else in it.
_TRACING: Final = ("baggage", "sentry-trace", "traceparent", "tracestate", "x-amzn-trace-id")

REQUEST_HEADERS: Final = (*_EVERY_CLIENT, *_TRACING, *(name for each in PROTOCOLS for name in each.browser_headers))

# What clients read of an answer that is not a success: when to come again.
RESPONSE_HEADERS: Final = ("retry-after",)


def request_headers(of_pages: tuple[str, ...] = ()) -> list[str]:
    """Return every header that a page may send, with those that a stage's own pages add."""
    return sorted({*REQUEST_HEADERS, *(name.lower() for name in of_pages)})
