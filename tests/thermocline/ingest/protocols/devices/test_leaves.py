"""Whatever a message holds, it is exactly one measurement, or is left where it was."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from thermocline.errors import RefusedEvent
from thermocline.events.batch import Event
from thermocline.ingest.http.caps import MAX_DEPTH, MAX_KEYS
from thermocline.ingest.protocols.devices.leaves import NOTHING, split
from thermocline.ingest.protocols.iot import parse_telemetry

NAMES = st.text("pqxyz", min_size=1, max_size=3)
ASIDE = st.sampled_from(["id", "name", "mac", "device_id", "serialNumber"])
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, places=12).map(lambda number: Number(str(number)))
SCALARS = st.text(max_size=5) | st.booleans() | st.integers(-(2**70), 2**70) | NUMBERS
VALUES = st.recursive(
    SCALARS | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES | ASIDE, inner, max_size=4),
    max_leaves=20,
)

decode = msgspec.json.Decoder(float_hook=Decimal).decode


class Number(str):
    """Digits that go into the JSON as they are."""

    __slots__ = ()


def dumps(value: Any) -> str:
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(name)}:{dumps(member)}" for name, member in value.items()) + "}"
    return "[" + ",".join(map(dumps, value)) + "]" if isinstance(value, list) else json.dumps(value)


def leaves(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Yield each single value: its name, and its kind and text."""
    if isinstance(value, dict):
        for name, member in value.items():
            yield from leaves(member, (*path, name))
    elif isinstance(value, list):
        for place, member in enumerate(value):
            yield from leaves(member, (*path, str(place)))
    elif value is not None:
        yield ".".join(path), text_of(value)


def text_of(value: Any) -> str:
    if isinstance(value, bool):
        return f"bool {value}"
    if isinstance(value, int | float | Decimal | Number):
        return f"number {Decimal(str(value))}"
    return f"text {value}"


def measured(event: Event) -> tuple[str, str]:
    """Return a measurement's name, and the kind and text of its value, with all digits."""
    columns = event.columns
    name = columns["metric"]
    if columns.get("value_bool") is not None:
        return name, f"bool {columns['value_bool']}"
    if columns.get("value_double") is not None:
        exact = columns["value_string"]
        return name, f"number {Decimal(repr(columns['value_double']) if exact is None else exact)}"
    return name, f"text {columns['value_string']}"


def comparable(found: tuple[str, str]) -> tuple[str, str]:
    name, text = found
    return (name, f"number {Decimal(text[7:]).normalize()}") if text.startswith("number ") else found


@given(st.dictionaries(NAMES | ASIDE, VALUES, min_size=1, max_size=5))
def test_every_value_of_a_message_is_one_measurement_or_one_member_of_extra(message: dict[str, Any]) -> None:
    body = dumps(message | {"device_id": "d", "always": 1})
    events = [event for event in parse_telemetry(body.encode(), "any/topic").events if isinstance(event, Event)]
    assert events, "nothing was refused"
    (extra,) = {event.columns["extra"] for event in events}
    kept = [] if extra is None else list(leaves(decode(extra)))
    found = sorted(map(comparable, [*map(measured, events), *kept]))
    sent = [*leaves({name: value for name, value in message.items() if name != "device_id"}), ("always", "number 1")]
    assert found == sorted(map(comparable, sent))
    assert {event.columns["device_id"] for event in events} == {"d"}


def test_unit_beside_value_is_its_unit() -> None:
    message = {
        "a": {"value": 1, "unit": "V"},
        "b": {"value": 2, "unit": "A", "max": 3},
        "c": {"value": {"x": 4}, "unit": "W"},
    }
    found, rest = split(message, lambda _path, _value: False)
    assert [(".".join(leaf.path), leaf.value, leaf.unit) for leaf in found] == [
        ("a", 1, "V"),
        ("b.value", 2, "A"),
        ("b.max", 3, None),
        ("c.value.x", 4, None),
        ("c.unit", "W", None),
    ]
    assert rest is NOTHING


def test_what_is_aside_stays_where_it_was() -> None:
    message = {"a": [{"id": 1, "v": 2}, {"v": 3}], "radio": {"rssi": -30}}
    found, rest = split(message, lambda path, _value: path[-1] in {"id", "radio"})
    assert [leaf.path for leaf in found] == [("a", "0", "v"), ("a", "1", "v")]
    assert rest == {"a": [{"id": 1}, None], "radio": {"rssi": -30}}


def test_a_message_has_only_so_many_values() -> None:
    assert len(split([0] * MAX_KEYS, lambda _path, _value: False)[0]) == MAX_KEYS
    with pytest.raises(RefusedEvent, match="more than 1000 values"):
        split([0] * (MAX_KEYS + 1), lambda _path, _value: False)


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")])
def test_a_message_is_only_so_deep(opening: str, closing: str) -> None:
    value = msgspec.json.decode(opening * (MAX_DEPTH + 2) + "1" + closing * (MAX_DEPTH + 2))
    with pytest.raises(RefusedEvent, match="nested deeper than 200 levels"):
        split(value, lambda _path, _value: False)
