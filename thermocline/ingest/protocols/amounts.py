"""Amounts of money, as producers write them: a JSON number, or its digits as text."""

from __future__ import annotations

import re
from decimal import Context, Decimal, InvalidOperation

import msgspec

from thermocline.ingest.protocols.json_body import JSON_ERRORS

_NINE_DECIMALS = Decimal("1E-9")
_quantize = Context(prec=38).quantize
# Decimal itself would also read "1_000", " 5", full-width digits and "Infinity".
_matches_number = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?").fullmatch
_NUMBER_STARTS = frozenset("-0123456789")
_decode_text = msgspec.json.Decoder(str).decode


def amount_of(raw: msgspec.Raw) -> Decimal | None:
    """Return the amount in a JSON value, or None when it is no number; ``"$19.99"`` and ``"1,234.50"`` are none.

    It is rounded to nine decimals: JavaScript's sums carry binary noise. What 38 digits cannot hold is no amount.
    """
    text = str(raw, "utf-8")
    try:
        number = text if text[0] in _NUMBER_STARTS else _number_in(text)
        return _quantize(Decimal(number), _NINE_DECIMALS)
    except (*JSON_ERRORS, InvalidOperation, ValueError):
        return None


def _number_in(text: str) -> str:
    number = _decode_text(text)
    if not _matches_number(number):
        raise ValueError
    return number
