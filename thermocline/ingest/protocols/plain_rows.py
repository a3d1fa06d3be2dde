"""The quick way to read a row: all its members at once, by one struct; what does not fit is read anew, one by one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, Optional, TypeAlias

import msgspec

from thermocline.contracts import Contract
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


def plain_reader(contract: Contract) -> ReadPlain | None:
    """Return what reads rows that have nothing but columns, each of its type; None where columns lie deeper.

    It raises `msgspec.ValidationError` or `MisfitError` for every other row.
    """
    members = [column.steps[0] for column in contract.produced]
    if any(len(column.steps) > 1 for column in contract.produced) or len(set(members)) < len(members):
        return None
    as_text = {c.name for c in contract.produced if c.is_json or c.type not in _PLAIN}
    fields = [
        (c.name, msgspec.Raw, EMPTY) if c.name in as_text else (c.name, Optional[_PLAIN[c.type]], None)  # noqa: UP045 - built at run time
        for c in contract.produced
    ]
    names = {column.name: column.steps[0] for column in contract.produced}
    struct = msgspec.defstruct(contract.name, fields, rename=names.get, forbid_unknown_fields=True, gc=False)
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
