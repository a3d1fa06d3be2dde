"""The bound of the process's memory, in a process of its own."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from athena_local.execution.engine import Engine
from athena_local.execution.memory import number_of_bytes
from athena_local.execution.query_runner import QueryRunner
from athena_local.execution.requests import Request
from athena_local.execution.result_file import ResultFile
from athena_local.statements.kinds import classify
from athena_local.tables.types import Row
from tests.athena_local.fakes import FakeCatalog, FakeTables

_PROGRAM = """
import sys
from pathlib import Path
from athena_local.execution.engine import Engine
from athena_local.execution.memory import bound_process_memory
from athena_local.execution.query_runner import QueryRunner
from athena_local.execution.requests import Request
from athena_local.statements.kinds import classify
from tests.athena_local.fakes import FakeCatalog, FakeTables

engine = Engine(folder=Path(sys.argv[1]), memory_limit="100MB")
runner = QueryRunner(engine=engine, catalog=FakeCatalog([]), tables=FakeTables(FakeCatalog([])))
bound_process_memory("100MB")
for sql in sys.argv[2:]:
    try:
        with engine.cursor() as cursor:
            print(len(list(runner.run(Request(statement=classify(sql), database="x"), cursor, lambda: False).rows)))
    except Exception as error:
        print(str(error).partition(":")[0])
"""
QUERIES = {
    "SELECT 1": "1",
    "SELECT length(concat_ws(',', repeat(rpad('x', 1000000, 'y'), 10000)))": "EXCEEDED_LOCAL_MEMORY_LIMIT",
    "SELECT cardinality(array_agg(x)) FROM UNNEST(sequence(1, 10000)) a(x), UNNEST(sequence(1, 3000)) b(y)": (
        "EXCEEDED_LOCAL_MEMORY_LIMIT"
    ),
    "SELECT 2": "1",
}


@pytest.mark.parametrize(("size", "expected"), [("1GB", 10**9), ("1.5 MB", 1_500_000), ("64k", 64_000), ("7", 7)])
def test_sizes(size: str, expected: int) -> None:
    assert number_of_bytes(size) == expected


def test_what_is_no_size() -> None:
    with pytest.raises(ValueError, match="not a size"):
        number_of_bytes("much")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds a process's own memory")
def test_queries_that_need_too_much_fail_alone(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _PROGRAM, str(tmp_path), *QUERIES]
    child = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[3])
    assert child.stdout.splitlines() == list(QUERIES.values())


def test_rows_are_streamed(engine: Engine, tmp_path: Path) -> None:
    """200 MB of text, which the process never holds."""
    sql = (
        "SELECT rpad(CAST(x AS varchar), 1000, 'x') FROM UNNEST(sequence(1, 10000)) a(x), UNNEST(sequence(1, 20)) b(y)"
    )
    runner = QueryRunner(engine=engine, catalog=FakeCatalog([]), tables=FakeTables(FakeCatalog([])))
    process = psutil.Process()
    resident = [process.memory_info().rss]

    def watched(rows: Iterator[Row]) -> Iterator[Row]:
        for number, row in enumerate(rows):
            if number % 5_000 == 0:
                resident.append(process.memory_info().rss)
            yield row

    with engine.cursor() as cursor:
        rows = runner.run(Request(statement=classify(sql), database="x"), cursor, lambda: False).rows
        written = ResultFile(tmp_path / "rows").write(
            watched(iter(rows)), text=tmp_path / "csv", header=None, quoted=True
        )
    assert (written, (tmp_path / "csv").stat().st_size > 200_000_000) == (200_000, True)
    assert max(resident) - resident[0] < 150_000_000
