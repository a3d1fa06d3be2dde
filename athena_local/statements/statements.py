"""Kinds of statements, and the answers to those that need the catalog only."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from athena_local.errors import InvalidRequestError, QueryError
from athena_local.statements.definition_forms import definition_kind
from athena_local.statements.prepared import prepared_kind
from athena_local.statements.write_forms import write_kind
from athena_local.tables.catalog import Catalog, Column, Table
from athena_local.tables.name_patterns import named_like
from athena_local.tables.projection import is_projected
from athena_local.tables.types import OutputColumn, ResultType, Row

_FIELD = 20  # characters that a name is padded to, as Hive does
_BLANK = "\t \t "  # the line that Hive writes around a heading
_QUERIES = ("SELECT", "WITH", "VALUES", "TABLE", "(")
_OTHERS = frozenset(
    """
    ALTER ANALYZE CALL COMMENT CREATE DEALLOCATE DELETE DROP EXECUTE EXPLAIN INSERT MERGE MSCK OPTIMIZE
    PREPARE REFRESH RENAME RESET SET SHOW TRUNCATE UNLOAD UPDATE VACUUM DESCRIBE DESC
    """.split()  # noqa: SIM905
)
_LEADING = re.compile(r"(?:\s+|--[^\n]*(?:\n|$)|/\*.*?\*/)*", re.DOTALL)
_WORD = r"`[^`]+`|\"[^\"]+\"|\w+"
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
    if any(pattern.fullmatch(body) for pattern, _ in _ANSWERS):
        words = body.split()
        return Statement(text=body, kind="catalog", type="UTILITY", substatement=f"{words[0]}_{words[1]}".upper())
    if kind := write_kind(body):
        return Statement(text=text, kind="write", type="DDL" if word == "CREATE" else "DML", substatement=kind)
    if kind := definition_kind(body):
        type_ = "UTILITY" if word == "SHOW" else "DDL"
        return Statement(text=body, kind="definition", type=type_, substatement=kind)
    if kind := prepared_kind(body):
        type_ = "DML" if kind == "EXECUTE" else "DDL"
        return Statement(text=body, kind="prepared", type=type_, substatement=kind)
    if word in _OTHERS:
        type_ = "DML" if word in ("INSERT", "DELETE", "UPDATE", "MERGE", "UNLOAD") else "DDL"
        return Statement(text=body, kind="unsupported", type=type_, substatement=word)
    first = (re.match(r"\w+|.", body) or ["<EOF>"])[0]
    raise InvalidRequestError(
        f"line 1:1: mismatched input '{first}'. Expecting: 'SELECT', 'WITH', 'VALUES', …", code="MALFORMED_QUERY"
    )


def answer(statement: Statement, catalog: Catalog, database: str) -> CatalogAnswer:
    """Return the answer to a ``catalog`` statement."""
    for pattern, run in _ANSWERS:
        if match := pattern.fullmatch(statement.text):
            names = {name: _bare(value) for name, value in match.groupdict().items() if value is not None}
            return run(catalog, {"database": database, **names})
    raise unsupported(statement)


def unsupported(statement: Statement) -> QueryError:
    """Return the error of an ``unsupported`` statement."""
    if statement.substatement in ("SHOW", "DESCRIBE", "DESC"):
        written = statement.text.upper().split()
        words = " ".join(written[: 3 if written[1:2] == ["CREATE"] else 2])
        return QueryError(
            "NOT_SUPPORTED",
            f"{words} is not answered offline: SHOW has DATABASES, TABLES, VIEWS, COLUMNS, PARTITIONS, TBLPROPERTIES, "
            "CREATE TABLE and CREATE VIEW here, and DESCRIBE has tables",
        )
    return QueryError(
        "NOT_SUPPORTED",
        f"{statement.substatement} statements do not run offline: this endpoint answers SELECT, WITH, VALUES, "
        "SHOW, DESCRIBE, EXPLAIN, PREPARE, EXECUTE, CREATE TABLE AS, INSERT INTO, UNLOAD, and CREATE and DROP of "
        "databases and views",
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
    tables = named_like([table.name for table in catalog.tables(names["database"])], names.get("pattern"))
    return CatalogAnswer(columns=_text_columns("tab_name"), rows=[[name] for name in tables])


def _show_columns(catalog: Catalog, names: dict[str, str]) -> CatalogAnswer:
    rows: list[Row] = [[column.name.ljust(_FIELD)] for column in _table(catalog, names).all_columns]
    return CatalogAnswer(columns=_text_columns("field"), rows=rows)


def _show_partitions(catalog: Catalog, names: dict[str, str]) -> CatalogAnswer:
    table = _table(catalog, names)
    partitions = [] if is_projected(table) else catalog.partitions(table)
    keys = [key.name for key in table.partition_keys]
    values = sorted(
        "/".join(f"{key}={value}" for key, value in zip(keys, each.values, strict=True)) for each in partitions
    )
    return CatalogAnswer(columns=_text_columns("partition"), rows=[[value] for value in values])


def _describe(catalog: Catalog, names: dict[str, str]) -> CatalogAnswer:
    table = _table(catalog, names)
    lines = [_described(column) for column in table.all_columns]
    if table.partition_keys:
        lines += [_BLANK, "# Partition Information\t \t ", _padded("# col_name", "data_type", "comment"), _BLANK]
        lines += [_described(key) for key in table.partition_keys]
    rows: list[Row] = [[line] for line in lines]
    return CatalogAnswer(columns=_text_columns("col_name", "data_type", "comment"), rows=rows)


def _described(column: Column) -> str:
    return _padded(column.name, column.type, column.comment)


def _padded(*values: str) -> str:
    """Return one line, which GetQueryResults gives as one value although the result has three columns."""
    return "\t".join(value.ljust(_FIELD) for value in values)


_ANSWERS: list[tuple[re.Pattern[str], Callable[[Catalog, dict[str, str]], CatalogAnswer]]] = [
    (re.compile(rf"SHOW\s+(?:DATABASES|SCHEMAS){_LIKE}", re.IGNORECASE), _show_databases),
    (re.compile(rf"SHOW\s+TABLES{_DATABASE}{_LIKE}", re.IGNORECASE), _show_tables),
    (re.compile(rf"SHOW\s+COLUMNS\s+(?:IN|FROM)\s+{_NAME}", re.IGNORECASE), _show_columns),
    (re.compile(rf"SHOW\s+PARTITIONS\s+{_NAME}", re.IGNORECASE), _show_partitions),
    (re.compile(rf"DESC(?:RIBE)?\s+(?:EXTENDED\s+|FORMATTED\s+)?{_NAME}", re.IGNORECASE), _describe),
]
