"""An event keeps every value from the validator to a Parquet file."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import BufferReader

from tests.thermocline.contracts.strategies import events
from thermocline.contracts import Contract, load_contracts
from thermocline.contracts.arrow import ingested_schema, stored_schema
from thermocline.contracts.validator import validator_for
from thermocline.convert.ndjson import read_ndjson
from thermocline.convert.parquet import ParquetFile
from thermocline.convert.typed_columns import typed_columns_of

CONTRACTS = load_contracts()


def through_the_lake(contract: Contract, given_events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    lines = b"".join(validator_for(contract).encode(event) for event in given_events)
    table, refused = read_ndjson(lines, ingested_schema(contract))
    assert refused == []
    with ParquetFile("raw/x/y", stored_schema(contract)) as file:
        file.add(typed_columns_of(contract).fill(table)[0])
        stored = pq.read_table(BufferReader(file.finish().read()))
    assert stored.schema.equals(stored_schema(contract))
    rows: list[dict[str, Any]] = stored.select([*ingested_schema(contract).names, "_src"]).to_pylist()
    return rows


def exactly(row: dict[str, Any]) -> dict[str, Any]:
    """Tell -0.0 from 0.0, which are equal."""
    return row | {name: (value, math.copysign(1, value)) for name, value in row.items() if isinstance(value, float)}


@pytest.mark.parametrize("name", ["clickstream", "telemetry", "cdc_log", "quarantine"])
@settings(max_examples=25)
@given(data=st.data())
def test_every_value_comes_back_as_it_was(name: str, data: st.DataObject) -> None:
    contract = CONTRACTS[name]
    sent = data.draw(st.lists(events(contract), min_size=1, max_size=3))
    expected = [exactly(event | {"_src": "raw/x/y"}) for event in sent]
    assert [exactly(row) for row in through_the_lake(contract, sent)] == expected


@pytest.mark.parametrize("text", ['"2026-02-30"', '"26.11.2026"', '"secret"', "20261126", '""'])
def test_a_line_whose_date_is_none_is_a_bad_line(text: str) -> None:
    schema = pa.schema([pa.field("day", pa.date32())])
    table, (bad,) = read_ndjson(f'{{"day":"2026-11-26"}}\n{{"day":{text}}}\n'.encode(), schema)
    assert (table.to_pylist(), bad.reason) == ([{"day": dt.date(2026, 11, 26)}], "invalid")
    assert "secret" not in bad.detail


def test_the_contracts_use_every_type_between_them() -> None:
    used = {column.type for contract in CONTRACTS.values() for column in contract.columns}
    assert used == {"string", "int", "bigint", "double", "boolean", "timestamp", "decimal(38,9)"}
