"""RudderStack's SDK in Chromium: every event lands, whatever befalls the requests."""

from __future__ import annotations

import pytest

from tests.browsers.gateway import Fault
from tests.browsers.shop import Shop

EVENTS = 5
BATCHES = "queueOptions: { batch: { enabled: true, maxItems: 3, flushInterval: 300 } },"
TRANSPORTS = {"one by one": "", "batches": BATCHES}
RETRY_HEADERS = {"rsa-retry-attempt", "rsa-retry-reason", "rsa-since-first-attempt", "rsa-since-last-attempt"}


def test_every_event_lands_after_a_503(shop: Shop) -> None:
    tab = shop.open("rudderstack")
    shop.fail(Fault.UNAVAILABLE)
    shop.track(tab, *range(EVENTS))
    shop.expect(EVENTS)
    assert ("POST /v1/track", 503) in shop.gateway.answered
    assert {"anonymousid", "sentat", *RETRY_HEADERS} <= shop.gateway.headers


@pytest.mark.long
@pytest.mark.parametrize("fault", Fault)
@pytest.mark.parametrize("transport", TRANSPORTS)
@pytest.mark.parametrize("name", ["rudderstack", "rudderstack-config-url"])
def test_every_event_lands(shop: Shop, name: str, transport: str, fault: Fault) -> None:
    tab = shop.open(name, options=TRANSPORTS[transport])
    shop.fail(fault, fault)
    shop.track(tab, *range(EVENTS))
    shop.expect(EVENTS, again=2 if fault is Fault.LOST else 0)
    assert not shop.gateway.faults


@pytest.mark.long
@pytest.mark.parametrize("transport", TRANSPORTS)
def test_what_was_not_sent_before_a_reload_is_sent_after_it(shop: Shop, transport: str) -> None:
    tab = shop.open("rudderstack", options=TRANSPORTS[transport])
    shop.fail(*[Fault.UNAVAILABLE] * EVENTS)
    shop.track(tab, *range(EVENTS))
    tab.wait_for_timeout(800)
    tab.reload()
    shop.expect(EVENTS, seconds=60)
    assert "rsa-recovered" in shop.gateway.headers


@pytest.mark.long
def test_the_build_for_old_browsers_sends_the_same(shop: Shop) -> None:
    tab = shop.open("rudderstack-config-url", instead={"analytics-js/bundled": "analytics-js/legacy-bundled"})
    shop.fail(Fault.UNAVAILABLE)
    shop.track(tab, *range(EVENTS))
    shop.expect(EVENTS)


@pytest.mark.long
def test_beacons_land(shop: Shop) -> None:
    """Without faults: a page cannot read a beacon's answer, so what a beacon loses is lost (docs/browsers.md)."""
    options = "useBeacon: true, beaconQueueOptions: { maxItems: 2, flushQueueInterval: 500 },"
    tab = shop.open("rudderstack-config-url", options=options)
    shop.track(tab, *range(EVENTS))
    shop.expect(EVENTS)
    assert {path for path, _ in shop.gateway.answered} == {"GET /sourceConfig", "POST /beacon/v1/batch"}


@pytest.mark.long
def test_a_beacon_is_sent_while_its_page_closes(shop: Shop) -> None:
    tab = shop.open("rudderstack", options="useBeacon: true,")
    shop.track(tab, *range(EVENTS))
    tab.wait_for_timeout(300)
    assert shop.gateway.answered == [], "the queue waits for ten events or ten minutes"
    tab.close(run_before_unload=True)
    shop.expect(EVENTS)


@pytest.mark.long
@pytest.mark.parametrize("options", ["", "useBeacon: true, beaconQueueOptions: { maxItems: 5 },"])
def test_the_first_sdk_works_still(shop: Shop, options: str) -> None:
    """`rudder-sdk-js` 2, which asks for its settings by Basic alone and has no class."""
    first_sdk = {
        'import { RudderAnalytics } from "@rudderstack/analytics-js/bundled";': 'import * as sdk from "rudder-sdk-js";',
        "new RudderAnalytics()": "sdk",
        "/sourceConfig`": "/sourceConfig?`",
    }
    tab = shop.open("rudderstack-config-url", options=options, instead=first_sdk)
    if not options:
        shop.fail(Fault.UNAVAILABLE, Fault.CUT)
    shop.track(tab, *range(EVENTS))
    shop.expect(EVENTS)
    assert ("GET /sourceConfig", 200) in shop.gateway.answered
