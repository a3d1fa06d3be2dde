from collections.abc import Callable
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from athena_local.errors import from_duckdb
from athena_local.execution.cursors import execute
from athena_local.execution.engine import Engine
from athena_local.execution.result_texts import rows_of
from athena_local.syntax.dialect import parse, to_duckdb
from athena_local.translation.rewrite import rewrite

Row = list[str | None]


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return Engine(folder=tmp_path_factory.mktemp("engine"), memory_limit="500MB")


@pytest.fixture(scope="session")
def ask(engine: Engine) -> Callable[[str], list[Row]]:
    """Run a query without tables; answer its rows as Athena writes them."""

    def run(sql: str) -> list[Row]:
        rewritten = rewrite(parse(sql), sql)
        with engine.cursor() as cursor:
            execute(cursor, rewritten.tree)
            return [list(row) for batch in cursor.to_arrow_reader(100) for row in rows_of(batch, rewritten.moments)]

    return run


@pytest.fixture(scope="session")
def ask_or_name(ask: Callable[[str], list[Row]]) -> Callable[[str], list[Row]]:
    """Run a query without tables; an error of DuckDB has Trino's name."""

    def run(sql: str) -> list[Row]:
        try:
            return ask(sql)
        except (duckdb.Error, pa.ArrowException) as error:
            raise from_duckdb(str(error)) from error

    return run


@pytest.fixture
def duckdb_sql() -> Callable[[str], str]:
    return lambda sql: to_duckdb(rewrite(parse(sql), sql).tree)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path
