"""EXPLAIN and EXPLAIN ANALYZE of a query: its check, its run if it is asked for, and its plan."""

import time
from collections.abc import Sequence

from athena_local.execution.explain import Explained, Took, explain
from athena_local.execution.query_run import QueryRun
from athena_local.execution.requests import Answer
from athena_local.statements.explain_statement import Explain
from athena_local.tables.parquet_files import ParquetFile
from athena_local.tables.scans import Scans


def explain_query(asked: Explain, run: QueryRun, scans: Scans) -> Answer:
    """Return the plan of a query, and with ANALYZE what it took."""
    started = time.monotonic()
    checked = run.checked(asked.query)
    tree = checked.tree.copy()  # running the query changes its own
    files = run.files(checked.uses) if asked.is_run else [[] for _ in checked.uses]
    scanned = run.open_tables(checked.uses, files)
    planned = time.monotonic()
    answer = run.answer(checked, scanned) if asked.is_run else run.described(checked)
    took = _took(answer, files, scanned, started=started, planned=planned) if asked.is_run else None
    explained = Explained(tree=tree, uses=checked.uses, columns=answer.columns, types=checked.types)
    column, lines = explain(asked, explained, scans, took)
    return Answer(columns=(column,), rows=lines, scanned_bytes=scanned, has_header=False)


def _took(
    answer: Answer, files: Sequence[Sequence[ParquetFile]], scanned: int, *, started: float, planned: float
) -> Took:
    rows = sum(1 for _ in answer.rows)
    running = time.monotonic() - planned
    return Took(rows=rows, planning=planned - started, running=running, scanned_bytes=scanned, files=files)
