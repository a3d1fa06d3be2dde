"""Metrics of Sparkplug B in the JSON of Protocol Buffers, whose values stand under the name of their type.

Source: https://protobuf.dev/programming-guides/json/ writes 64-bit integers as text.
"""

from __future__ import annotations

import re
from decimal import Decimal

from thermocline.ingest.protocols.devices.envelope import Members, plain

_VALUES = frozenset({"intvalue", "longvalue", "floatvalue", "doublevalue", "booleanvalue", "stringvalue"})
_is_integer = re.compile(r"-?[0-9]{1,20}").fullmatch


def plain_metric(metric: Members) -> Members:
    """Return a metric with its value under ``value``, and with a name: its alias where it has no other."""
    typed = next((name for name in metric if plain(name) in _VALUES), None)
    if typed is not None and "value" not in metric:
        metric = {("value" if name == typed else name): _read(name, value) for name, value in metric.items()}
    alias = metric.get("alias")
    return metric if metric.get("name") or alias is None else metric | {"name": f"alias.{alias}"}


def _read(name: str, value: object) -> object:
    is_number = plain(name) == "longvalue" and isinstance(value, str) and _is_integer(value)
    return Decimal(str(value)) if is_number else value
