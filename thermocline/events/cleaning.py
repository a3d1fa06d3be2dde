"""What is cut out of every event before it is stored, whatever its source's options are: IP addresses and secrets.

Most events hold neither, and looking through all their members would take half as long as all other work on them. So
the open-ended JSON is first reduced to the few characters that matter, and walked only where these look suspicious.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from thermocline.events.addresses import mask_ip, read_address
from thermocline.events.members import Cuts, text_without
from thermocline.events.names import is_address_name
from thermocline.events.redaction import MARK, is_url, redacted_url, url_without_userinfo
from thermocline.events.tokens import decoded, without_emails
from thermocline.events.urls import host_and_path

TEXT_COLUMNS = (
    "event_name",
    "page_title",
    *(f"campaign_{part}" for part in ("source", "medium", "name", "term", "content")),
)
# What is left of JSON: quotes, points, colons, slashes, and the letters of ip and addr. A comma, a bracket and an
# equals sign become a quote (addresses follow them in lists), a question mark and a hash a slash (URLs begin so).
_SEEN = {**{char: char for char in '".:/ipd'}, **dict.fromkeys(",=[", '"'), **dict.fromkeys("?#", "/")}
_TABLE = bytes(ord(_SEEN.get(chr(code).lower(), " ")) for code in range(256))
_NAME_SIGNS = (b'ip":', b'ipi":', b'dd":')
_VALUE_SIGNS = (b'"...', b'"::')
_DELETED = bytes(code for code in range(256) if chr(code).lower() not in _SEEN)
_URL_STRING = re.compile(r'"(\s*(?:[A-Za-z][A-Za-z0-9+.\-]*:)?/[^"]*|\s*[?#][^"]*)"')
# The contract refuses longer ones.
_LONGEST_TEXT = 8192
# Looking for a number in bytes is five times faster than looking for another bytes.
_BACKSLASH, _AT, _PERCENT = b"\\@%"
_NOTHING: dict[str, str] = {}
# Both begin with one fixed character, which is found fast.
_may_be_ipv4 = re.compile(
    r"\.(?=[0-9]{1,3}\.[0-9]{1,3}\.[0-9])"
    r"(?<!Chrome/[0-9]{3}\.)(?<!Chrome/[0-9]{2}\.)(?<!Edg/[0-9]{3}\.)(?<!Edg/[0-9]{2}\.)(?<!OPR/[0-9]{3}\.)"
).search
_may_be_ipv6 = re.compile(r":(?::|[0-9A-Fa-f]{1,4}:[0-9A-Fa-f]{0,4}[:.])").search
_ip_member = re.compile(r'"ip"\s*:\s*"[^"]*"\s*,\s*').match


def clean_clicks(columns: dict[str, Any], raw: bytes, *, redact: bool) -> None:
    """Remove addresses and secrets from a click event, which was sent as `raw`, and add its hosts and path."""
    replaced = _clean_urls(columns, redact)
    properties, context, traits = columns.get("properties"), columns.get("context"), columns.get("traits")
    escaped, name = _BACKSLASH in raw or "\\" in (context or ""), columns.get("event_name")
    if redact and (escaped or _AT in raw or _PERCENT in raw or (name and "/" in name) or _is_marked(context)):
        replaced = replaced | _clean_texts(columns)
    if context and not escaped and (member := _ip_member(context, at := context.find('"ip"'))):
        # Nearly every context has it: cutting it out of the text takes a quarter of the time of decoding.
        columns["context"] = context = context[:at] + context[member.end() :]
    if (
        replaced
        or _may_hold_something(f"{properties}\n{context}\n{traits}", columns, redact)
        or (context and _may_hold_address(context))
    ):
        if redact:
            replaced = replaced | _clean_texts(columns)
        by_name = Cuts(secrets=redact, replaced=replaced)
        columns["properties"] = properties and text_without(properties, by_name)
        columns["traits"] = traits and text_without(traits, by_name)
        everywhere = Cuts(values=True, anywhere=True, versions=True, secrets=redact, replaced=replaced)
        columns["context"] = context and text_without(context, everywhere)


def clean_measurement(columns: dict[str, Any], *, redact: bool) -> None:
    """Remove addresses and secrets from what a message has beside its measurements, and mask a measured address."""
    if extra := columns.get("extra"):
        columns["extra"] = text_without(extra, Cuts(secrets=redact))
    text, metric = columns.get("value_string"), columns.get("metric")
    if text and metric and is_address_name(metric) and (address := read_address(text)):
        columns["value_string"] = mask_ip(address)


def _clean_urls(columns: dict[str, Any], redact: bool) -> dict[str, str]:
    """Clean the columns, and return the new text of each text that was changed."""
    replaced = _NOTHING
    path = None
    if (url := columns.get("page_url")) and len(url) <= _LONGEST_TEXT:
        clean, columns["page_host"], path = _read_url(url, redact)
        if clean != url:
            columns["page_url"], replaced = clean, {url: clean}
    if (referrer := columns.get("page_referrer")) and len(referrer) <= _LONGEST_TEXT:
        clean, columns["referrer_host"], _ = _read_url(referrer, redact)
        if clean != referrer:
            columns["page_referrer"], replaced = clean, replaced | {referrer: clean}
    if (page_path := columns.get("page_path")) is None:
        columns["page_path"] = path
    elif len(page_path) <= _LONGEST_TEXT and (clean := _read_url(page_path, redact)[0]) != page_path:
        columns["page_path"], replaced = clean, replaced | {page_path: clean}
    return replaced


@lru_cache(maxsize=2048)
def _read_url(text: str, redact: bool) -> tuple[str, str | None, str | None]:
    """Return a URL as it may be stored, its host and its path."""
    clean = redacted_url(text) if redact else url_without_userinfo(text)
    return clean, *host_and_path(clean)


def _is_marked(context: str | None) -> bool:
    """Tell whether a context has an at or a percent sign; it may be the whole batch's, which is not in the event."""
    return context is not None and ("@" in context or "%" in context)


