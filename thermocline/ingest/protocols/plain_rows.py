"""The quick way to read a row: all its members at once, by one struct; what does not fit is read anew, one by one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any, Optional, TypeAlias

import msgspec

from thermocline.contracts import Column, Contract
from thermocline.contracts.types import INT32, INT64
from thermocline.ingest.protocols.exact import Value, read_timestamp
from thermocline.ingest.protocols.open_json import EMPTY
from thermocline.ingest.protocols.row_values import member_reader

ReadPlain: TypeAlias = Callable[[bytes | msgspec.Raw], "dict[str, Value | None]"]

_NOTHING = (EMPTY, msgspec.Raw(b"null"))
# What msgspec reads as `exact` does; numbers with a fraction and JSON text need their text.
_PLAIN: dict[str, Any] = {
    "string": str,
    "boolean": bool,
    "int": INT32,
    "bigint": INT64,
    "date": dt.date,
    "timestamp": str,
}

_needs_escapes = re.compile(r'[\\"\x00-\x1f]').search  # struct members cannot be named so


def plain_reader(contract: Contract, *, forbid_unknown: bool) -> ReadPlain | None:
    """Return a function that reads rows whose members all fit their columns; None where columns lie deeper.

    It raises `msgspec.ValidationError` or `MisfitError` for every other row.

    Parameters
    ----------
    forbid_unknown
        True: a row with other members raises the same error. False: other members are passed over.
    """
    members = {column.name: column.steps[0] for column in contract.produced}
    if any(len(c.steps) > 1 for c in contract.produced) or len(set(members.values())) < len(members):
        return None
    if any(map(_needs_escapes, members.values())):
        return None
    as_text = {c.name for c in contract.produced if c.is_json or c.type not in _PLAIN}
    struct = msgspec.defstruct(
        contract.name,
        [_field(column, as_text=column.name in as_text) for column in contract.produced],
        rename=members.get,
        forbid_unknown_fields=forbid_unknown,
        gc=False,
    )
    decode, asdict = msgspec.json.Decoder(struct).decode, msgspec.structs.asdict
    readers = [(column.name, member_reader(column)) for column in contract.produced if column.name in as_text]
    times = [column.name for column in contract.produced if column.type == "timestamp"]

    def read(raw: bytes | msgspec.Raw) -> dict[str, Value | None]:
        columns: dict[str, Any] = asdict(decode(raw))
        for name, read_member in readers:
            text = columns[name]
            columns[name] = None if text in _NOTHING else read_member(text)
        for name in times:
            if (text := columns[name]) is not None:
                columns[name] = read_timestamp(text)
        return columns

    return read


def _field(column: Column, *, as_text: bool) -> tuple[str, Any, Any]:
    if as_text:
        return column.name, msgspec.Raw, EMPTY
    return column.name, Optional[_PLAIN[column.type]], None  # noqa: UP045 - built at run time
