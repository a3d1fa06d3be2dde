from __future__ import annotations

import pytest

from thermocline.events.user_agent import is_browser, parse_user_agent

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"
)
GOOGLEBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"


def test_a_browser_is_read() -> None:
    found = parse_user_agent(CHROME)
    assert (found.browser_name, found.browser_version) == ("Chrome", "142.0.0")
    assert (found.os_name, found.os_version, found.is_bot) == ("Windows", "10", False)
    assert is_browser(CHROME)


@pytest.mark.parametrize("text", [GOOGLEBOT, "curl/8.14.1", "python-requests/2.32"])
def test_robots_are_flagged(text: str) -> None:
    assert parse_user_agent(text).is_bot


def test_an_unknown_agent_is_nothing() -> None:
    found = parse_user_agent("Thermometer")
    assert (found.browser_name, found.browser_version, found.os_name, found.os_version) == (None, None, None, None)


def test_the_tail_of_a_long_agent_does_not_count() -> None:
    assert parse_user_agent("x" * 1024 + GOOGLEBOT) == parse_user_agent("x" * 1024)


@pytest.mark.parametrize("agent", ["analytics-python/2.4.0", "", "Boto3/1.43.106", "okhttp Mozilla/5.0"])
def test_libraries_are_no_browsers(agent: str) -> None:
    assert not is_browser(agent)
