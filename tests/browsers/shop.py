"""A shop whose pages track what happens in them, as a test drives it."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, Request

from tests.browsers.gateway import Fault, Gateway
from tests.browsers.servers import Servers
from tests.browsers.snippets import bundled, page, snippet


@dataclass
class Shop:
    """Pages in a browser of their own, and the lake that they send to."""

    servers: Servers
    browser: BrowserContext
    folder: Path
    requests: list[Request] = field(default_factory=list)

    @property
    def gateway(self) -> Gateway:
        return self.servers.gateway

    def open(self, name: str, *, options: str = "", instead: Mapping[str, str] | None = None) -> Page:
        """Open a page that runs a snippet of docs/browsers.md, with options added and some texts replaced."""
        module = snippet(name, self.servers.lake, options=options)
        for old, new in (instead or {}).items():
            assert old in module
            module = module.replace(old, new)
        self.servers.pages |= {"/": "", "/page.js": bundled(module, self.folder), "/page.html": page("/page.js")}
        return self.visit()

    def visit(self) -> Page:
        """Open the shop's page in a new tab."""
        tab = self.browser.new_page()
        tab.on("request", lambda request: self.requests.append(request))  # noqa: PLW0108 - Playwright marks it
        tab.goto(f"{self.servers.site}/page.html")
        return tab

    def fail(self, *faults: Fault) -> None:
        """Let these befall the next requests with events."""
        self.gateway.faults.extend(faults)

    def track(self, tab: Page, *numbers: int) -> None:
        """Track one event for each number, and do not wait for any."""
        tab.evaluate("ns => { for (const n of ns) analytics.track('Seen', { n }); }", list(numbers))

    def expect(self, count: int, *, again: int = 0, seconds: float = 30) -> None:
        """See that so many different events land, each under one identity, `again` of them twice, and no bad rows."""
        deadline = time.monotonic() + seconds
        with self.gateway.sink.changed:
            while not self._landed(count, again) and (left := deadline - time.monotonic()) > 0:
                self.gateway.sink.changed.wait(left)
        identities: dict[int, set[tuple[str, str]]] = {}
        for row in self._seen():
            identities.setdefault(json.loads(row["properties"])["n"], set()).add((row["event_id"], row["fingerprint"]))
        assert sorted(identities) == list(range(count)), self.gateway.answered
        assert {len(each) for each in identities.values()} == {1}, "an event that was sent again is another event"
        assert len(set.union(*identities.values())) == count
        assert self._landed(count, again), "what was stored and not answered did not come again"
        assert self.gateway.sink.rows("quarantine") == []

    def _landed(self, count: int, again: int) -> bool:
        seen = self._seen()
        return len(seen) >= count + again and len({row["event_id"] for row in seen}) >= count

    def _seen(self) -> list[dict[str, Any]]:
        return [row for row in self.gateway.sink.rows("clickstream") if row["event_name"] == "Seen"]

    def sent_elsewhere(self) -> list[str]:
        """Return the addresses of others that pages asked; Playwright hears of requests only while it is called."""
        self.browser.new_page().close()
        own = (self.servers.site, self.servers.lake, "data:", "blob:")
        return [each.url for each in self.requests if not each.url.startswith(own)]
