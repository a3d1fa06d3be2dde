"""The same statement, asked of the endpoint and of Trino."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import Mock

from athena_local.errors import ForwardedError, InvalidRequestError, QueryError
from athena_local.execution.engine import Engine
from athena_local.execution.query_runner import QueryRunner
from athena_local.execution.requests import Request
from athena_local.execution.statement_runner import StatementRunner
from athena_local.execution.writes import Writes
from athena_local.statements.kinds import classify
from athena_local.statements.prepared import PreparedStatements
from athena_local.tables.glue_writer import CatalogWriter
from athena_local.tables.object_cache import ObjectCache
from athena_local.tables.pruning import Pruner
from athena_local.tables.sources import HiveTables
from athena_local.tables.types import ResultType
from tests.athena_local.conformance.entries import Answer, Entry
from tests.athena_local.conformance.trino.client import Client, TrinoError
from tests.athena_local.conformance.trino.text import text
from tests.athena_local.fakes import FakeCatalog, FakeStore


class Endpoint:
    """The endpoint's own engine in this process, without tables."""

    def __init__(self, folder: Path) -> None:
        engine, store, catalog = Engine(folder=folder, memory_limit="500MB"), FakeStore({}), FakeCatalog([])
        pruner = Pruner(catalog=catalog, store=store, keep=engine.keep_partitions, clock=lambda: datetime.now(UTC))
        cache = ObjectCache(store=store, folder=folder)
        tables = HiveTables(catalog=catalog, pruner=pruner, cache=cache)
        self._runner = QueryRunner(engine=engine, catalog=catalog, tables=tables)
        self._executing = StatementRunner(
            store=store,
            writer=Mock(spec=CatalogWriter),
            prepared=PreparedStatements(_without_prepared),
            writes=Mock(spec=Writes),
            engine=engine,
            catalog=catalog,
            tables=tables,
        )

    def answer(self, entry: Entry) -> Answer:
        """Run a statement, and ask for the types of its expressions."""
        answer = self._ask(entry.sql)
        expressions = entry.expressions
        if answer.error or not expressions:
            return answer
        types = self._ask("SELECT " + ", ".join(f"typeof({expression})" for expression in expressions))
        told: Sequence[str | None] = types.rows[0] if types.rows else [types.error] * len(expressions)
        return Answer(columns=answer.columns, rows=answer.rows, types=tuple(told))

    def _ask(self, sql: str) -> Answer:
        try:
            request = Request(statement=classify(sql), database="default")
            with self._runner.cursor() as cursor:
                runner = self._executing if request.statement.kind == "prepared" else self._runner
                result = runner.run(request, cursor, lambda: False)
                rows = tuple(tuple(row) for row in result.rows)
        except InvalidRequestError as error:
            named = re.match(r"([A-Z_]+): ", error.message)
            return Answer(error=named[1] if named else "SYNTAX_ERROR", message=error.message)
        except QueryError as error:
            return Answer(error=error.name, message=error.reason)
        except Exception as error:  # noqa: BLE001  # whatever the engine raises is its answer
            return Answer(error=type(error).__name__, message=str(error))
        columns = [(column.name, _type(column.type)) for column in result.columns]
        return Answer(columns=tuple(columns), rows=rows)


def _without_prepared(_: str, parameters: dict[str, Any]) -> dict[str, Any]:
    raise ForwardedError(status=400, code="ResourceNotFoundException", message=str(parameters))


def _type(type_: ResultType) -> str:
    """A type as Athena's metadata has it; only decimals have parameters there that this list looks at."""
    return f"decimal({type_.precision}, {type_.scale})" if type_.name == "decimal" else type_.name


def asked_of_trino(client: Client, entry: Entry) -> Answer:
    """Run a statement on Trino."""
    try:
        result = client.ask(entry.sql)
    except TrinoError as error:
        return Answer(error=error.name, message=str(error))
    signatures = [column["typeSignature"] for column in result.columns]
    rows = (tuple(text(value, each) for value, each in zip(row, signatures, strict=True)) for row in result.rows)
    columns = ((column["name"], column["type"]) for column in result.columns)
    return Answer(columns=tuple(columns), rows=tuple(rows))
