"""Segment's SDK in Chromium: every event lands, whatever befalls the requests."""

from __future__ import annotations

import time

import pytest

from tests.browsers.gateway import RETRY_AFTER, Fault
from tests.browsers.shop import Shop
from tests.browsers.snippets import page, sdk_file, snippet

EVENTS = 5
TRANSPORTS = {
    "one by one": "",
    "one by one, keepalive": "deliveryStrategy: { config: { keepalive: true } },",
    "one by one, with cookies": "deliveryStrategy: { config: { credentials: 'include' } },",
    "one by one, as JSON": "deliveryStrategy: { config: { headers: { 'Content-Type': 'application/json' } } },",
    "batches": "deliveryStrategy: { strategy: 'batching', config: { size: 3, timeout: 300 } },",
    "batches, keepalive": "deliveryStrategy: { strategy: 'batching', config: { timeout: 300, keepalive: true } },",
}


def test_every_event_lands_after_a_503(shop: Shop) -> None:
    tab = shop.open("segment")
    shop.fail(Fault.UNAVAILABLE)
    shop.track(tab, *range(EVENTS))
    shop.expect(EVENTS)
    assert ("POST /v1/t", 503) in shop.gateway.answered
    assert "x-retry-count" in shop.gateway.headers


@pytest.mark.long
@pytest.mark.parametrize("fault", Fault)
@pytest.mark.parametrize("transport", TRANSPORTS)
def test_every_event_lands(shop: Shop, transport: str, fault: Fault) -> None:
    tab = shop.open("segment", options=TRANSPORTS[transport])
    shop.fail(fault, fault)
    shop.track(tab, *range(EVENTS))
    shop.expect(EVENTS, again=2 if fault is Fault.LOST else 0)
    assert not shop.gateway.faults


@pytest.mark.long
@pytest.mark.parametrize("transport", ["one by one", "batches"])
def test_after_a_429_it_comes_again_when_the_answer_says(shop: Shop, transport: str) -> None:
    """It reads Retry-After only because CORS exposes the header; by itself it would come again in half a second."""
    tab = shop.open("segment", options=TRANSPORTS[transport])
    shop.fail(Fault.THROTTLED)
    began = time.monotonic()
    shop.track(tab, 0)
    shop.expect(1)
    assert time.monotonic() - began >= RETRY_AFTER


@pytest.mark.long
def test_what_was_not_sent_before_a_reload_is_sent_after_it(shop: Shop) -> None:
    tab = shop.open("segment")
    shop.fail(*[Fault.UNAVAILABLE] * EVENTS)
    shop.track(tab, *range(EVENTS))
    tab.wait_for_timeout(300)
    tab.reload()
    shop.expect(EVENTS, seconds=60)


@pytest.mark.long
@pytest.mark.parametrize("transport", ["one by one, keepalive", "batches"])
def test_what_waits_is_sent_while_the_page_closes(shop: Shop, transport: str) -> None:
    options = TRANSPORTS[transport].replace("timeout: 300", "timeout: 60_000").replace("size: 3", "size: 10")
    tab = shop.open("segment", options=options)
    shop.track(tab, *range(EVENTS))
    tab.wait_for_timeout(300)
    tab.close(run_before_unload=True)
    shop.expect(EVENTS)


@pytest.mark.long
@pytest.mark.parametrize("told", [True, False])
def test_the_standalone_build_asks_the_lake_for_its_settings(shop: Shop, told: bool) -> None:
    """Where a page does not say `apiHost`, the settings lead to the address that was asked, and never to Segment."""
    html = snippet("segment-standalone", shop.servers.lake)
    if not told:
        html = html.replace("apiHost:", "unknown:").replace("protocol:", "unknown2:")
    shop.servers.pages |= {
        "/standalone.js": sdk_file("@segment/analytics-next/dist/umd/standalone.js"),
        "/page.html": page("/none.js") + html,
        "/none.js": "",
    }
    tab = shop.visit()
    shop.fail(Fault.UNAVAILABLE)
    shop.track(tab, *range(EVENTS))
    shop.expect(EVENTS)
    assert [status for path, status in shop.gateway.answered if path.endswith("/settings")] == [200]
