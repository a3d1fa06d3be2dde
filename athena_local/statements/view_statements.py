"""CREATE VIEW, DROP VIEW, SHOW VIEWS and SHOW CREATE VIEW."""

import re
from dataclasses import replace

from sqlglot import exp

from athena_local.errors import QueryError
from athena_local.statements.definitions import Defined, Definitions, Parts, strings
from athena_local.syntax.dialect import parse
from athena_local.tables.catalog import Table
from athena_local.tables.name_patterns import named_like
from athena_local.tables.types import OutputColumn, ResultType
from athena_local.tables.views import view_input


def create_view(on: Definitions, parts: Parts) -> Defined:
    """Store a view whose query is valid; OR REPLACE replaces another view, never a table."""
    database, name, query = parts.get("database", on.database), parts["name"], parts["query"]
    on.check_database(database)
    existing = on.table(parts)
    if existing is not None and (existing.view_sql is None or "replace" not in parts):
        what = "Table" if existing.view_sql is None else "View"
        raise QueryError("TABLE_ALREADY_EXISTS", f"line 1:1: {what} already exists: '{on.full_name(parts)}'")
    tree = parse(query)
    if not isinstance(tree, exp.Query | exp.Values):
        raise QueryError("SYNTAX_ERROR", "line 1:1: mismatched input after AS. Expecting: <query>")
    if any(table.db.lower() == "information_schema" for table in tree.find_all(exp.Table)):
        raise QueryError("NOT_SUPPORTED", "a view over information_schema cannot be created")
    # Names of columns in the catalog are lower-case.
    columns = [(replace(column, name=column.name.lower()), type_) for column, type_ in on.describe(query, on.database)]
    check_columns([column for column, _ in columns], query, tree)
    definition = view_input(name, query.strip(), schema=on.database, columns=columns)
    on.writer.put_table(database, definition, replace=existing is not None)
    return Defined()


def check_columns(columns: list[OutputColumn], query: str, tree: exp.Expr) -> None:
    """Refuse columns of a query of which no view or table can be made.

    Raises
    ------
    QueryError
        ``MISSING_COLUMN_NAME``, ``DUPLICATE_COLUMN_NAME`` or ``COLUMN_TYPE_UNKNOWN``.
    """
    names = [column.name for column in columns]
    for number, name in enumerate(names, start=1):
        if re.fullmatch(r"_col\d+", name) and name not in query.lower():
            raise QueryError("MISSING_COLUMN_NAME", f"line 1:1: Column name not specified at position {number}")
        if name in names[: number - 1]:
            raise QueryError("DUPLICATE_COLUMN_NAME", f"line 1:1: Column name '{name}' specified more than once")
    for number, projection in enumerate(tree.args.get("expressions", []), start=1):
        if isinstance(projection.unalias(), exp.Null):
            raise QueryError("COLUMN_TYPE_UNKNOWN", f"line 1:1: Column type is unknown at position {number}")


def drop_view(on: Definitions, parts: Parts) -> Defined:
    """Drop a view, not a table."""
    if on.table(parts) is None and "condition" in parts:
        return Defined()
    view = _view(on, parts)
    on.writer.drop_table(view.database, view.name)
    return Defined()


def show_create_view(on: Definitions, parts: Parts) -> Defined:
    """Return the statement that creates a view, by lines, with the query as it was written."""
    view = _view(on, parts)
    lines = f"CREATE VIEW {view.database}.{view.name} AS\n{view.view_sql}".splitlines()
    column = OutputColumn(name="create view", type=ResultType(name="varchar"))
    return Defined(columns=(column,), rows=tuple([line] for line in lines))


def show_views(on: Definitions, parts: Parts) -> Defined:
    """Return the names of a database's views that fit the pattern."""
    database = parts.get("database", on.database)
    on.check_database(database)
    names = [table.name for table in on.catalog.tables(database) if table.view_sql is not None]
    views = named_like(names, parts.get("pattern"))
    return Defined(columns=strings("views"), rows=tuple([view] for view in views))


def _view(on: Definitions, parts: Parts) -> Table:
    table = on.table(parts)
    if table is None:
        raise QueryError("TABLE_NOT_FOUND", f"line 1:1: View '{on.full_name(parts)}' does not exist")
    if table.view_sql is None:
        message = f"line 1:1: View '{on.full_name(parts)}' does not exist, but a table with that name exists"
        raise QueryError("GENERIC_USER_ERROR", message)
    return table
