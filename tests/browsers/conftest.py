"""Debian's Chromium, the shop's site, and the front door with the CORS configuration of the synthesised template."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from offline.cors import CorsConfiguration
from offline.state import LakeFolder
from tests.browsers.servers import serving
from tests.browsers.shop import Shop
from tests.infra.assembly import synthesise

_FLAGS = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
          "--disable-component-update", "--disable-sync"]  # fmt: skip


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Start Chromium; for a module only, because Playwright keeps an event loop running in the thread."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("no Chromium on this machine: install Debian's package chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=_FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def cors() -> CorsConfiguration:
    properties = synthesise("local").one("ingest", "AWS::ApiGatewayV2::Api")["CorsConfiguration"]
    return CorsConfiguration.from_properties(properties)


@pytest.fixture
def shop(chromium: Browser, cors: CorsConfiguration, tmp_path: Path) -> Iterator[Shop]:
    with serving(LakeFolder(root=tmp_path, name="shop"), cors) as servers:
        context = chromium.new_context()
        context.set_default_timeout(10_000)
        shop = Shop(servers, context, tmp_path)
        yield shop
        elsewhere = shop.sent_elsewhere()
        context.close()
    assert elsewhere == []
