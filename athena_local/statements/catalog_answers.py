"""SHOW and DESCRIBE: statements that need the catalog only."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from athena_local.errors import QueryError
from athena_local.statements.describe import DESCRIBED, VIEW_COLUMNS, described, described_view, shown_columns
from athena_local.statements.hive_errors import database_not_found, task_failed
from athena_local.syntax.quotes import bare
from athena_local.tables.catalog import Catalog, Table
from athena_local.tables.name_patterns import named_like
from athena_local.tables.partition_names import partition_name
from athena_local.tables.types import OutputColumn, ResultType, Row

_WORD = r"`[^`]+`|\w+"
_NAME = rf"(?:(?P<catalog>{_WORD})\.)??(?:(?P<database>{_WORD})\.)?(?P<table>{_WORD})"
_DATABASE = rf"(?:\s+(?:IN|FROM)\s+(?P<database>{_WORD}))?"
_LIKE = r"(?:\s+(?:LIKE\s+)?'(?P<pattern>[^']*)')?"


@dataclass(frozen=True, kw_only=True)
class CatalogAnswer:
    """The rows of a SHOW or DESCRIBE statement."""

    columns: tuple[OutputColumn, ...]
    rows: list[Row]


def catalog_kind(body: str) -> str | None:
    """Return the SubstatementType of a statement that the catalog answers; None for others.

    Parameters
    ----------
    body
        A statement without comments before it.
    """
    return next((kind for kind, (pattern, _) in _ANSWERS.items() if pattern.fullmatch(body)), None)


def answer(kind: str, sql: str, catalog: Catalog, database: str) -> CatalogAnswer:
    """Return the answer to a statement of a `catalog_kind`."""
    pattern, run = _ANSWERS[kind]
    written = pattern.fullmatch(sql)
    names = {name: bare(value) for name, value in (written.groupdict() if written else {}).items() if value is not None}
    return run(catalog, {"database": database, **names})


def _text_columns(*names: str) -> tuple[OutputColumn, ...]:
    return tuple(OutputColumn(name=name, type=ResultType(name="string")) for name in names)


def _table(catalog: Catalog, names: dict[str, str]) -> Table:
    table = catalog.table(names["database"], names["table"])
    if table is None:
        raise QueryError(
            "TABLE_NOT_FOUND", f"Table 'awsdatacatalog.{names['database']}.{names['table']}' does not exist"
        )
    return table


def _show_databases(catalog: Catalog, names: dict[str, str]) -> CatalogAnswer:
    databases = named_like(catalog.database_names(), names.get("pattern"))
    return CatalogAnswer(columns=_text_columns("database_name"), rows=[[name] for name in databases])


def _show_tables(catalog: Catalog, names: dict[str, str]) -> CatalogAnswer:
    if names["database"] not in catalog.database_names():
        raise database_not_found(names["database"])
    tables = named_like([table.name for table in catalog.tables(names["database"])], names.get("pattern"))
    return CatalogAnswer(columns=_text_columns("tab_name"), rows=[[name] for name in tables])


def _show_columns(catalog: Catalog, names: dict[str, str]) -> CatalogAnswer:
    table = _table(catalog, {**names, "database": names.get("of", names["database"])})
    if table.view_sql is not None:
        return CatalogAnswer(columns=VIEW_COLUMNS, rows=described_view(table))
    return CatalogAnswer(columns=_text_columns("field"), rows=shown_columns(table))


def _show_partitions(catalog: Catalog, names: dict[str, str]) -> CatalogAnswer:
    """Return the partitions that the catalog registers; those that are projected are none of them."""
    table = _table(catalog, names)
    if not table.partition_keys:
        raise task_failed(f"Table {table.name} is not a partitioned table")
    keys = [key.name for key in table.partition_keys]
    values = sorted(partition_name(keys, partition.values) for partition in catalog.partitions(table))
    return CatalogAnswer(columns=_text_columns("partition"), rows=[[value] for value in values])


def _describe(catalog: Catalog, names: dict[str, str]) -> CatalogAnswer:
    table = _table(catalog, names)
    if table.view_sql is not None:
        return CatalogAnswer(columns=VIEW_COLUMNS, rows=described_view(table))
    return CatalogAnswer(columns=DESCRIBED, rows=described(table))


_ANSWERS: dict[str, tuple[re.Pattern[str], Callable[[Catalog, dict[str, str]], CatalogAnswer]]] = {
    "SHOW_DATABASES": (re.compile(rf"SHOW\s+(?:DATABASES|SCHEMAS){_LIKE}", re.IGNORECASE), _show_databases),
    "SHOW_TABLES": (re.compile(rf"SHOW\s+TABLES{_DATABASE}{_LIKE}", re.IGNORECASE), _show_tables),
    "SHOW_COLUMNS": (
        re.compile(rf"SHOW\s+COLUMNS\s+(?:IN|FROM)\s+{_NAME}(?:\s+(?:IN|FROM)\s+(?P<of>{_WORD}))?", re.IGNORECASE),
        _show_columns,
    ),
    "SHOW_PARTITIONS": (re.compile(rf"SHOW\s+PARTITIONS\s+{_NAME}", re.IGNORECASE), _show_partitions),
    "DESCRIBE_TABLE": (re.compile(rf"DESC(?:RIBE)?\s+{_NAME}", re.IGNORECASE), _describe),
}
