"""FOR TIMESTAMP AS OF and FOR VERSION AS OF, as a query writes them."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from sqlglot import exp

from athena_local.analyzer.trino_types import Type
from athena_local.analyzer.typed import check
from athena_local.errors import QueryError
from athena_local.syntax.dialect import position
from athena_local.syntax.grammar import place
from athena_local.tables.sources import Version

# An expression without columns → its value; None when there is none.
Constant = Callable[[exp.Expr], object]
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TEMPORAL = ("timestamp", "timestamptz", "date")


def version_of(table: exp.Table, sql: str, constant: Constant) -> Version | None:
    """Return the version of a table that a query reads; None when it names none.

    Raises
    ------
    QueryError
        ``INVALID_ARGUMENTS`` for NULL and for a time that is not past; ``TYPE_MISMATCH`` for
        a time of another type.
    """
    clause: exp.Version | None = table.args.get("version")
    if clause is None:
        return None
    pointer = clause.expression
    for column in pointer.find_all(exp.Column):
        raise QueryError("COLUMN_NOT_FOUND", f"{position(column, sql)}: Column '{column.name}' cannot be resolved")
    where, started = _where(table, sql), _milliseconds(datetime.now(UTC))
    type_ = check(exp.select(pointer.copy()), {})[0]
    is_time = str(clause.this).upper() == "TIMESTAMP"
    if is_time and type_ and type_.name not in (*_TEMPORAL, "unknown"):
        message = (
            f"Type {type_} invalid. Temporal pointers must be of type Timestamp, Timestamp with Time Zone, or Date."
        )
        raise QueryError("TYPE_MISMATCH", f"{where}: {message}")
    value = constant(pointer)
    if value is None:
        raise QueryError("INVALID_ARGUMENTS", f"{where}: Pointer value cannot be NULL")
    if not is_time:
        return _by_name(value, type_)
    instant = _milliseconds(value)
    if instant >= started:
        text = constant(exp.cast(pointer.copy(), exp.DType.VARCHAR))
        raise QueryError("INVALID_ARGUMENTS", f"{where}: Pointer value '{text}' is not in the past")
    return Version(instant=instant)


def _where(table: exp.Table, sql: str) -> str:
    """Return the position of FOR, behind the table's name."""
    end = int(table.this.meta.get("end", -1)) + 1
    keyword = re.compile(r"\bFOR\b", re.IGNORECASE).search(sql, end)
    return place(keyword.start() if keyword else end, sql)


def _by_name(value: object, type_: Type | None) -> Version:
    if isinstance(value, str):
        return Version(reference=value)
    if isinstance(value, int) and (type_ is None or type_.name == "bigint"):
        return Version(number=value)
    return Version(other=str(type_))


def _milliseconds(value: object) -> int:
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime.combine(value, time())
    if not isinstance(value, datetime):
        raise QueryError("NOT_SUPPORTED", "this time of a version is not supported offline")
    instant = value if value.tzinfo else value.replace(tzinfo=UTC)
    return (instant - _EPOCH) // timedelta(milliseconds=1)
