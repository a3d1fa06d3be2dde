"""EXPLAIN: a query's plan, with what it reads; EXPLAIN ANALYZE: with what it took, too."""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pyarrow.parquet as pq
from sqlglot import exp

from athena_local.analyzer.trino_types import Type, from_hive
from athena_local.errors import QueryError
from athena_local.execution.plan import plan
from athena_local.execution.plan_io import as_io
from athena_local.execution.plan_nodes import PlanNode
from athena_local.execution.plan_texts import as_graphviz, as_json, as_text
from athena_local.statements.explain_statement import Explain
from athena_local.tables.catalog import Column
from athena_local.tables.parquet_files import ParquetFile
from athena_local.tables.scans import Domain, Scans
from athena_local.tables.table_uses import TableUse
from athena_local.tables.types import OutputColumn, ResultType, Row

_MOST_FILES = 10  # that are named


@dataclass(frozen=True, kw_only=True)
class Took:
    """What a query took.

    Attributes
    ----------
    planning, running
        In seconds.
    files
        Those that each use read.
    """

    rows: int
    planning: float
    running: float
    scanned_bytes: int
    files: Sequence[Sequence[ParquetFile]] = field(default=())


@dataclass(frozen=True, kw_only=True)
class Explained:
    """A query that has been checked.

    Attributes
    ----------
    tree
        As `resolve` made it.
    columns, types
        Those of the output.
    """

    tree: exp.Expr
    uses: Sequence[TableUse]
    columns: Sequence[OutputColumn]
    types: Sequence[Type | None]


def explain(asked: Explain, query: Explained, scans: Scans, took: Took | None) -> tuple[OutputColumn, list[Row]]:
    """Return the column of the answer, and its rows: one per line.

    Raises
    ------
    QueryError
        ``NOT_SUPPORTED``: what is asked for cannot be told offline.
    """
    if asked.type == "VALIDATE":
        return OutputColumn(name="Valid", type=ResultType(name="boolean")), [["true"]]
    if asked.type == "IO":
        lines = as_io([(use, scans.domains(use)) for use in query.uses])
    else:
        root = plan(query.tree, _columns(query), _Scanned(query.uses, scans, took).node)
        render = {"TEXT": as_text, "JSON": as_json, "GRAPHVIZ": as_graphviz}[asked.format]
        lines = render(_with_totals(root, took), is_distributed=asked.type == "DISTRIBUTED")
    return OutputColumn(name="Query Plan", type=ResultType(name="varchar", precision=2147483647)), [[x] for x in lines]


def _columns(query: Explained) -> list[tuple[str, str]]:
    known = query.types if len(query.types) == len(query.columns) else [None] * len(query.columns)
    return [(column.name, str(type_ or "")) for column, type_ in zip(query.columns, known, strict=True)]


def _with_totals(root: PlanNode, took: Took | None) -> PlanNode:
    if took is None:
        return root
    lines = (
        f"Planning: {took.planning * 1000:.2f}ms, Execution: {took.running * 1000:.2f}ms",
        f"Output: {_rows(took.rows)}, Physical input: {took.scanned_bytes}B",
    )
    return PlanNode(
        name=root.name, descriptor=root.descriptor, outputs=root.outputs, details=lines, children=root.children
    )


class _Scanned:
    """The scans of a query's tables; a table that is named twice has one for each use."""

    def __init__(self, uses: Sequence[TableUse], scans: Scans, took: Took | None) -> None:
        self._scans = scans
        self._files = dict(enumerate(took.files)) if took else {}
        self._uses: dict[tuple[str, str], deque[tuple[int, TableUse]]] = {}
        for number, use in enumerate(uses):
            name = (f"{use.table.database}.{use.table.name}", use.alias)
            self._uses.setdefault(name, deque()).append((number, use))

    def node(self, table: exp.Table) -> PlanNode:
        known = self._uses.get((table.name, table.alias_or_name.lower()))
        if not known:
            return PlanNode(name="TableScan", descriptor={"table": f"awsdatacatalog:{table.name.replace('.', ':', 1)}"})
        number, use = known.popleft() if len(known) > 1 else known[0]
        read = [column for column in (*use.table.all_columns, *use.table.hidden) if column.name in use.columns]
        return PlanNode(
            name="TableScan",
            descriptor={"table": f"awsdatacatalog:{use.table.database}:{use.table.name}"},
            outputs=tuple((column.name, str(from_hive(column.type))) for column in read),
            details=tuple(self._details(number, use, read)),
        )

    def _details(self, number: int, use: TableUse, read: Sequence[Column]) -> Iterable[str]:
        keys = {key.name for key in use.table.partition_keys}
        yield from (f"{each.name} := {each.name}:{each.type}:REGULAR" for each in read if each.name not in keys)
        objects = self._scans.objects(use)
        if objects is None:
            return
        try:
            yield from _partitions(use, self._scans.domains(use))
        except QueryError as error:  # there are too many
            yield error.reason
        yield f"Files: {len(objects)}, {sum(each.size for each in objects)}B"
        yield from (f"    {each.address}" for each in objects[:_MOST_FILES])
        if len(objects) > _MOST_FILES:
            yield f"    and {len(objects) - _MOST_FILES} more"
        if number in self._files:
            yield _input(use, self._files[number])


def _partitions(use: TableUse, domains: Mapping[str, Domain] | None) -> Iterable[str]:
    if domains is None:
        yield "no partition is left"
    for key in use.table.partition_keys if domains else ():
        domain = (domains or {})[key.name]
        ranges = [f"[{low}]" if low == high else f"[{low}, {high}]" for low, high in domain.ranges]
        name = f"{key.name} := {key.name}" if key.name in use.columns else key.name
        yield f"{name}:{key.type}:PARTITION_KEY"
        yield f"    :: [{', '.join([*(['NULL'] if domain.has_null else []), *ranges])}]"


def _input(use: TableUse, files: Sequence[ParquetFile]) -> str:
    rows = sum(pq.read_metadata(file.path).num_rows for file in files)
    return f"Input: {_rows(rows)}, Physical input: {scanned_bytes(use, files)}B"


def scanned_bytes(use: TableUse, files: Sequence[ParquetFile]) -> int:
    """Return the bytes of the columns that a use reads."""
    stored = use.columns - {key.name for key in use.table.partition_keys}
    return sum(file.scanned_bytes(stored) for file in files)


def _rows(number: int) -> str:
    return f"{number} row{'' if number == 1 else 's'}"
