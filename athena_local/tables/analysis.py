"""What a query uses of each table: its columns, and the predicates on its partition keys.

sqlglot's optimizer does the work: it qualifies columns, then pushes predicates towards the tables that they concern.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.pushdown_predicates import pushdown_predicates
from sqlglot.optimizer.qualify import qualify
from sqlglot.optimizer.scope import Scope, traverse_scope

from athena_local.errors import QueryError
from athena_local.syntax.dialect import AthenaSql, position
from athena_local.tables.catalog import Column, Table
from athena_local.tables.conditions import bare, conditions_on, names_in
from athena_local.tables.pushdown import copy_conditions, leave_out_columns
from athena_local.tables.table_uses import TableUse


def analyse(tree: exp.Expr, sql: str, tables: Mapping[str, Table]) -> list[TableUse]:
    """Return the references to tables in `tree`.

    Parameters
    ----------
    tree
        A parsed query with views expanded, whose tables are named by the keys of `tables`. It is not changed.
    sql
        Its text, for positions.
    tables
        The tables by their names in the tree.

    Raises
    ------
    QueryError
        ``COLUMN_NOT_FOUND`` for a name that no table in its scope has.
    """
    schema: dict[str, object] = {
        name: {column.name: "unknown" for column in _named(table, tree)} for name, table in tables.items()
    }
    try:
        qualified = qualify(
            tree.copy(),
            schema=schema,
            dialect=AthenaSql,
            validate_qualify_columns=False,
            quote_identifiers=False,
            identify=False,
            expand_alias_refs=False,
        )
        _check_columns(qualified, sql, tables)
        named = {column.name for column in qualified.find_all(exp.Column)}
        copy_conditions(qualified)
        # sqlglot moves conditions through outer joins, after which it is not safe to skip partitions.
        if not any(join.side for join in qualified.find_all(exp.Join)):
            qualified = pushdown_predicates(qualified, dialect=AthenaSql)
        leave_out_columns(qualified)
        return [_with_hidden(use, named) for scope in traverse_scope(qualified) for use in _uses(scope, tables)]
    except (SqlglotError, AssertionError) as error:  # sqlglot asserts that it can qualify every subquery
        _refuse_unknown(str(error), tree, sql)
        return [_everything(table, _named(table, tree)) for table in tables.values()]


def _everything(table: Table, columns: Sequence[Column]) -> TableUse:
    """Return the use of a table by a query that cannot be analysed: all columns, nothing pruned."""
    return TableUse(table=table, columns=frozenset(column.name for column in columns))


def _with_hidden(use: TableUse, named: set[str]) -> TableUse:
    """Add the hidden columns that a query names anywhere: its relation must have them, read or not."""
    return replace(use, columns=use.columns | {column.name for column in use.table.hidden if column.name in named})


def _named(table: Table, tree: exp.Expr) -> list[Column]:
    """Return the columns of a table, and the hidden ones that a query names."""
    names = {column.name.lower() for column in tree.find_all(exp.Column)} if table.hidden else set()
    return [*table.all_columns, *(column for column in table.hidden if column.name in names)]


def _selected_tables(scope: Scope, tables: Mapping[str, Table]) -> dict[str, Table]:
    sources = {alias: source for alias, (_, source) in scope.selected_sources.items()}
    return {
        alias: tables[source.name]
        for alias, source in sources.items()
        if isinstance(source, exp.Table) and source.name in tables
    }


def _uses(scope: Scope, tables: Mapping[str, Table]) -> list[TableUse]:
    uses = []
    for alias, table in _selected_tables(scope, tables).items():
        if _has_own_names(scope, alias):
            uses.append(replace(_everything(table, table.all_columns), alias=alias))
            continue
        known = {column.name for column in (*table.all_columns, *table.hidden)}
        read = {column.name for column in _columns(scope) if column.table in (alias, "")}
        names = {column.name for column in table.all_columns}
        conditions = tuple(bare(condition) for condition in conditions_on(scope, alias, names))
        keys = {key.name for key in table.partition_keys}
        predicates = tuple(condition for condition in conditions if names_in(condition) <= keys)
        read_columns = frozenset(read & known)
        uses.append(
            TableUse(table=table, columns=read_columns, predicates=predicates, conditions=conditions, alias=alias)
        )
    return uses


def _has_own_names(scope: Scope, alias: str) -> bool:
    """Tell whether a table's columns have other names in the query: ``FROM clicks AS c (a, b)``."""
    return bool(scope.selected_sources[alias][0].alias_column_names)


def _columns(scope: Scope) -> list[exp.Column]:
    """Return the columns of a scope; sqlglot leaves out those of HAVING."""
    having: exp.Having | None = scope.expression.args.get("having")
    return [*scope.columns, *(having.find_all(exp.Column) if having else ())]


# Columns that do not exist -------------------------------------------------------------------------------------------


def _refuse_unknown(message: str, tree: exp.Expr, sql: str) -> None:
    """Raise `COLUMN_NOT_FOUND` for the qualified name at which sqlglot stopped, if its message names one."""
    unknown = message.partition("Unknown column: ")[2].split(".")[0].strip().lower()
    for column in tree.find_all(exp.Column):
        if column.table and column.name.lower() == unknown:
            raise _not_found(column, sql)


def _not_found(column: exp.Column, sql: str) -> QueryError:
    return QueryError(
        "COLUMN_NOT_FOUND",
        f"{position(column, sql)}: Column '{column.name.lower()}' cannot be resolved "
        "or requester is not authorized to access requested resources",
    )


def _check_columns(tree: exp.Expr, sql: str, tables: Mapping[str, Table]) -> None:
    """Refuse names that DuckDB would accept and Athena does not, such as an alias in WHERE or GROUP BY."""
    if any(clause.args.get("recursive") for clause in tree.find_all(exp.With)):
        return
    for scope in traverse_scope(tree):
        selected = _selected_tables(scope, tables)
        if len(selected) != len(scope.selected_sources) or not selected:
            continue
        if any(_has_own_names(scope, alias) for alias in selected):  # which `check_names` knows
            continue
        for column in scope.columns:
            _check_column(column, scope, sql, selected)


def _check_column(column: exp.Column, scope: Scope, sql: str, selected: Mapping[str, Table]) -> None:
    name = column.name
    owners = [
        alias
        for alias, table in selected.items()
        if any(name == each.name for each in (*table.all_columns, *table.hidden))
    ]
    if not column.table and len(owners) > 1:
        raise QueryError("SYNTAX_ERROR", f"{position(column, sql)}: Column '{name}' is ambiguous")
    unknown = column.table not in owners if column.table in selected else not column.table and not owners
    if unknown and not _is_alias_in_order(column, scope):
        raise _not_found(column, sql)


def _is_alias_in_order(column: exp.Column, scope: Scope) -> bool:
    return column.find_ancestor(exp.Order) is not None and column.name in scope.expression.named_selects  # type: ignore[attr-defined]
