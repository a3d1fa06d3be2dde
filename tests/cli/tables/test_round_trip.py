"""A table from a sample loses no value of it: rows read back equal the sample, from the request to the Parquet file."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import BufferReader

from cli.errors import CliError
from cli.tables.write import contract_text
from tests.cli.tables.samples import FOLDER, SAMPLES, as_sent, drafted, meant
from tests.fakes import HASHER, NOW, FixedClock, MemoryLedger, MemoryStore
from thermocline.contracts import Contract, load_contract, load_contracts
from thermocline.contracts.validator import validator_for
from thermocline.convert.use_case import Convert
from thermocline.events.batch import Batch, Event
from thermocline.events.enrich import canonical
from thermocline.ingest.http.caps import capped
from thermocline.ingest.protocols.rows import parse_csv, parse_rows
from thermocline.sources import Source

KEY = "raw/things/2026/11/22/11/rows-1"
SOURCE = Source(stream="things")


def contract_of(sample: Path, folder: Path, **wishes: Any) -> Contract:
    path = folder / "things.odcs.yaml"
    path.write_text(contract_text(drafted(sample, **wishes)))
    return load_contract(path)


def sent(body: bytes, sample: Path, contract: Contract) -> Batch:
    if sample.suffix == ".csv":
        return parse_csv(body, contract=contract, content_type="text/csv")
    return parse_rows(body, contract=contract)


def stored(batch: Batch, contract: Contract) -> list[dict[str, Any]]:
    """Return the rows of the Parquet file that a request's events become."""
    lines = bytearray()
    for position, event in enumerate(batch.events):
        assert isinstance(event, Event), event
        columns = canonical(event, stream="things", source_name="mine", source=SOURCE, received=NOW, position=position)
        validator_for(contract).append_line(columns, lines)
    store = MemoryStore({KEY: bytes(lines)})
    contracts = load_contracts() | {"things": contract}
    entry = Convert(store=store, ledger=MemoryLedger(), contracts=contracts, hasher=HASHER, clock=FixedClock())(KEY)
    assert entry is not None
    assert [(file.table, file.rows) for file in entry.files] == [("things", len(batch.events))]
    ((_, file),) = store.writes
    rows: list[dict[str, Any]] = pq.read_table(BufferReader(file)).to_pylist()
    return rows


def json_rows(body: bytes) -> list[dict[str, Any]]:
    text = body.decode()
    lines = json.loads(text, parse_float=Decimal) if text.startswith("[") else map(_decode, text.splitlines())
    return list(lines)


def _decode(line: str) -> dict[str, Any]:
    row: dict[str, Any] = json.loads(line, parse_float=Decimal)
    return row


@pytest.mark.parametrize("name", [name for name in SAMPLES if not name.endswith(".csv")])
def test_rows_read_back_equal_the_sample(name: str, tmp_path: Path) -> None:
    sample = FOLDER / name
    contract, body = contract_of(sample, tmp_path), sample.read_bytes()
    expected = json_rows(body)
    rows = stored(sent(body, sample, contract), contract)
    assert len(rows) == len(expected)
    for row, values in zip(rows, expected, strict=True):
        assert row["extra"] is None
        assert {member for column in contract.produced for member in column.steps} >= values.keys()
        for column in contract.produced:
            (member,) = column.steps
            assert as_sent(row[column.name], column) == meant(values.get(member), column), column.name


DAY = dt.date
NUM = Decimal
CONTACTS: list[tuple[object, ...]] = [
    (
        1,
        "Example, Ann",
        "01067",
        "0170 1234567",
        3,
        NUM("19.90"),
        True,
        DAY(2026, 11, 26),
        'said "hi"',
        1.5e-07,
        "12E4",
    ),
    (2, "Bob\r\nExample", "94107", None, 0, NUM("0.00"), False, DAY(2025, 1, 31), "", 2.5, "13E4"),
    (3, None, "", "+49 170 1234567", -7, None, True, None, "a\r\nb,c", -0.25, None),
    (4, " padded ", "10115", "", 12, NUM("1234567.89"), None, DAY(2024, 2, 29), None, None, "007"),
]


def test_cells_read_back_equal_the_sample(tmp_path: Path) -> None:
    sample = FOLDER / "contacts.csv"
    contract = contract_of(sample, tmp_path)
    rows = stored(sent(sample.read_bytes(), sample, contract), contract)
    assert [tuple(row[column.name] for column in contract.produced) for row in rows] == CONTACTS


def test_the_event_time_and_the_identity_are_those_of_the_contract(tmp_path: Path) -> None:
    sample = FOLDER / "money.ndjson"
    contract = contract_of(sample, tmp_path)
    assert (contract.event_time, contract.identity) == ("paid_at", ("order_id",))
    once, again = (stored(sent(sample.read_bytes(), sample, contract), contract) for _ in range(2))
    assert [row["original_time"] for row in once] == [row["paid_at"] for row in once]
    assert len({row["event_id"] for row in once}) == 4
    assert [row["event_id"] for row in once] == [row["event_id"] for row in again]


def test_members_that_come_later_are_kept_refused_or_dropped(tmp_path: Path) -> None:
    sample, body = FOLDER / "money.ndjson", b'{"order_id":"A-9","new":1.0}'
    extra = contract_of(sample, tmp_path)
    assert stored(sent(body, sample, extra), extra)[0]["extra"] == '{"new":1.0}'
    drop = contract_of(sample, tmp_path, unknown_members="drop")
    assert "extra" not in stored(sent(body, sample, drop), drop)[0]
    refuse = contract_of(sample, tmp_path, unknown_members="refuse")
    assert not isinstance(sent(body, sample, refuse).events[0], Event)


CSV = st.text(st.sampled_from('a1,"\n\r;0.-\ufeffé '), max_size=24)
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=2), inner, max_size=2),
    max_leaves=3,
)
NDJSON = st.lists(
    st.dictionaries(st.sampled_from(["a", "A", "ts", "gen", "", "price"]) | st.text(max_size=3), JSON_VALUES),
    min_size=1,
    max_size=3,
).map(lambda rows: "\n".join(map(json.dumps, rows)))


@settings(max_examples=200)
@given(st.tuples(st.just("a.csv"), CSV) | st.tuples(st.just("a.ndjson"), NDJSON))
def test_a_sample_that_makes_a_contract_has_no_bad_row(
    tmp_path_factory: pytest.TempPathFactory, sample: tuple[str, str]
) -> None:
    name, text = sample
    path = tmp_path_factory.getbasetemp() / name
    path.write_bytes(text.encode())
    try:
        contract = contract_of(path, path.parent)
    except CliError:
        return
    body = path.read_bytes().removeprefix(b"\xef\xbb\xbf")  # as `decoded_body` does
    batch = capped(sent(body, path, contract))
    assert batch.events
    for position, event in enumerate(batch.events):
        assert isinstance(event, Event), event
        columns = canonical(event, stream="things", source_name="mine", source=SOURCE, received=NOW, position=position)
        validator_for(contract).append_line(columns, bytearray())
