"""A row keeps every value from the producer's bytes to a column, or is a bad row."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes import NOW
from tests.thermocline.contracts.changes import column
from tests.thermocline.contracts.tables import NAMES, as_json, rows, table, tables, text_of
from tests.thermocline.contracts.test_round_trip import exactly
from thermocline.contracts import Contract
from thermocline.contracts.arrow import ingested_schema
from thermocline.contracts.rows_table import OWN_COLUMNS
from thermocline.contracts.types import TYPES
from thermocline.contracts.validator import validator_for
from thermocline.convert.ndjson import read_ndjson
from thermocline.events.batch import Batch, Event, Refused
from thermocline.events.enrich import canonical
from thermocline.ingest.http.caps import capped
from thermocline.ingest.protocols.rows import parse_csv, parse_rows
from thermocline.sources import Source

UNKNOWN = st.dictionaries(NAMES.map(lambda name: f"unknown {name}"), st.integers() | st.none(), max_size=2)
EVERY_TYPE = table(*(column(f"c{number}", type_) for number, type_ in enumerate(TYPES)))


def stored(batch: Batch, contract: Contract) -> list[dict[str, Any]]:
    """Return the rows that a batch's events become, read as convert reads them."""
    lines = bytearray()
    for position, event in enumerate(capped(batch).events):
        assert isinstance(event, Event), event
        columns = canonical(
            event,
            stream=contract.name,
            source_name="crm",
            source=Source(stream=contract.name),
            received=NOW,
            position=position,
        )
        validator_for(contract).append_line(columns, lines)
    read, refused = read_ndjson(bytes(lines), ingested_schema(contract))
    assert refused == []
    found: list[dict[str, Any]] = read.to_pylist()
    return found


def produced(row: dict[str, Any]) -> dict[str, Any]:
    return exactly({name: value for name, value in row.items() if name not in OWN_COLUMNS})


@settings(max_examples=50)
@given(data=st.data())
def test_json_rows_come_back_as_they_were_sent(data: st.DataObject) -> None:
    contract = data.draw(tables())
    sent = data.draw(st.lists(st.tuples(rows(contract), UNKNOWN), min_size=1, max_size=3))
    body = b"\n".join(as_json(contract, row, unknown) for row, unknown in sent)
    came = stored(parse_rows(body, contract=contract), contract)
    assert [produced(row) for row in came] == [exactly(row) for row, _ in sent]
    assert [json.loads(row["extra"] or "{}") for row in came] == [unknown for _, unknown in sent]


@settings(max_examples=50)
@given(data=st.data())
def test_csv_rows_come_back_as_they_were_sent(data: st.DataObject) -> None:
    contract = data.draw(tables())
    sent = data.draw(st.lists(rows(contract), min_size=1, max_size=3))
    came = stored(parse_csv(as_csv(contract, sent), contract=contract, content_type="text/csv"), contract)
    # The writer leaves an empty text out, as it does null.
    assert [produced(row) for row in came] == [exactly({n: None if v == "" else v for n, v in r.items()}) for r in sent]


def as_csv(contract: Contract, sent: list[dict[str, Any]]) -> bytes:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow([c.path if len(c.steps) > 1 else c.steps[0] for c in contract.produced])
    for row in sent:
        writer.writerow([None if row[c.name] is None else text_of(c, row[c.name]) for c in contract.produced])
    return file.getvalue().encode()


@settings(max_examples=25)
@given(data=st.data())
def test_a_row_has_one_id_in_every_form(data: st.DataObject) -> None:
    contract = data.draw(tables())
    row = data.draw(rows(contract)) | {"id": data.draw(st.integers(-(2**63), 2**63 - 1))}
    by_json = stored(parse_rows(as_json(contract, row, {}), contract=contract), contract)
    by_csv = stored(parse_csv(as_csv(contract, [row]), contract=contract, content_type="text/csv"), contract)
    assert by_json[0]["event_id"] == by_csv[0]["event_id"]


WRONG = {
    "string": ["7", "true", "{}", "[]"],
    "int": ["2147483648", "1.5", '"7"', "true", "1e400", "-2147483649", "{}"],
    "bigint": ["9223372036854775808", "1.5", '"7"', "9007199254740993.5", "1e19", "false"],
    "double": ["9007199254740993", "1e999", '"1.5"', "0.12345678901234567890", "1e-400", "true"],
    "boolean": ["1", '"true"', "0", "[]"],
    "timestamp": ['"2026-11-26T12:00:00"', "1795346509", '"26/11/2026"', '"2026-11-26T12:00:00.1234567Z"', "{}"],
    "date": ['"2026-02-30"', '"26.11.2026"', "20261126", '"2026-11-26T00:00:00Z"', "[]"],
    "decimal(38,9)": ["0.1234567891", "1e29", '"1_000"', '"1,5"', '"NaN"', "true", '" 1"'],
}


@given(data=st.data())
def test_what_does_not_fit_is_a_bad_row_and_its_neighbours_go_on(data: st.DataObject) -> None:
    assert WRONG.keys() == TYPES.keys()
    wrong = data.draw(st.sampled_from(EVERY_TYPE.produced))
    text = data.draw(st.sampled_from(WRONG[wrong.type]))
    row = data.draw(rows(EVERY_TYPE))
    good = as_json(EVERY_TYPE, row, {})
    bad = as_json(EVERY_TYPE, row, {})
    members = msgspec.json.decode(bad, type=dict[str, msgspec.Raw]) | {wrong.name: msgspec.Raw(text.encode())}
    bad = msgspec.json.encode(members)
    first, second, third = capped(parse_rows(b"[%s,%s,%s]" % (good, bad, good), contract=EVERY_TYPE)).events
    assert isinstance(first, Event)
    assert isinstance(third, Event)
    assert isinstance(second, Refused)
    assert (second.raw, second.reason) == (bad, "invalid")
    assert second.detail.startswith(f"{wrong.name}: must ")


TEXTS = st.sampled_from([text for texts in WRONG.values() for text in texts]) | st.sampled_from(
    ["null", "7", "7.0", "-0", "1e3", '"a"', '""', '"2026-11-26"', '"2026-11-26T12:00:00Z"', "[ 1 ]", '"\\u00e9"']
)


@given(
    sent=st.dictionaries(st.sampled_from([*(c.name for c in EVERY_TYPE.produced), "other"]), TEXTS),
    unknown=st.sampled_from(["extra", "refuse", "drop"]),
)
def test_the_quick_way_reads_what_the_slow_way_reads(sent: dict[str, str], unknown: str) -> None:
    raw = msgspec.json.encode({name: msgspec.Raw(text.encode()) for name, text in sent.items()})
    quick = table(*EVERY_TYPE.produced, unknown_members=unknown)
    slow = table(*EVERY_TYPE.produced, column("never", path="never.sent"), unknown_members=unknown)
    assert said(raw, quick) == said(raw, slow)


def said(raw: bytes, contract: Contract) -> object:
    (event,) = parse_rows(raw, contract=contract).events
    if isinstance(event, Refused):
        return event.reason, event.detail
    return exactly({name: value for name, value in event.columns.items() if value is not None})
