import time
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest

from athena_local.execution.engine import Engine


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/hostname')",
        "ATTACH '/tmp/elsewhere.db'",
        "COPY (SELECT 1) TO '/tmp/elsewhere.csv'",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "SET memory_limit = '100GB'",
    ],
)
def test_the_engine_reads_nothing_but_its_folder(engine: Engine, sql: str) -> None:
    with engine.cursor() as cursor, pytest.raises(duckdb.Error):
        cursor.execute(sql)


def test_one_querys_views_are_not_anothers(engine: Engine) -> None:
    with engine.cursor() as one, engine.cursor() as other:
        one.execute("CREATE TEMP VIEW mine AS SELECT 1")
        with pytest.raises(duckdb.CatalogException):
            other.execute("SELECT * FROM mine")


def test_the_engine_is_busy_since_its_oldest_open_cursor() -> None:
    with TemporaryDirectory() as name:
        engine = Engine(folder=Path(name), memory_limit="100MB")
        assert engine.busy_since() is None
        before = time.monotonic()
        with engine.cursor():
            first = engine.busy_since()
            with engine.cursor():
                assert engine.busy_since() == first
        assert first is not None
        assert before <= first <= time.monotonic()
        assert engine.busy_since() is None
