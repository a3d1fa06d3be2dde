"""Contract → validator of canonical events, as a msgspec Struct that also encodes them."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, lru_cache
from typing import Annotated, Any, Literal, Optional

import msgspec

from thermocline.contracts.model import Column, Contract
from thermocline.contracts.types import TYPES
from thermocline.errors import RefusedEvent

_INTEGER_DIGITS = 29
_SCALE = 9
_NINE_DECIMALS = Decimal("1E-9")


class Validator:
    """Checks canonical events against one contract and encodes them as NDJSON."""

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        self._fields = {column.name: _annotation(column, column.pattern) for column in contract.ingested}
        self._row: type[msgspec.Struct] = msgspec.defstruct(
            contract.name,
            [
                (c.name, _annotation(c, pattern=None)) if c.required else (c.name, _annotation(c, pattern=None), None)
                for c in contract.ingested
            ],
            kw_only=True,
            forbid_unknown_fields=True,
            omit_defaults=True,
            gc=False,
        )
        # A few values repeat often, so a cache is faster than msgspec's regular expressions.
        self._patterns = tuple(
            (c.name, lru_cache(re.compile(c.pattern).search)) for c in contract.ingested if c.pattern
        )
        self._decimals = tuple(c.name for c in contract.ingested if c.type.startswith("decimal"))
        self._encode_into = msgspec.json.Encoder(decimal_format="string", uuid_format="canonical").encode_into

    def encode(self, event: dict[str, Any]) -> bytes:
        """Return the event as one line of canonical NDJSON, with its newline (see `append_line` for errors)."""
        line = bytearray()
        self.append_line(event, line)
        return bytes(line)

    def append_line(self, event: dict[str, Any], lines: bytearray) -> None:
        """Append the event to `lines` as one line of canonical NDJSON.

        Raises
        ------
        RefusedEvent
            The event breaks the contract; the detail names every column at fault and no value.
        """
        try:
            row = msgspec.convert(event, self._row)
        except msgspec.ValidationError:
            raise self._refusal(event) from None
        for name, matches in self._patterns:
            value = getattr(row, name)
            if value is not None and not matches(value):
                raise self._refusal(event)
        for name in self._decimals:
            self._check_decimal(name, getattr(row, name))
        self._encode_into(row, lines, -1)
        lines += b"\n"

    def _refusal(self, event: dict[str, Any]) -> RefusedEvent:
        return RefusedEvent("invalid", "; ".join(self._problems(event)))

    def _problems(self, event: dict[str, Any]) -> list[str]:
        unknown = [f"{name}: is not a column" for name in event if name not in self._fields]
        missing = [f"{c.name}: is required" for c in self.contract.ingested if c.required and event.get(c.name) is None]
        wrong = [
            f"{name}: {problem}" for name, kind in self._fields.items() if (problem := _problem(event.get(name), kind))
        ]
        return [*unknown, *missing, *wrong]

    def _check_decimal(self, name: str, value: Any) -> None:
        if value is None or (value.same_quantum(_NINE_DECIMALS) and value.adjusted() < _INTEGER_DIGITS):
            return
        exponent = value.as_tuple().exponent
        if not isinstance(exponent, int) or -exponent > _SCALE or value.adjusted() >= _INTEGER_DIGITS:
            raise RefusedEvent("invalid", f"{name}: does not fit decimal(38,9)")


@cache
def validator_for(contract: Contract) -> Validator:
    """Return the validator of a contract, compiled once."""
    return Validator(contract)


def _annotation(column: Column, pattern: str | None) -> Any:
    kind: Any = Literal[column.enum] if column.enum else TYPES[column.type].python
    limits = msgspec.Meta(min_length=column.min_length, max_length=column.max_length, pattern=pattern)
    annotated = kind if limits == msgspec.Meta() else Annotated[kind, limits]
    return annotated if column.required else Optional[annotated]  # noqa: UP045 - built at run time


def _problem(value: Any, kind: Any) -> str | None:
    if value is None:
        return None
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        # msgspec quotes the value here, and a refusal's detail must not hold any.
        return "is not one of the allowed values" if str(error).startswith("Invalid enum value") else str(error)
    return None
