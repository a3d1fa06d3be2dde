"""Read a canonical line that was refused once more, by the contract of today."""

from __future__ import annotations

from thermocline.contracts import Contract
from thermocline.contracts.arrow import ingested_schema
from thermocline.convert.ndjson import read_ndjson
from thermocline.errors import RefusedEvent


def read_line_again(payload: bytes, contract: Contract) -> bytes:
    """Return the line with its end, unchanged: it was made by the options that its source had.

    Raises
    ------
    RefusedEvent
        It does not fit its contract still.
    """
    line = payload.rstrip(b"\n") + b"\n"
    table, refused = read_ndjson(line, ingested_schema(contract))
    for still in refused:
        raise RefusedEvent(still.reason, still.detail)
    if table.num_rows != 1:
        raise RefusedEvent("malformed", f"it is {table.num_rows} lines")
    return line