def _clean_texts(columns: dict[str, Any]) -> dict[str, str]:
    replaced: dict[str, str] = {}
    for name in TEXT_COLUMNS:
        text = columns.get(name)
        if text and len(text) <= _LONGEST_TEXT and (clean := _clean_text(text)) != text:
            columns[name] = replaced[text] = clean
    return replaced


def _clean_text(text: str) -> str:
    if is_url(text):
        text = redacted_url(text)
    return without_emails(text, MARK)


def _may_hold_address(text: str) -> bool:
    """Tell whether a text seems to hold an address; versions of the usual browsers are none."""
    if _may_be_ipv4(text) or _may_be_ipv6(text):
        return True
    return "%" in text and (plain := decoded(text)) != text and _may_hold_address(plain)


def _may_hold_something(text: str, columns: dict[str, Any], redact: bool) -> bool:
    if "\\" in text:
        text = text.replace("\\/", "/")  # as PHP writes a slash
        if "\\" in text:
            return True  # names and values may be written with escapes
    urls = _count_urls(text.encode().translate(_TABLE, _DELETED))
    if urls <= 0:
        return urls < 0
    page = columns.get("page_url")
    if urls == 1 and page and f'"{page}"' in text and "://" in page:
        return False  # the column's, which is clean
    return _has_dirty_url(text, redact)


@lru_cache(maxsize=8192)
def _count_urls(signs: bytes) -> int:
    """Return how many URLs there seem to be, or -1 when there seems to be an address, in what was left of a text."""
    if any(sign in signs for sign in _NAME_SIGNS):
        return -1
    values = signs.replace(b"d", b"")  # a digit of IPv6
    if any(sign in values for sign in _VALUE_SIGNS):
        return -1
    return signs.count(b":/") + signs.count(b'"/')


def _has_dirty_url(text: str, redact: bool) -> bool:
    urls = _URL_STRING.findall(text)
    for url in urls:
        if len(url) > _LONGEST_TEXT or _read_url(url, redact)[0] != url:
            return True
    return text.count("://") > sum(map(_count_schemes, urls))  # one stands inside a longer text


def _count_schemes(url: str) -> int:
    return url.count("://")
