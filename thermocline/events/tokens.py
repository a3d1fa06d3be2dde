"""What looks like a secret or like a person's address: random text, signed tokens, UUIDs, e-mail addresses.

Words, slugs, dates, numbers and short ids are none: ``blue-shirt-42``, ``2026``, ``12345``, ``dQw4w9WgXcQ``.
"""

from __future__ import annotations

import itertools
import re
from urllib.parse import unquote

_SHORTEST = 16
_LONGEST_NUMBER = 19
# A text that is encoded more often was never meant to be read.
_DECODINGS = 5
# What an e-mail address may be made of here; its parts are bounded, so that no text can take long to search.
_PART = r"[^\s@/?&#=:;,<>()\"'\\]"
_EMAIL = re.compile(rf"{_PART}{{1,64}}@{_PART}{{1,253}}\.[A-Za-z][A-Za-z0-9-]+")
_HAS_EMAIL = re.compile(rf"{_PART}@{_PART}{{1,253}}\.[A-Za-z][A-Za-z0-9-]+")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
_JWT = re.compile(r"eyJ[A-Za-z0-9_-]{4,}(?:\.[A-Za-z0-9_-]*)*")
_HEX = re.compile(r"[0-9a-f]{16,}", re.IGNORECASE)
_PIECE = re.compile(r"[A-Za-z0-9]+")
_CASE_RUN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|[0-9]+")
_LETTERS_OR_DIGITS = re.compile(r"[A-Za-z]+|[0-9]+")
_MODEL_PART = re.compile(r"[A-Z]?[a-z]{2,}|i|[A-Z]{1,3}|[0-9]{1,3}")
_PRODUCT_PART = re.compile(r"(?=.{1,6}$)[A-Z]*[0-9]*[A-Z]*")
_NO_PART = re.compile(r"(?!)")
_LETTERS = re.compile(r"[a-z]+")
# After each first letter, those that follow it in at least 1 of 2,000 pairs of letters of English, German, French,
# Spanish or Italian words. Of the pairs in a random text half are others; in 64,000 long words hardly any are.
_FOLLOWERS = """
    abcdfghijklmnpqrstuvwyz babegilorstu cacehiklorstuy dadegilorsu eabcdefghijklmnoprstuvwxyz faefgilorstu
    gaeghilnorstu haeilmnorstuwy iabcdefgjklmnopqrstuvz jaeiou kaeilnorstu labcdegilmnostuy mabeimopstu
    nabcdefghiklnorstuvwyz oabcdefghijklmnopqrstuvwyz paefhiloprstu qu rabcdefghiklmnoprstuvwyz
    sabcefghiklmnopqrstuvwyz tabceghilorstuwyz uabcdefghijlmnoprstvx vaeiorv waehinosu xi yaeis zaeiotuwz
    """
_PAIRS = frozenset(row[0] + letter for row in _FOLLOWERS.split() for letter in row[1:])
_MOST_RARE_PAIRS = 0.15


def decoded(text: str) -> str:
    """Return a text without its percent-encoding, however often it was encoded."""
    for _ in range(_DECODINGS):
        if "%" not in text:
            break
        text = unquote(text)
    return text


def has_email(text: str) -> bool:
    """Tell whether a decoded text holds an e-mail address."""
    return "@" in text and _HAS_EMAIL.search(text) is not None


def without_emails(text: str, mark: str) -> str:
    """Return a text with its e-mail addresses replaced; if one is percent-encoded, the mark replaces all text."""
    if "@" in text:
        text = _EMAIL.sub(mark, text)
    return mark if "%" in text and has_email(decoded(text)) else text


def is_token(text: str) -> bool:
    """Tell whether a decoded text looks random: a token, a key, a hash, a UUID, or a signed text such as a JWT."""
    if len(text) < _SHORTEST:
        return bool(_JWT.match(text))
    if _UUID.search(text) or _JWT.search(text) or any(map(_is_mixed, _HEX.findall(text))):
        return True
    pieces = _PIECE.findall(text)
    return any(_is_random(piece) for piece in pieces if len(piece) >= _SHORTEST) or _is_scattered(pieces)


def _is_mixed(text: str) -> bool:
    return not text.isdecimal() and not text.isalpha()


def _is_random(piece: str) -> bool:
    if piece.isdecimal():
        return len(piece) > _LONGEST_NUMBER
    runs = _CASE_RUN.findall(piece)
    if len(piece) < 2.2 * len(runs):
        return True
    if _is_model(runs, len(piece)):
        return _rare_pairs(piece) >= 0.2
    return len(_LETTERS_OR_DIGITS.findall(piece)) >= 5 or _rare_pairs(piece) >= _MOST_RARE_PAIRS


def _is_model(runs: list[str], letters: int) -> bool:
    """Tell whether a text is written like the name of a model: iPhone15ProMax256GB."""
    return (
        letters >= 2.4 * len(runs)
        and sum(len(run) >= 3 and run[1:].islower() for run in runs) >= 2
        and all(map(_MODEL_PART.fullmatch, runs))
    )


def _rare_pairs(piece: str) -> float:
    """Return the share of pairs of letters that are rare in words."""
    pairs = [a + b for run in _LETTERS.findall(piece.lower()) for a, b in itertools.pairwise(run)]
    return sum(pair not in _PAIRS for pair in pairs) / len(pairs) if pairs else 0


def _is_scattered(pieces: list[str]) -> bool:
    """Tell whether separators are part of a random text, as ``-`` and ``_`` are of base64url."""
    text = "".join(pieces)
    if len(text) < _SHORTEST - 2 or text.islower() or text.isdecimal():
        return False
    # The pieces of a licence key are equally long, those of a product code are not.
    code = _PRODUCT_PART if len(set(map(len, pieces))) > 1 else _NO_PART
    runs = sum(1 if code.fullmatch(piece) else len(_CASE_RUN.findall(piece)) for piece in pieces)
    if runs <= len(pieces) + 1:
        return False  # words and numbers
    if not text.isalpha() and len(text) < (2 if len(text) < 20 else 2.4) * runs:
        return True
    return len(text) < 4 * runs and _rare_pairs("-".join(pieces)) >= 0.2
