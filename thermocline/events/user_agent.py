"""What a user agent says of browser, system and device. Robots are flagged, never dropped."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

import msgspec

LONGEST_PARSED = 1024


class UserAgent(msgspec.Struct, frozen=True, kw_only=True):
    """Columns that are read from a user agent."""

    browser_name: str | None
    browser_version: str | None
    os_name: str | None
    os_version: str | None
    device_family: str | None
    is_bot: bool


def parse_user_agent(text: str) -> UserAgent:
    """Read a user agent; only its first 1,024 characters count, so that a long one cannot cost much."""
    head = text[:LONGEST_PARSED]
    found = _parser().parse(head).with_defaults()
    return UserAgent(
        browser_name=_known(found.user_agent.family),
        browser_version=_version(found.user_agent),
        os_name=_known(found.os.family),
        os_version=_version(found.os),
        device_family=_known(found.device.family),
        is_bot=found.device.family == "Spider" or _crawler_detect().isCrawler(head),
    )


@lru_cache(maxsize=8192)
def agent_columns(text: str) -> dict[str, Any]:
    """Return the columns that are read from a user agent; the dictionary is shared, so copy it and do not change it."""
    return msgspec.structs.asdict(parse_user_agent(text))


def is_browser(text: str) -> bool:
    """Tell whether a request was sent by a browser, so that its address and agent are the end user's."""
    return text.startswith("Mozilla/")


def _known(family: str) -> str | None:
    return None if family == "Other" else family


def _version(found: Any) -> str | None:
    parts = [found.major, found.minor, found.patch]
    return ".".join(part for part in parts if part) or None


@cache
def _parser() -> Any:
    from ua_parser import parser

    return parser


@cache
def _crawler_detect() -> Any:
    from crawlerdetect import CrawlerDetect

    return CrawlerDetect()
