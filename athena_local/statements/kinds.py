"""Kinds of statements, and the answers to those that need the catalog only."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from athena_local.errors import InvalidRequestError, QueryError
from athena_local.statements.definition_forms import definition_kind
from athena_local.statements.describe import DESCRIBED, VIEW_COLUMNS, described, described_view, shown_columns
from athena_local.statements.hive_errors import database_not_found, task_failed
from athena_local.statements.prepared import prepared_kind
from athena_local.statements.table_forms import table_kind
from athena_local.statements.write_forms import write_kind
from athena_local.syntax.grammar import place
from athena_local.tables.catalog import Catalog, Table
from athena_local.tables.name_patterns import named_like
from athena_local.tables.partition_names import partition_name
from athena_local.tables.types import OutputColumn, ResultType, Row

_QUERIES = ("SELECT", "WITH", "VALUES", "TABLE", "(")
_OTHERS = frozenset(
    """
    ALTER ANALYZE CALL COMMENT CREATE DEALLOCATE DELETE DROP EXECUTE EXPLAIN INSERT MERGE MSCK OPTIMIZE
    PREPARE REFRESH RENAME RESET SET SHOW TRUNCATE UNLOAD UPDATE VACUUM DESCRIBE DESC
    """.split()  # noqa: SIM905
)
_DESCRIBED = ("EXTENDED", "FORMATTED", "INPUT", "OUTPUT")
_LEADING = re.compile(r"(?:\s+|--[^\n]*(?:\n|$)|/\*.*?\*/)*", re.DOTALL)
_WORD = r"`[^`]+`|\w+"
_NAME = rf"(?:(?P<catalog>{_WORD})\.)??(?:(?P<database>{_WORD})\.)?(?P<table>{_WORD})"
_DATABASE = rf"(?:\s+(?:IN|FROM)\s+(?P<database>{_WORD}))?"
_LIKE = r"(?:\s+(?:LIKE\s+)?'(?P<pattern>[^']*)')?"


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A classified statement.

    Attributes
    ----------
    kind
        ``query``, ``explain``, ``catalog``, ``definition``, ``write`` or ``prepared``; ``unsupported`` for statements
        that only Athena can run.
    type, substatement
        StatementType and SubstatementType of the API.
    """

    text: str
    kind: str
    type: str
    substatement: str


@dataclass(frozen=True, kw_only=True)
class CatalogAnswer:
    """The rows of a SHOW or DESCRIBE statement."""

    columns: tuple[OutputColumn, ...]
    rows: list[Row]


def classify(sql: str) -> Statement:  # noqa: PLR0911  (one return per kind)
    """Return a statement with its kind, which its first words decide.

    Raises
    ------
    InvalidRequestError
        ``MALFORMED_QUERY``: no statement begins so.
    """
    text = sql.strip().rstrip(";").rstrip()
    body = text[_LEADING.match(text).end() :]  # type: ignore[union-attr]
    word = "(" if body.startswith("(") else (re.match(r"\w*", body) or [""])[0].upper()
    if word in _QUERIES:
        return Statement(text=text, kind="query", type="DML", substatement="SELECT")
    if word == "EXPLAIN":
        return Statement(text=body, kind="explain", type="UTILITY", substatement="EXPLAIN")
    if kind := next((kind for kind, (pattern, _) in _ANSWERS.items() if pattern.fullmatch(body)), None):
        return Statement(text=body, kind="catalog", type="UTILITY", substatement=kind)
    if kind := write_kind(body):
        return Statement(text=text, kind="write", type="DDL" if word == "CREATE" else "DML", substatement=kind)
    if kind := definition_kind(body) or table_kind(body):
        type_ = "UTILITY" if word == "SHOW" else "DDL"
        return Statement(text=body, kind="definition", type=type_, substatement=kind)
    if kind := prepared_kind(body):
        type_ = "DML" if kind == "EXECUTE" else "DDL"
        return Statement(text=body, kind="prepared", type=type_, substatement=kind)
    return _other(word, body)


def _other(word: str, body: str) -> Statement:
    """Return a statement that only Athena can run."""
    if word in ("DESC", "DESCRIBE", "SHOW") and (quoted := re.search('"[^"]*"', body)):
        message = f"{place(quoted.start(), body)}: mismatched input '{quoted[0]}'"
        raise InvalidRequestError(message, code="MALFORMED_QUERY")
    if word in ("DESC", "DESCRIBE"):
        return Statement(text=body, kind="unsupported", type="UTILITY", substatement="DESCRIBE_TABLE")
    if word in _OTHERS:
        type_ = "DML" if word in ("INSERT", "DELETE", "UPDATE", "MERGE", "UNLOAD") else "DDL"
        return Statement(text=body, kind="unsupported", type=type_, substatement=word)
    first = (re.match(r"\w+|.", body) or ["<EOF>"])[0]
    raise InvalidRequestError(
        f"line 1:1: mismatched input '{first}'. Expecting: 'SELECT', 'WITH', 'VALUES', …", code="MALFORMED_QUERY"
    )


def answer(statement: Statement, catalog: Catalog, database: str) -> CatalogAnswer:
    """Return the answer to a ``catalog`` statement."""
    for pattern, run in _ANSWERS.values():
        if match := pattern.fullmatch(statement.text):
            names = {name: _bare(value) for name, value in match.groupdict().items() if value is not None}
            return run(catalog, {"database": database, **names})
    raise unsupported(statement)


def unsupported(statement: Statement) -> QueryError:
    """Return the error of an ``unsupported`` statement."""
    words = statement.text.upper().split()
    if statement.substatement == "DESCRIBE_TABLE":
        kind = f" {words[1]}" if words[1:2] and words[1] in _DESCRIBED else " of a column or a partition"
        message = f"DESCRIBE{kind} is not answered offline: DESCRIBE has the columns of tables and views here"
        return QueryError("NOT_SUPPORTED", message)
    if statement.substatement == "SHOW":
        shown = " ".join(words[: 3 if words[1:2] == ["CREATE"] else 2])
        return QueryError(
            "NOT_SUPPORTED",
            f"{shown} is not answered offline: SHOW has DATABASES, TABLES, VIEWS, COLUMNS, PARTITIONS, TBLPROPERTIES, "
            "CREATE TABLE and CREATE VIEW here",
        )
    return QueryError(
        "NOT_SUPPORTED",
        f"{statement.substatement} statements do not run offline: this endpoint answers SELECT, WITH, VALUES, "
        "SHOW, DESCRIBE, EXPLAIN, PREPARE, EXECUTE, CREATE TABLE AS, INSERT INTO, UNLOAD, CREATE and DROP of "
        "databases, tables and views, ALTER TABLE and MSCK REPAIR TABLE",
    )


def _bare(name: str) -> str:
    return name[1:-1].lower() if name[:1] in '`"' else name.lower()


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
