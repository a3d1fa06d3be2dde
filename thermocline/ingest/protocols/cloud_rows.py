"""Rows of a table of one's own that come as CloudEvents: ``data`` is the row.

The event's ``id`` identifies the row, and its ``time`` is the row's, where the contract names no column for them. Its
other attributes are kept beside the unknown members, as ``cloudevent`` in the column ``extra``, where there is one; as
``cloudevent_`` if the row itself has a member of that name.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from functools import partial

import msgspec

from thermocline.contracts import Contract
from thermocline.contracts.rows_table import EXTRA
from thermocline.errors import RefusedEvent
from thermocline.events.batch import Batch, Event, Refused
from thermocline.ingest.protocols import cloudevents
from thermocline.ingest.protocols.cloudevents import CloudEvent, attributes_of
from thermocline.ingest.protocols.open_json import EMPTY
from thermocline.ingest.protocols.row_reader import Row, row_reader
from thermocline.ingest.protocols.rows import event_of, refused_row

_DATA = ("data", "data_base64", "datacontenttype", "specversion")
_decode_members = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode


def parse_cloud_rows(body: bytes, *, headers: Mapping[str, str], contract: Contract) -> Batch:
    """Read the CloudEvents of a request (see `parse_cloudevents` for errors)."""
    return cloudevents.parse_cloudevents(body, headers, stream=contract.name, read=partial(_read, contract=contract))


def _read(sent: CloudEvent, raw: bytes, *, contract: Contract) -> Event | Refused:
    row = row_reader(contract).read(_data(sent))
    if contract.unknown_members == "extra":
        _keep_attributes(row, raw, contract)
    try:
        return event_of(row, raw, contract, event_id=sent.id, time=sent.time)
    except RefusedEvent as error:
        return refused_row(error, row, raw, contract, event_id=sent.id, time=sent.time)


def _data(sent: CloudEvent) -> bytes:
    data = bytes(sent.data)
    if sent.data_base64 is not None and sent.data is EMPTY:
        try:
            data = base64.b64decode(sent.data_base64, validate=True).strip()
        except ValueError:
            raise RefusedEvent("invalid", "data_base64: is not base64") from None
    if not data.startswith(b"{"):
        raise RefusedEvent("invalid", "data: must be a JSON object, the row")
    return data


def _keep_attributes(row: Row, raw: bytes, contract: Contract) -> None:
    taken = [name for name, column in (("id", contract.identity), ("time", contract.event_time)) if not column]
    attributes = attributes_of(raw, without=(*_DATA, *taken))
    unknown = row.columns.get(EXTRA)
    members = _decode_members(unknown) if isinstance(unknown, str) else {}
    name = "cloudevent"
    while name in members:
        name = f"{name}_"
    row.columns[EXTRA] = msgspec.json.encode({name: attributes} | members).decode()
