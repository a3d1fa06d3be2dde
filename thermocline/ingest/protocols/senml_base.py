"""SenML's base fields: each holds until a record sets it again (RFC 8428, section 4.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Context, Decimal
from typing import Any, NamedTuple

from thermocline.errors import RefusedEvent
from thermocline.ingest.protocols.senml_record import BASE_FIELDS, MUST_UNDERSTAND, Record

EARLIER_RECORD = "an earlier record has it wrong"
"""Why a record is refused for what stands before it, and not for itself."""

# Numbers have at most 1,000 digits before the point; no sum of usual numbers is rounded.
_EXACT = Context(prec=2_500)


class Base(NamedTuple):
    """The base fields in force, and those whose values are unknown."""

    fields: Mapping[str, Any] = {}
    wrong: Mapping[str, RefusedEvent] = {}

    def updated(self, record: Record) -> Base:
        """Return the base fields that hold from this record on."""
        if not record.wrong and BASE_FIELDS.isdisjoint(record.fields):
            return self
        new = {name: value for name, value in record.fields.items() if name in BASE_FIELDS}
        lost = {name: error for name, error in record.wrong.items() if _is_base(name)}
        fields = {name: value for name, value in {**self.fields, **new}.items() if name not in lost}
        return Base(fields, {name: error for name, error in {**self.wrong, **lost}.items() if name not in new})

    def check(self, record: Record) -> None:
        """Refuse a record that builds on a base field that is wrong."""
        for name in self.wrong:
            if name in _base_names(record) or name.endswith(MUST_UNDERSTAND):
                raise RefusedEvent(self.wrong[name].reason, f"{name}: {EARLIER_RECORD}")

    def plus(self, name: str, value: Decimal | None) -> Decimal | None:
        """Return the sum of a base field and a record's own value, either of which may be missing."""
        base = self.fields.get(name)
        return value if base is None else base if value is None else _EXACT.add(base, value)

    def context(self) -> dict[str, object]:
        """Return the fields as JSON: put in front of a record, they make it a pack of its own."""
        return {name: _json(value) for name, value in self.fields.items()}


def _is_base(name: str) -> bool:
    return name in BASE_FIELDS or (name.startswith("b") and name.endswith(MUST_UNDERSTAND))


def _base_names(record: Record) -> Iterator[str]:
    """Yield the base fields that a record builds on."""
    yield from ("bn", "bt", "bs", "bver")
    if not record.fields.get("u"):
        yield "bu"
    if "v" in record.fields:
        yield "bv"


def _json(value: object) -> object:
    if not isinstance(value, Decimal):
        return value
    number = float(value)
    if value == value.to_integral_value() and abs(value) < 2**53:
        return int(value)
    return number if Decimal(repr(number)) == value else str(value)
