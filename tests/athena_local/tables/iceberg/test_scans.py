"""Random tables and conditions: the engine and pyiceberg's own scan see the same rows."""

import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyiceberg.schema import Schema
from pyiceberg.table import Table as Loaded
from pyiceberg.types import DateType, DecimalType, IntegerType, LongType, NestedField, StringType, TimestampType

from athena_local.execution.engine import Engine
from athena_local.tables.iceberg.new_tables import ColumnTransform, spec_of
from athena_local.tables.sources import TableName
from tests.athena_local.tables.iceberg.deletes import delete_positions
from tests.athena_local.tables.iceberg.lake import Lake

SCHEMA = Schema(
    NestedField(1, "id", LongType(), required=False),
    NestedField(2, "n", IntegerType(), required=False),
    NestedField(3, "day", DateType(), required=False),
    NestedField(4, "at", TimestampType(), required=False),
    NestedField(5, "name", StringType(), required=False),
    NestedField(6, "amount", DecimalType(9, 2), required=False),
)
START = datetime(2026, 1, 30, tzinfo=UTC).replace(tzinfo=None)
NAMES = st.sampled_from(["", "a", "ab", "abc", "b", "é", "it's", "100%"])
ROWS = st.lists(
    st.fixed_dictionaries({
        "n": st.integers(-3, 3) | st.none(),
        "day": st.none() | st.integers(0, 40).map(lambda days: START.date() + timedelta(days=days)),
        "at": st.none() | st.integers(0, 10**9).map(lambda seconds: START + timedelta(milliseconds=seconds)),
        "name": st.none() | NAMES,
        "amount": st.none() | st.integers(-300, 300).map(lambda cents: Decimal(cents) / 100),
    }),
    max_size=4,
)  # fmt: skip
FIRST = st.lists(ROWS, min_size=3, max_size=3)
TRANSFORMS = st.lists(
    st.sampled_from([
        ColumnTransform(name="identity", column="n"),
        ColumnTransform(name="bucket", column="id", number=3),
        ColumnTransform(name="month", column="day"),
        ColumnTransform(name="day", column="at"),
        ColumnTransform(name="hour", column="at"),
        ColumnTransform(name="truncate", column="name", number=1),
        ColumnTransform(name="truncate", column="amount", number=100),
    ]),
    max_size=2,
    unique_by=lambda transform: (transform.name, transform.column),
)  # fmt: skip
VALUES: dict[str, st.SearchStrategy[str]] = {
    "id": st.integers(0, 20).map(str),
    "n": st.integers(-4, 4).map(str),
    "day": st.integers(-1, 41).map(lambda days: f"DATE '{START.date() + timedelta(days=days)}'"),
    "at": st.integers(-5, 10**9).map(lambda ms: f"TIMESTAMP '{START + timedelta(milliseconds=ms)}'"),
    "name": NAMES.map(lambda name: "'" + name.replace("'", "''") + "'"),
    "amount": st.integers(-400, 400).map(lambda cents: str(Decimal(cents) / 100)),
}


@st.composite
def conditions(draw: Callable[[Any], Any], depth: int = 2) -> str:
    kinds = ["compare", "compare", "compare", "between", "in", "null", "like", "of day", "and", "or", "not"]
    kind = draw(st.sampled_from(kinds))
    if depth and kind in ("and", "or"):
        return f"({draw(conditions(depth - 1))}) {kind} ({draw(conditions(depth - 1))})"
    if depth and kind == "not":
        return f"NOT ({draw(conditions(depth - 1))})"
    if kind == "like":
        like = draw(st.sampled_from(["LIKE", "NOT LIKE"]))
        return f"name {like} '{draw(st.sampled_from(['a%', '_b%', 'ab', '%']))}'"
    sign = draw(st.sampled_from(["=", "<>", "<", "<=", ">", ">="]))
    if kind == "of day":
        return f"CAST(at AS date) {sign} {draw(VALUES['day'])}"
    column = draw(st.sampled_from(list(VALUES)))
    value = VALUES[column]
    if kind == "null":
        return f"{column} IS {draw(st.sampled_from(['NULL', 'NOT NULL']))}"
    if kind == "between":
        return f"{column} BETWEEN {draw(value)} AND {draw(value)}"
    if kind == "in":
        return f"{column} IN ({', '.join(draw(st.lists(value, min_size=1, max_size=3)))})"
    return f"{column} {sign} {draw(value)}" if draw(st.booleans()) else f"{draw(value)} {sign} {column}"


CHANGES = st.lists(
    ROWS.map(lambda rows: ("append", rows))
    | st.lists(st.integers(0, 5), min_size=1, max_size=4, unique=True).map(lambda numbers: ("delete", numbers))
    | st.sampled_from([("widen", "n"), ("rename", "name"), ("drop", "amount"), ("add", "amount")]),
    max_size=3,
)


