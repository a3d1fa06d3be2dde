"""The headers that pages of another origin may send to the ingest API, and read in its answers.

A browser does not send a request that has a header outside this list. A protocol's declaration lists the headers of its
own clients; here are those that any page may add. Real clients send each of these. The names are in lower case, because
browsers ask for them so.
"""

from __future__ import annotations

from typing import Final

from thermocline.ingest.routes import PROTOCOLS

_EVERY_CLIENT: Final = ("authorization", "content-encoding", "content-type")
# Monitoring in a page (W3C, Sentry, AWS RUM) adds these to the requests of everything else in it.
_TRACING: Final = ("baggage", "sentry-trace", "traceparent", "tracestate", "x-amzn-trace-id")

REQUEST_HEADERS: Final = (*_EVERY_CLIENT, *_TRACING, *(name for each in PROTOCOLS for name in each.browser_headers))

# Clients read it in the answer to a failed request: it says when to retry.
RESPONSE_HEADERS: Final = ("retry-after",)


def request_headers(of_pages: tuple[str, ...] = ()) -> list[str]:
    """Return every header that a page may send, including those that a stage's own pages add."""
    return sorted({*REQUEST_HEADERS, *(name.lower() for name in of_pages)})
