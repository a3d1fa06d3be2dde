"""What is taken out of URLs before they are stored: passwords, tokens, e-mail and IP addresses.

Whatever is taken out leaves `MARK` in its place, so that the rest still counts as the same page.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from thermocline.events.addresses import is_address
from thermocline.events.names import is_address_name, words_of
from thermocline.events.secret_words import (
    ANNOUNCING,
    BEFORE_CODE,
    BESIDE,
    CODE_OF_A_THING,
    PLACES,
    ROUTE_WORDS,
    SECRET_NAMES,
    SECRET_WORDS,
    SIGN_IN,
    WEAKLY_ANNOUNCING,
)
from thermocline.events.tokens import decoded, has_email, is_token
from thermocline.events.urls import Url, split_url, without_userinfo

MARK = "REDACTED"

# Longer segments and parameters are no words; looking through them could take long.
_LONGEST = 512
# A URL in a parameter of a URL, and so on; deeper ones are removed unread.
_DEEPEST = 3
# Longer URLs are not cached, so that the cache cannot fill the memory.
_LONGEST_REMEMBERED = 2048
_PLAIN = re.compile(r"[a-z]+(?:[-_.][a-z]+)*")
_LONGEST_PLAIN = 20
_ANSWERS = frozenset(("", "0", "1", "true", "false", "yes", "no", "on", "off"))
_URL_STARTS = frozenset("/?#")
# A member of JSON and what it begins with, also of JSON in a string in JSON.
_MEMBER = re.compile(r'"([^"\\]{1,128})\\*"\s*:(?!\s*(?:true|false|null|\\*"\\*"|[01]\s*[,}\]]))')
_CODE_ENDING = re.compile(r"(.+)(?:code|key|token|pass)")
_BEFORE_CODE = SECRET_WORDS | ANNOUNCING | BEFORE_CODE
_MIXED = re.compile(r"(?=[0-9]*[A-Za-z])(?=[A-Za-z]*[0-9])[A-Za-z0-9]{4,}")
_PROTOCOL = re.compile(r"(?:oauth|auth|saml|openid|office|step|level|part|page|web)[0-9]{1,3}", re.IGNORECASE)
_PIECES = re.compile(r"[A-Za-z0-9]+")
_DIGITS = re.compile(r"[0-9]{4,}")
_PLAIN_WORDS = re.compile(r"[a-z]{2,}(?:-[a-z]{2,})+")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_BUILT_FILE = re.compile(
    r"([A-Za-z]+(?:[-_.][A-Za-z]+){0,7}|[0-9]{1,5})[-.](?:[A-Za-z0-9_-]{8}|[A-Za-z0-9]{6,32})"
    r"(?:\.(?:min|chunk|bundle))?\.(?:js|css|map|woff2?|svg|png|jpg|webp|json)(?:\.map)?"
)
_SLASHES = re.compile(r"([\\/])")
_AMPERSANDS = re.compile(r"([&;])")


def redacted_url(text: str) -> str:
    """Return a URL without user name, password, and all that looks like a secret in its path, query and fragment."""
    return _remembered(text) if len(text) <= _LONGEST_REMEMBERED else _redacted(text, 0)


def is_url(text: str) -> bool:
    """Tell whether a text is a URL, a part of one, or has one in it."""
    return "://" in text or text.lstrip()[:1] in _URL_STARTS


def url_without_userinfo(text: str) -> str:
    """Return a URL without user name and password."""
    if "@" not in text:
        return text
    url = split_url(text)
    authority = without_userinfo(url.authority)
    return text if authority == url.authority else "".join(url._replace(authority=authority))


@lru_cache(maxsize=2048)
def _remembered(text: str) -> str:
    return _redacted(text, 0)


def _redacted(text: str, depth: int) -> str:
    url = split_url(text)
    redacted = Url(
        url.scheme,
        without_userinfo(url.authority),
        _path(url.path, depth),
        url.query[:1] + _query(url.query[1:], depth),
        url.fragment[:1] + _fragment(url.fragment[1:], depth),
    )
    return text if redacted == url else "".join(redacted)


def _path(path: str, depth: int) -> str:
    announced = taken = False
    before = ""
    parts = _SLASHES.split(path)
    for place in range(0, len(parts), 2):
        segment = parts[place]
        if not segment:
            continue
        name = decoded(segment) if len(segment) <= _LONGEST else ""
        if not name or (announced and not _stays_announced(name, taken)) or _is_code_after(before, name):
            parts[place], taken = MARK, True
        else:
            parts[place] = _segment(segment, name, depth)
        announced = announced or _announces(name)
        before = before if name.lower() in ROUTE_WORDS - WEAKLY_ANNOUNCING else name.lower()
    return "".join(parts)


@lru_cache(maxsize=8192)
def _segment(segment: str, name: str, depth: int) -> str:
    if ";" in segment or "=" in segment:  # parameters of a segment, e.g. ;jsessionid=…
        return _query(segment, depth)
    return MARK if _is_secret(name) and not _is_built_file(name) else segment


def _is_built_file(name: str) -> bool:
    """Tell whether a segment is a file that a bundler named by words and a hash: main.3f2a9c8b1d4e5f60.js."""
    match = _BUILT_FILE.fullmatch(name)
    return match is not None and not _is_secret(match[1])


def _stays_announced(name: str, taken: bool) -> bool:
    """Tell whether a segment after an announcing word stays: one of the site's own words, or a title of several."""
    if name.lower() in ROUTE_WORDS or (taken and _is_plain(name)):
        return True
    return _PLAIN_WORDS.fullmatch(name) is not None and not _is_secret(name)


