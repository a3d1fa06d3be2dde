"""Rows of a table of one's own, ``POST /v1/events``: JSON objects, or CSV, whose members its contract names.

Every value is stored as it was sent, or the row is a bad row: no number is rounded, and no text becomes a number.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import msgspec

from thermocline.contracts import Contract
from thermocline.errors import RefusedEvent, RequestError
from thermocline.events.batch import Batch, Event, Refused
from thermocline.events.identity import digest_id
from thermocline.ingest.identity import identity_of
from thermocline.ingest.protocols.csv_body import Record, split_csv
from thermocline.ingest.protocols.json_body import JSON_ERRORS, refused, split_body
from thermocline.ingest.protocols.row_reader import Row, RowReader, row_reader

PROTOCOL = "rows"
_LOST = "\ufffd"
_NO_ROW = Row({}, [])
_encode = msgspec.json.Encoder(decimal_format="string").encode


def parse_rows(body: bytes, *, contract: Contract) -> Batch:
    """Read a JSON object, an array, or NDJSON of rows (see `split_body` for errors)."""
    reader = row_reader(contract)
    events = [_parse_row(raw, reader, contract) for raw in split_body(body)]
    return Batch(protocol=PROTOCOL, stream=contract.name, events=events)


def parse_csv(body: bytes, *, contract: Contract, content_type: str) -> Batch:
    """Read CSV with a header row.

    What is kept of a record as sent is JSON with the header's names, so that it says without its header what it means.

    Raises
    ------
    RequestError
        The header names no column of the table, as when other signs than commas are between the cells; or as of
        `split_csv`.
    """
    reader = row_reader(contract)
    csv = split_csv(body, content_type)
    if not reader.knows_any(csv.header):
        raise RequestError(
            400,
            "unknown_header",
            f"CSV's header row names no column of {contract.name}; it needs commas between names as in its contract.",
        )
    return Batch(
        protocol=PROTOCOL,
        stream=contract.name,
        events=[_parse_record(record, csv.header, reader, contract) for record in csv.records],
        context={"content_type": content_type, "header": csv.header},
    )


def event_of(row: Row, raw: bytes, contract: Contract, *, event_id: str | None = None, time: object = None) -> Event:
    """Return the event of a row that was sent as `raw`.

    Parameters
    ----------
    event_id, time
        What stands for them where the contract names no column.

    Raises
    ------
    RefusedEvent
        Something is wrong with the row.
    """
    row.check()
    columns = dict(row.columns)
    if identity := (row_id(columns, contract) if contract.identity else event_id):
        columns["event_id"] = identity
    return Event(
        columns=columns,
        raw=raw,
        identity=raw,
        time=row_time(columns, contract) if contract.event_time else time,
    )


def row_id(columns: Mapping[str, object], contract: Contract) -> str | None:
    """Return the id that the identity's columns make, however they were sent; None when all of them are null.

    Raises
    ------
    RefusedEvent
        Characters were lost in one of them, so that two rows' ids may have become one.
    """
    values = [columns.get(name) for name in contract.identity]
    if all(value is None for value in values):
        return None
    for name, value in zip(contract.identity, values, strict=True):
        if isinstance(value, str) and _LOST in value:
            raise RefusedEvent("invalid", f"{name}: characters were lost, so it may be two ids")
    return digest_id(_encode(values))


def row_time(columns: Mapping[str, object], contract: Contract) -> object:
    """Return the event's time as its column has it; a date is its midnight in UTC."""
    value = columns.get(contract.event_time or "")
    return value.isoformat() if isinstance(value, dt.date) else value


def refused_row(
    error: RefusedEvent,
    row: Row,
    raw: bytes,
    contract: Contract,
    *,
    event_id: str | None = None,
    time: object = None,
) -> Refused:
    """Return the bad row, with the identity and time of what fits its columns (see `event_of`)."""
    if contract.identity:
        event_id = _known_id(row, contract)
    if contract.event_time:
        time = row_time(row.columns, contract)
    return Refused.because(error, raw, event_id=event_id, identity=identity_of(raw), time=time)


def _known_id(row: Row, contract: Contract) -> str | None:
    if any(row.columns.get(name) is None for name in contract.identity):
        return None
    try:
        return row_id(row.columns, contract)
    except RefusedEvent:
        return None


def _parse_row(raw: bytes, reader: RowReader, contract: Contract) -> Event | Refused:
    row = _NO_ROW
    try:
        row = reader.read(raw)
        return event_of(row, raw, contract)
    except JSON_ERRORS as error:
        return refused_row(refused(error), row, raw, contract)
    except RefusedEvent as error:
        return refused_row(error, row, raw, contract)


def _parse_record(record: Record, header: tuple[str, ...], reader: RowReader, contract: Contract) -> Event | Refused:
    if record.problem:
        return Refused(raw=record.raw, reason="malformed", detail=record.problem)
    row, raw = reader.read_cells(header, record.cells), _encode(dict(zip(header, record.cells, strict=True)))
    try:
        return event_of(row, raw, contract)
    except RefusedEvent as error:
        return refused_row(error, row, raw, contract)
