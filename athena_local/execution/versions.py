"""FOR TIMESTAMP AS OF and FOR VERSION AS OF, as a query writes them."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from sqlglot import exp

from athena_local.errors import QueryError
from athena_local.tables.sources import Version

# An expression without columns → its value; None when there is none.
Constant = Callable[[exp.Expr], object]


def version_of(table: exp.Table, where: str, constant: Constant) -> Version | None:
    """Return the version of a table that a query reads; None when it names none.

    Parameters
    ----------
    where
        The table's position, for errors.

    Raises
    ------
    QueryError
        ``INVALID_ARGUMENTS`` for NULL and for a time that is not past; ``TYPE_MISMATCH`` or ``NOT_SUPPORTED`` for
        a value of another type.
    """
    clause: exp.Version | None = table.args.get("version")
    if clause is None:
        return None
    value = constant(clause.expression)
    if value is None:
        raise QueryError("INVALID_ARGUMENTS", f"{where}: Pointer value cannot be NULL")
    return _time(value, where) if str(clause.this).upper() == "TIMESTAMP" else _number(value)


def _number(value: object) -> Version:
    if isinstance(value, str):
        return Version(reference=value)
    if isinstance(value, int) and not isinstance(value, bool):
        return Version(number=value)
    raise QueryError("NOT_SUPPORTED", "Unsupported type for table version: use a snapshot ID, or a reference's name")


def _time(value: object, where: str) -> Version:
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime.combine(value, time())
    if not isinstance(value, datetime):
        message = "Temporal pointers must be of type Timestamp, Timestamp with Time Zone, or Date."
        raise QueryError("TYPE_MISMATCH", f"{where}: {message}")
    instant = value if value.tzinfo else value.replace(tzinfo=UTC)
    if instant >= datetime.now(UTC):
        raise QueryError("INVALID_ARGUMENTS", f"{where}: Pointer value '{value}' is not in the past")
    return Version(instant=(instant - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1))