class _Story:
    """A table to which changes happen."""

    def __init__(self, folder: Path, engine: Engine, transforms: list[ColumnTransform]) -> None:
        self.lake = Lake(folder, engine)
        self.table = self.lake.create("t", SCHEMA, partition_spec=spec_of(SCHEMA, transforms))
        self._next = iter(range(1000))

    def happen(self, kind: str, what: Any) -> None:
        names = [field.name for field in self.table.schema().fields]
        if kind == "append":
            self._append(what, names)
        elif kind == "delete":
            self._delete(what)
        elif kind == "widen":
            with self.table.update_schema() as update:
                update.update_column(what, LongType())
        elif kind == "rename" and "label" not in names:
            with self.table.update_schema() as update:
                update.rename_column(what, "label")
            with self.table.update_schema() as update:
                update.add_column(what, StringType())
        elif kind == "drop" and what in names and not self._is_source(what):
            with self.table.update_schema() as update:
                update.delete_column(what)
        elif kind == "add" and what not in names:
            with self.table.update_schema() as update:
                update.add_column(what, DecimalType(9, 2))
        self.table.refresh()

    def _is_source(self, name: str) -> bool:
        number = self.table.schema().find_field(name).field_id
        return any(field.source_id == number for field in self.table.spec().fields)

    def _append(self, rows: list[dict[str, Any]], names: list[str]) -> None:
        known = self.lake.tables.table(TableName(database="shop", name="t"))
        assert known is not None
        schema = self.table.schema().as_arrow()
        numbered = [{"id": next(self._next), **row} for row in rows]
        kept = [{name: row.get(name) for name in names} for row in numbered]
        batch = pa.RecordBatch.from_pylist(kept, schema=pa.schema([each.remove_metadata() for each in schema]))
        self.lake.writer.insert(known, pa.RecordBatchReader.from_batches(batch.schema, [batch]), lambda: False)

    def _delete(self, numbers: list[int]) -> None:
        for task in list(self.table.scan().plan_files())[:2]:
            positions = [number for number in sorted(numbers) if number < task.file.record_count]
            if positions:
                delete_positions(self.table, {task.file.file_path: positions}, task.file.partition)
                self.table.refresh()


def scanned(loaded: Loaded) -> list[int]:
    """Return the rows that pyiceberg sees, by their identifiers."""
    rows = loaded.scan().to_arrow().to_pylist()
    return sorted(row["id"] for row in rows)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(transforms=TRANSFORMS, first=FIRST, changes=CHANGES, asked=st.lists(conditions(), min_size=6, max_size=6))
def test_the_engine_sees_what_pyiceberg_sees(
    tmp_path: Path,
    engine: Engine,
    transforms: list[ColumnTransform],
    first: list[list[dict[str, Any]]],
    changes: list[tuple[str, Any]],
    asked: list[str],
) -> None:
    story = _Story(tmp_path / uuid.uuid4().hex, engine, transforms)
    for kind, what in [("append", rows) for rows in first] + changes:
        story.happen(kind, what)
    assert sorted(int(str(row[0])) for row in story.lake.rows("SELECT id FROM t")) == scanned(story.table)
    names = {field.name for field in story.table.schema().fields}
    for condition in asked:
        if not any(name in condition for name in set(VALUES) - names):
            everything = story.lake.rows("SELECT id, (" + condition + ") AS holds FROM t")
            expected = sorted(row[0] or "" for row in everything if row[1] == "true")
            kept = story.lake.rows("SELECT id FROM t WHERE " + condition)
            assert sorted(row[0] or "" for row in kept) == expected


def test_pruning_by_a_column_that_was_another(lake: Lake) -> None:
    """A condition on an earlier version is about the column that had the name then."""
    story = _Story(lake.copies, lake.engine, [])
    story.happen("append", [{"n": 1, "name": "a"}])
    first = story.table.snapshots()[0].snapshot_id
    story.happen("rename", "name")
    story.happen("append", [{"n": 2, "name": "z"}])
    assert story.lake.rows(f"SELECT id FROM t FOR VERSION AS OF {first} WHERE name = 'a'") == [["0"]]
    assert story.lake.rows("SELECT id FROM t WHERE name = 'a'") == []


@pytest.mark.parametrize("value", ["2026-01-30", "2026-03-01"])
def test_a_day_is_compared_with_a_time(lake: Lake, value: str) -> None:
    story = _Story(lake.copies, lake.engine, [ColumnTransform(name="hour", column="at")])
    midnight = datetime.combine(date.fromisoformat(value), datetime.min.time())
    story.happen("append", [{"at": midnight}, {"at": midnight - timedelta(microseconds=1)}])
    assert story.lake.rows(f"SELECT id FROM t WHERE date(at) = DATE '{value}'") == [["0"]]
    assert story.lake.rows(f"SELECT id FROM t WHERE CAST(at AS date) < DATE '{value}'") == [["1"]]
