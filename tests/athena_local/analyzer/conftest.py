"""Checked queries, answered by DuckDB."""

from collections.abc import Callable

import duckdb
import pytest

from athena_local.analyzer.typed import check
from athena_local.errors import from_duckdb
from athena_local.execution.engine import Engine
from athena_local.execution.result_texts import rows_of
from athena_local.syntax.dialect import parse, to_duckdb
from athena_local.translation.rewrite import rewrite

Answered = Callable[[str], str | None]


@pytest.fixture(scope="session")
def answered(engine: Engine) -> Answered:
    """Run a checked query; answer its first value as Athena writes it."""

    def run(sql: str) -> str | None:
        tree = parse(sql)
        types = check(tree, {})
        rewritten = rewrite(tree, sql)
        with engine.cursor() as cursor:
            try:
                cursor.execute(to_duckdb(rewritten.tree))
                batch = next(iter(cursor.to_arrow_reader(1)))
            except duckdb.Error as error:
                raise from_duckdb(str(error)) from error
            return next(iter(rows_of(batch, rewritten.moments, types)))[0]

    return run
