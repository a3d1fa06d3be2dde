"""A statement that defines → the function that runs it."""

from collections.abc import Callable, Mapping

from athena_local.statements.databases import (
    alter_database,
    create_database,
    drop_database,
    show_create_table,
    show_tblproperties,
)
from athena_local.statements.definition_forms import definition_parts
from athena_local.statements.definitions import Defined, Definitions, Parts
from athena_local.statements.kinds import Statement
from athena_local.statements.repair import repair_table
from athena_local.statements.table_statements import alter_table, create_table, drop_table
from athena_local.statements.view_statements import create_view, drop_view, show_create_view, show_views

_RUNS: Mapping[str, Callable[[Definitions, Parts], Defined]] = {
    "CREATE_DATABASE": create_database,
    "ALTER_DATABASE_PROPERTIES": alter_database,
    "DROP_DATABASE": drop_database,
    "CREATE_VIEW": create_view,
    "DROP_VIEW": drop_view,
    "SHOW_VIEWS": show_views,
    "SHOW_CREATE_VIEW": show_create_view,
    "SHOW_CREATE_TABLE": show_create_table,
    "SHOW_TABLE_PROPERTIES": show_tblproperties,
}
# Those whose form is more than a pattern read the text themselves.
_READ: Mapping[str, Callable[[Definitions, str], Defined]] = {
    "CREATE_TABLE": create_table,
    "DROP_TABLE": drop_table,
    "MSCK_REPAIR": repair_table,
}


def define(statement: Statement, on: Definitions) -> Defined:
    """Run a ``definition`` statement.

    Raises
    ------
    QueryError
        It is refused, under Trino's name; nothing has changed then.
    """
    if statement.substatement.startswith("ALTER_TABLE_"):
        return alter_table(on, statement.text)
    if statement.substatement in _READ:
        return _READ[statement.substatement](on, statement.text)
    return _RUNS[statement.substatement](on, definition_parts(statement.substatement, statement.text))
