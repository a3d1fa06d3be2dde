"""What browsers must be let send: copied from the requests of the SDKs, not from the declaration."""

from __future__ import annotations

import pytest

from stacks.cors import REQUEST_HEADERS, RESPONSE_HEADERS, request_headers

# Access-Control-Request-Headers of what Chromium sent, without those that belong to every request of the client.
RUDDERSTACK = "anonymousid authorization content-type sentat"
PREFLIGHTS = [
    ("RudderStack, first", RUDDERSTACK),
    ("RudderStack, again", f"{RUDDERSTACK} rsa-retry-attempt rsa-retry-reason"),
    ("RudderStack, again", f"{RUDDERSTACK} rsa-since-first-attempt rsa-since-last-attempt"),
    ("RudderStack, kept over a reload", f"{RUDDERSTACK} rsa-recovered"),
    ("RudderStack, settings", "authorization"),
    ("Segment, first", "authorization"),
    ("Segment, again", "authorization x-retry-count"),
    ("native events", "authorization content-encoding content-type"),
    ("CloudEvents", "authorization ce-id ce-source ce-specversion ce-subject ce-time ce-type content-type"),
    ("AWS's SDK", "amz-sdk-invocation-id amz-sdk-request authorization content-type x-amz-date x-amz-user-agent"),
    ("AWS's SDK with a session", "authorization x-amz-content-sha256 x-amz-date x-amz-security-token"),
    ("a traced page", "authorization baggage content-type traceparent tracestate x-amzn-trace-id"),
]


@pytest.mark.parametrize(("client", "asked"), PREFLIGHTS)
def test_each_client_may_send_its_headers(client: str, asked: str) -> None:
    assert set(asked.split()) <= set(request_headers()), client


def test_clients_may_read_when_to_come_again() -> None:
    assert "retry-after" in RESPONSE_HEADERS


def test_names_are_those_that_browsers_ask_for() -> None:
    assert [name for name in REQUEST_HEADERS if name != name.lower()] == []


def test_a_stages_own_pages_may_send_more() -> None:
    assert set(request_headers(("X-Shop",))) - set(request_headers()) == {"x-shop"}
