"""Which statements on tables a text is: their SubstatementType."""

import re
from collections.abc import Callable

from athena_local.errors import QueryError
from athena_local.statements.alter_statement import read_alter
from athena_local.statements.repair import read_repair
from athena_local.statements.table_changes import (
    AddColumns,
    AddPartitions,
    ChangeColumn,
    DropColumn,
    DropPartitions,
    RenamePartition,
    RenameTable,
    ReplaceColumns,
    SetLocation,
    SetProperties,
)
from athena_local.statements.table_statements import read_create, read_drop

_ALTERED = {
    AddPartitions: "ALTER_TABLE_ADD_PARTITION",
    DropPartitions: "ALTER_TABLE_DROP_PARTITION",
    RenamePartition: "ALTER_TABLE_RENAME_PARTITION",
    SetLocation: "ALTER_TABLE_SET_LOCATION",
    SetProperties: "ALTER_TABLE_PROPERTIES",
    AddColumns: "ALTER_TABLE_ADD_COLUMN",
    ReplaceColumns: "ALTER_TABLE_REPLACE_COLUMN",
    ChangeColumn: "ALTER_TABLE_CHANGE_COLUMN",
    DropColumn: "ALTER_TABLE_DROP_COLUMN",
    RenameTable: "ALTER_TABLE_RENAME",
}
# Those that a type in them can make fail after they are read.
_WITH_TYPES = (
    (r"\bADD\s+COLUMNS\b", "ALTER_TABLE_ADD_COLUMN"),
    (r"\bREPLACE\s+COLUMNS\b", "ALTER_TABLE_REPLACE_COLUMN"),
    (r"\bCHANGE\b", "ALTER_TABLE_CHANGE_COLUMN"),
)


def table_kind(body: str) -> str | None:
    """Return the SubstatementType of CREATE TABLE, DROP TABLE, ALTER TABLE and MSCK; None for others.

    Parameters
    ----------
    body
        A statement that has no query.

    Raises
    ------
    InvalidRequestError
        ``MALFORMED_QUERY``: it begins as one of these, and is none.
    """
    return next((kind(body) for words, kind in _KINDS if re.match(words, body, re.IGNORECASE)), None)


def _altered(body: str) -> str:
    try:
        return _ALTERED[type(read_alter(body).change)]
    except QueryError:
        return next(kind for words, kind in _WITH_TYPES if re.search(words, body, re.IGNORECASE))


def _read(reading: Callable[[str], object], kind: str) -> Callable[[str], str]:
    def checked(body: str) -> str:
        try:
            reading(body)
        except QueryError:  # which the execution tells
            return kind
        return kind

    return checked


_KINDS: tuple[tuple[str, Callable[[str], str]], ...] = (
    (r"CREATE\s+(?:EXTERNAL\s+)?TABLE\b", _read(read_create, "CREATE_TABLE")),
    (r"DROP\s+TABLE\b", _read(read_drop, "DROP_TABLE")),
    (r"MSCK\b", _read(read_repair, "MSCK_REPAIR")),
    (r"ALTER\s+TABLE\b", _altered),
)
