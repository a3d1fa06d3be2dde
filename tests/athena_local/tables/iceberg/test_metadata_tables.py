"""The tables of metadata; what Trino 476 answered for the like is in these expectations."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pyarrow as pa
import pytest
from pyiceberg.conversions import to_bytes
from pyiceberg.io.pyarrow import schema_to_pyarrow
from pyiceberg.schema import Schema
from pyiceberg.types import (
    BinaryType,
    BooleanType,
    DateType,
    DecimalType,
    DoubleType,
    FloatType,
    IcebergType,
    LongType,
    NestedField,
    StringType,
    TimestampType,
    TimestamptzType,
    TimeType,
    UUIDType,
)

from athena_local.errors import QueryError
from athena_local.tables.iceberg.bounds import bound_json, bound_text
from athena_local.tables.iceberg.new_tables import ColumnTransform, spec_of
from athena_local.tables.sources import TableName
from tests.athena_local.tables.iceberg.lake import Lake

SCHEMA = Schema(
    NestedField(1, "id", LongType()),
    NestedField(2, "day", DateType()),
    NestedField(3, "amount", DecimalType(9, 2)),
    NestedField(4, "kind", StringType()),
    NestedField(5, "key", UUIDType()),
)
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.fixture
def filled(lake: Lake) -> Lake:
    asked = [ColumnTransform(name="month", column="day"), ColumnTransform(name="identity", column="kind")]
    loaded = lake.create("t", SCHEMA, partition_spec=spec_of(SCHEMA, asked))
    known = lake.tables.table(TableName(database="shop", name="t"))
    assert known is not None
    arrow = pa.schema([each.remove_metadata() for each in schema_to_pyarrow(loaded.schema())])
    rows: list[dict[str, Any]] = [
        {"id": 1, "day": date(2026, 1, 5), "amount": Decimal("1.50"), "kind": "a"},
        {"id": 2, "day": date(2026, 1, 7), "amount": None, "kind": "a"},
        {"id": 3, "day": None, "amount": None, "kind": None},
    ]
    for each in (rows[:2], rows[2:]):
        batch = pa.RecordBatch.from_pylist(each, schema=arrow)
        lake.writer.insert(known, pa.RecordBatchReader.from_batches(arrow, [batch]), lambda: False)
    return lake


def types_of(lake: Lake, kind: str) -> dict[str, str | None]:
    answer, _ = lake.answer(f'SELECT * FROM "t${kind}"')
    names = [column.name for column in answer.columns]
    told = lake.rows(f'SELECT {", ".join(f"typeof({name})" for name in names)} FROM "t${kind}" LIMIT 1')[0]
    return dict(zip(names, told, strict=True))


def test_types(filled: Lake) -> None:
    assert types_of(filled, "snapshots") == {
        "committed_at": "timestamp(3) with time zone",
        "snapshot_id": "bigint",
        "parent_id": "bigint",
        "operation": "varchar",
        "manifest_list": "varchar",
        "summary": "map(varchar, varchar)",
    }
    files = types_of(filled, "files")
    assert list(files)[:6] == ["content", "file_path", "file_format", "spec_id", "partition", "record_count"]
    assert (files["lower_bounds"], files["readable_metrics"]) == ("map(integer, varchar)", "json")
    row = "row(min {0}, max {0}, null_count bigint, nan_count bigint)"
    told = (("id", "bigint"), ("day", "date"), ("amount", "decimal(9,2)"), ("key", "uuid"))
    columns = ", ".join(f"{name} {row.format(type_)}" for name, type_ in told)
    assert types_of(filled, "partitions") == {
        "partition": "row(day_month integer, kind varchar)",
        "record_count": "bigint",
        "file_count": "bigint",
        "total_size": "bigint",
        "data": f"row({columns})",
    }


def test_rows(filled: Lake) -> None:
    assert filled.rows("SELECT operation, summary['total-records'] FROM \"t$snapshots\" ORDER BY committed_at") == [
        ["append", "2"],
        ["append", "3"],
    ]
    history = filled.rows('SELECT parent_id IS NULL, is_current_ancestor FROM "t$history" ORDER BY made_current_at')
    assert history == [["true", "true"], ["false", "true"]]
    assert filled.rows('SELECT name, type, max_reference_age_in_ms FROM "t$refs"') == [["main", "BRANCH", None]]
    assert filled.rows('SELECT partition, record_count, data FROM "t$partitions" ORDER BY 2') == [
        [
            "{day_month=null, kind=null}",
            "1",
            (
                "{id={min=3, max=3, null_count=0, nan_count=null}, "
                "day={min=null, max=null, null_count=1, nan_count=null}, "
                "amount={min=null, max=null, null_count=1, nan_count=null}, "
                "key={min=null, max=null, null_count=1, nan_count=null}}"
            ),
        ],
        [
            "{day_month=672, kind=a}",
            "2",
            (
                "{id={min=1, max=2, null_count=0, nan_count=null}, "
                "day={min=2026-01-05, max=2026-01-07, null_count=0, nan_count=null}, "
                "amount={min=1.50, max=1.50, null_count=1, nan_count=null}, "
                "key={min=null, max=null, null_count=2, nan_count=null}}"
            ),
        ],
    ]
    manifests = filled.rows('SELECT added_rows_count, partition_summaries FROM "t$manifests" ORDER BY 1 DESC')
    assert manifests[0] == [
        "2",
        (
            "[{contains_null=false, contains_nan=false, lower_bound=2026-01, upper_bound=2026-01}, "
            "{contains_null=false, contains_nan=false, lower_bound=a, upper_bound=a}]"
        ),
    ]
    assert filled.rows('SELECT lower_bounds, equality_ids FROM "t$files" WHERE record_count = 2') == [
        ["{1=1, 2=2026-01-05, 3=1.50, 4=a}", None]
    ]


def test_names_without_rows(lake: Lake) -> None:
    lake.create("t", SCHEMA)
    for kind in ("snapshots", "history", "refs", "files", "manifests", "partitions"):
        assert lake.rows(f'SELECT count(*) FROM "t${kind}"') == [["0"]]
    assert lake.rows('SELECT value FROM "t$properties" WHERE "key" = \'current-snapshot-id\'') == [["none"]]


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ('SELECT * FROM "t$entries"', r"NOT_SUPPORTED: \$entries of Iceberg tables is not supported offline"),
        ('SELECT * FROM "t$nosuch"', "TABLE_NOT_FOUND"),
        ('SELECT * FROM "nosuch$files"', "TABLE_NOT_FOUND"),
        ('SELECT * FROM "t$files" FOR VERSION AS OF 1', "NOT_SUPPORTED: This connector does not support versioned"),
    ],
)
def test_names_that_are_refused(filled: Lake, sql: str, reason: str) -> None:
    with pytest.raises(QueryError, match=reason):
        filled.rows(sql)


@pytest.mark.parametrize(
    ("type_", "value", "text", "as_json"),
    [
        (DoubleType(), 1e10, "1.0E10", "1.0E10"),
        (DoubleType(), 1e-5, "1.0E-5", "1.0E-5"),
        (FloatType(), 2.5, "2.5", "2.5"),
        (BooleanType(), True, "true", "true"),
        (LongType(), 5, "5", "5"),
        (DecimalType(9, 2), Decimal("1.25"), "1.25", '"1.25"'),
        (DateType(), 20454, "2026-01-01", '"2026-01-01"'),
        (TimeType(), 3_723_500_000, "01:02:03.500", '"01:02:03.5"'),
        (TimeType(), 3_720_000_000, "01:02", '"01:02:00"'),
        (TimestampType(), int(NOON.timestamp()) * 10**6, "2026-01-01T12:00:00", '"2026-01-01T12:00:00"'),
        (TimestampType(), int(NOON.timestamp()) * 10**6 + 500_000, "2026-01-01T12:00:00.5", '"2026-01-01T12:00:00.5"'),
        (TimestamptzType(), int(NOON.timestamp()) * 10**6, "2026-01-01T12:00:00+00:00", '"2026-01-01T12:00:00+00:00"'),
        (StringType(), 'é"', 'é"', '"é\\""'),
        (BinaryType(), b"\x01\xab", "Aas=", '"01AB"'),
        (UUIDType(), UUID(int=5).bytes, str(UUID(int=5)), f'"{UUID(int=5)}"'),
    ],
)
def test_bounds(type_: IcebergType, value: Any, text: str, as_json: str) -> None:
    stored = to_bytes(type_, value)  # type: ignore[arg-type]
    assert bound_text(type_, stored) == text
    assert bound_json(type_, stored) == as_json
