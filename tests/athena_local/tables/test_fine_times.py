from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from athena_local.execution.engine import Engine
from athena_local.tables.catalog import Table
from athena_local.tables.fine_times import FineTimes
from athena_local.tables.parquet_files import ParquetFile, read_footer
from athena_local.tables.relations import relation
from tests.athena_local.fakes import columns

EPOCH = datetime.fromisoformat("1970-01-01")
TABLE = Table(database="shop", name="t", columns=columns(at="timestamp"), location="s3://shop/t/")


def stored(folder: Path, microseconds: list[int | None], type_: pa.DataType, *, int96: bool = False) -> ParquetFile:
    path = str(folder / "times.parquet")
    values = [
        None if each is None else EPOCH.replace(tzinfo=UTC) + timedelta(microseconds=each) for each in microseconds
    ]
    pq.write_table(pa.table({"At": pa.array(values, type_)}), path, use_deprecated_int96_timestamps=int96)
    return FineTimes().marked([read_footer(path, "s3://shop/t/x")], {"at"})[0]


@pytest.mark.parametrize("type_", [pa.timestamp("us"), pa.timestamp("us", tz="UTC"), pa.timestamp("ns")], ids=str)
def test_columns_are_rounded_when_they_must_be(folder: Path, type_: pa.DataType) -> None:
    assert stored(folder, [1000, None], type_).fine_times == frozenset()
    assert stored(folder, [1000, None, 1500], type_).fine_times == {"at"}
    assert stored(folder, [1500], pa.timestamp("ns"), int96=True).fine_times == {"at"}


def test_what_is_known_of_a_file_is_not_read_again(folder: Path) -> None:
    file = stored(folder, [1500], pa.timestamp("us"))
    known = FineTimes()
    first = known.marked([file], {"at"})
    Path(file.path).unlink()
    assert known.marked([file], {"at"}) == known.marked([file], ()) == first
    assert FineTimes().marked([file], ()) == [file]


@given(st.integers(-(10**15), 10**15))
def test_rounding_is_half_up(engine: Engine, microseconds: int) -> None:
    file = stored(engine.folder, [microseconds], pa.timestamp("us"))
    with engine.cursor() as cursor:
        ((value,),) = cursor.execute(relation(TABLE, [file], hidden=())).fetchall()
    assert value == EPOCH + timedelta(milliseconds=(microseconds + 500) // 1000)
