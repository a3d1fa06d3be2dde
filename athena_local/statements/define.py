"""A statement that defines → the function that runs it."""

from collections.abc import Callable, Mapping

from athena_local.statements.databases import create_database, drop_database, show_create_table, show_tblproperties
from athena_local.statements.definition_forms import definition_parts
from athena_local.statements.definitions import Defined, Definitions, Parts
from athena_local.statements.statements import Statement
from athena_local.statements.view_statements import create_view, drop_view, show_create_view, show_views

_RUNS: Mapping[str, Callable[[Definitions, Parts], Defined]] = {
    "CREATE_DATABASE": create_database,
    "DROP_DATABASE": drop_database,
    "CREATE_VIEW": create_view,
    "DROP_VIEW": drop_view,
    "SHOW_VIEWS": show_views,
    "SHOW_CREATE_VIEW": show_create_view,
    "SHOW_CREATE_TABLE": show_create_table,
    "SHOW_TBLPROPERTIES": show_tblproperties,
}


def define(statement: Statement, on: Definitions) -> Defined:
    """Run a ``definition`` statement.

    Raises
    ------
    QueryError
        It is refused, under Trino's name; nothing has changed then.
    """
    return _RUNS[statement.substatement](on, definition_parts(statement.substatement, statement.text))
