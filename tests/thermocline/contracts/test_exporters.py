from __future__ import annotations

import pyarrow as pa
import pytest

from thermocline.contracts import load_contracts
from thermocline.contracts.arrow import ingested_schema, stored_schema
from thermocline.contracts.glue import glue_columns, glue_partition_keys, projection_parameters
from thermocline.contracts.types import TYPES

ARROW_TO_GLUE = {
    pa.string(): "string",
    pa.int32(): "int",
    pa.int64(): "bigint",
    pa.float64(): "double",
    pa.bool_(): "boolean",
    pa.timestamp("us", tz="UTC"): "timestamp",
    pa.date32(): "date",
    pa.decimal128(38, 9): "decimal(38,9)",
}


def test_the_type_table_is_what_glue_and_arrow_have() -> None:
    assert set(ARROW_TO_GLUE.values()) == set(TYPES)


@pytest.mark.parametrize("name", ["clickstream", "telemetry", "cdc_log", "quarantine"])
def test_glue_and_parquet_agree_on_every_column(name: str) -> None:
    contract = load_contracts()[name]
    parquet = [(field.name, ARROW_TO_GLUE[field.type]) for field in stored_schema(contract)]
    assert parquet == [(column["Name"], column["Type"]) for column in glue_columns(contract)]
    added = [column.name for column in contract.stored if column.written_by == "convert"]
    assert ingested_schema(contract).names + added == stored_schema(contract).names
    assert [(key["Name"], key["Type"]) for key in glue_partition_keys(contract)] == [("gen", "string")]
    assert all(0 < len(column["Comment"]) <= 255 for column in glue_columns(contract))


def test_required_columns_cannot_be_null() -> None:
    contract = load_contracts()["telemetry"]
    required = {column.name for column in contract.stored if column.required}
    assert {field.name for field in stored_schema(contract) if not field.nullable} == required


def test_the_projection_makes_the_prefixes_that_convert_writes() -> None:
    found = projection_parameters(location="s3://lake/hot/telemetry/", first_generation="2026-11-22-12")
    assert found["storage.location.template"] == "s3://lake/hot/telemetry/gen=${gen}/"
    assert found["projection.gen.range"] == "2026-11-22-12,NOW+48HOURS"
    assert (found["projection.gen.format"], found["projection.gen.interval.unit"]) == ("yyyy-MM-dd-HH", "HOURS")
