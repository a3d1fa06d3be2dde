"""Addresses of pages, taken apart as browsers do it (https://url.spec.whatwg.org), to the letter."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import unquote

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
# For these a browser reads a backslash as a slash, and takes any number of them.
_SPECIAL = frozenset(("http:", "https:", "ws:", "wss:", "ftp:"))
_SPECIAL_AUTHORITY = re.compile(r"[\\/]*[^\\/?#]*")
_AUTHORITY = re.compile(r"//[^/?#]*")
_RELATIVE_AUTHORITY = re.compile(r"[\\/]{2}[^\\/?#]*")
_REST = re.compile(r"([^?#]*)(\?[^#]*)?(#.*)?", re.DOTALL)
_IGNORED = re.compile(r"[\t\r\n]")
_ENDS = "".join(map(chr, range(33)))
_HOST_AND_PORT = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^:\[\]]*)(?::([0-9]{0,5}))?")
_FORBIDDEN = re.compile(r"[\x00-\x20#/:<>?@\[\\\]^|%\x7f]")
_LARGEST_PORT = 65_535


class Url(NamedTuple):
    """The parts of a URL; joined, they are what a browser reads."""

    scheme: str
    authority: str
    path: str
    query: str
    fragment: str


def split_url(text: str) -> Url:
    """Split a URL into its parts: ``https:``, ``//user:password@host:port``, ``/path``, ``?query``, ``#fragment``."""
    text = _IGNORED.sub("", text.strip(_ENDS))
    scheme = match[0] if (match := _SCHEME.match(text)) else ""
    rest = text[len(scheme) :]
    authority = match[0] if (match := _authority_of(scheme).match(rest)) else ""
    match = _REST.fullmatch(rest, len(authority))
    path, query, fragment = match.groups(default="") if match else (rest[len(authority) :], "", "")
    return Url(scheme, authority, path, query, fragment)


def without_userinfo(authority: str) -> str:
    """Return an authority without user name and password."""
    userinfo, at, host = authority.rpartition("@")
    slashes = len(userinfo) - len(userinfo.lstrip("\\/"))
    return userinfo[:slashes] + host if at else authority


def host_and_path(text: str) -> tuple[str | None, str | None]:
    """Return the host and the path of a URL, each None when there is none; a host that browsers refuse is none."""
    url = split_url(text)
    path = (url.path.replace("\\", "/") if _is_special(url.scheme) else url.path) or None
    authority = without_userinfo(url.authority).lstrip("\\/")
    match = _HOST_AND_PORT.fullmatch(authority)
    if not match:
        return None, None
    return _host(match[1]) if int(match[2] or 0) <= _LARGEST_PORT else None, path


def _is_special(scheme: str) -> bool:
    return scheme.lower() in _SPECIAL


def _authority_of(scheme: str) -> re.Pattern[str]:
    if _is_special(scheme):
        return _SPECIAL_AUTHORITY
    return _AUTHORITY if scheme else _RELATIVE_AUTHORITY


def _host(text: str) -> str | None:
    if text.startswith("["):
        return text[1:-1].lower()
    host = unquote(text)
    return None if _FORBIDDEN.search(host) else _ascii(host.lower())


def _ascii(host: str) -> str | None:
    if host.isascii():
        return host or None
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        return None
