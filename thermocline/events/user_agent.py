"""The browser, system and device that a user agent names. Robots are flagged, never dropped."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

import msgspec

LONGEST_PARSED = 1024


class UserAgent(msgspec.Struct, frozen=True, kw_only=True):
    """The columns that are read from a user agent."""

    browser_name: str | None
    browser_version: str | None
    os_name: str | None
    os_version: str | None
    device_family: str | None
    is_bot: bool


def parse_user_agent(text: str) -> UserAgent:
    """Read a user agent; only its first 1,024 characters count, so that a long one cannot cost much."""
    head = text[:LONGEST_PARSED]
    agent = _parser().parse(head).with_defaults()
    return UserAgent(
        browser_name=_known(agent.user_agent.family),
        browser_version=_version(agent.user_agent),
        os_name=_known(agent.os.family),
        os_version=_version(agent.os),
        device_family=_known(agent.device.family),
        is_bot=agent.device.family == "Spider" or _crawler_detect().isCrawler(head),
    )


@lru_cache(maxsize=8192)
def agent_columns(text: str) -> dict[str, Any]:
    """Return the columns that are read from a user agent; the dictionary is shared, so copy it and do not change it."""
    return msgspec.structs.asdict(parse_user_agent(text))


def is_browser(text: str) -> bool:
    """Tell whether a browser sent a request, so that its address and agent are the end user's."""
    return text.startswith("Mozilla/")


def _known(family: str) -> str | None:
    return None if family == "Other" else family


def _version(product: Any) -> str | None:
    parts = [product.major, product.minor, product.patch]
    return ".".join(part for part in parts if part) or None


@cache
def _parser() -> Any:
    from ua_parser import parser

    return parser


@cache
def _crawler_detect() -> Any:
    from crawlerdetect import CrawlerDetect

    return CrawlerDetect()