def _is_code_after(before: str, name: str) -> bool:
    """Tell whether a segment is no word but a code, after a word that says little: /join/aB3x, /login/123456."""
    if before not in WEAKLY_ANNOUNCING:
        return False
    if _DIGITS.fullmatch(name):
        return before in SIGN_IN
    return any(_MIXED.fullmatch(piece) and not _PROTOCOL.fullmatch(piece) for piece in _PIECES.findall(name))


def _is_plain(name: str) -> bool:
    return len(name) <= _LONGEST_PLAIN and _PLAIN.fullmatch(name) is not None


@lru_cache(maxsize=8192)
def _announces(name: str) -> bool:
    words = words_of(name if name.isascii() else _in_ascii(name))
    if ANNOUNCING.isdisjoint(words):
        return "".join(words) in ANNOUNCING
    return ANNOUNCING.union(BESIDE).issuperset(words)


def _in_ascii(name: str) -> str:
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", name.lower()).translate(_UMLAUTS))
    return plain.encode("ascii", "ignore").decode()


def _fragment(fragment: str, depth: int) -> str:
    head, mark, query = fragment.partition("?")
    if head.startswith(("/", "!/", "\\")) or mark or ("/" in head and "=" not in head):
        return _path(head, depth) + mark + _query(query, depth)
    return _query(fragment, depth)


def _query(query: str, depth: int) -> str:
    if not query:
        return query
    parts = _AMPERSANDS.split(query)
    parts[::2] = [_parameter(part, depth) if len(part) <= _LONGEST else MARK for part in parts[::2]]
    return "".join(parts)


@lru_cache(maxsize=8192)
def _parameter(parameter: str, depth: int) -> str:
    name, equals, value = parameter.partition("=")
    if _is_secret(plain := decoded(name)):
        name, value = MARK, value and MARK
    elif equals and value.lower() not in _ANSWERS and (_is_secret_name(plain) or _is_secret_value(value, depth)):
        value = MARK
    return name + equals + value


@lru_cache(maxsize=8192)
def _is_secret_name(name: str) -> bool:
    words = words_of(name)
    if "code" in words:
        return CODE_OF_A_THING.isdisjoint(words)
    joined = "".join(words)
    return joined in SECRET_NAMES or any(map(_is_secret_word, (*words, joined))) or is_address_name(name)


def _is_secret_word(word: str) -> bool:
    word = word.rstrip("0123456789")
    if word in SECRET_WORDS:
        return True
    match = _CODE_ENDING.fullmatch(word)
    return match is not None and word not in PLACES and match[1] in _BEFORE_CODE


def _is_secret_value(encoded: str, depth: int) -> bool:
    value = decoded(encoded)
    if _is_secret(value):
        return True
    return ("/" in value or "=" in value) and (depth >= _DEEPEST or _redacted(value, depth + 1) != value)


def _is_secret(text: str) -> bool:
    if has_email(text) or is_token(text) or (("." in text or ":" in text) and is_address(text)):
        return True
    return '"' in text and any(map(_is_secret_name, _MEMBER.findall(text)))
