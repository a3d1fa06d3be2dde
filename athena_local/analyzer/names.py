"""Names of columns: each means one column of the relations in its scope, as in Trino.

DuckDB knows more names than Trino does: an alias in WHERE, GROUP BY, HAVING or beside its own expression, and a column
that USING has merged.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeGuard

from sqlglot import exp

from athena_local.analyzer.scopes import SESSION
from athena_local.errors import QueryError
from athena_local.syntax.dialect import position
from athena_local.syntax.outputs import Columns, Outputs, Relation, mismatch, parts_of
from athena_local.tables.catalog import Table


@dataclass(frozen=True, kw_only=True)
class _Scope:
    """The relations that an expression sees, and the names that ORDER BY sees besides."""

    relations: Sequence[Relation]
    merged: frozenset[str] = frozenset()
    aliases: frozenset[str] = frozenset()
    around: Sequence["_Scope"] = field(default=())


def check_names(tree: exp.Expr, sql: str, tables: Mapping[str, Table]) -> None:
    """Look up every column of a query.

    Parameters
    ----------
    tree
        A parsed query of `resolve`.
    sql
        Its text, for positions.
    tables
        The catalog's tables by their names in the tree.

    Raises
    ------
    QueryError
        ``COLUMN_NOT_FOUND``, ``AMBIGUOUS_NAME``, ``MISMATCHED_COLUMN_ALIASES`` or ``DUPLICATE_NAMED_QUERY``. A relation
        whose columns are not known, such as UNNEST without names, has any name.
    """
    catalog = {name: [column.name.lower() for column in table.all_columns] for name, table in tables.items()}
    hidden = {name: [column.name for column in table.hidden] for name, table in tables.items()}
    _Checker(sql=sql).query(tree, Outputs(catalog=catalog, common={}, hidden=hidden), ())


@dataclass(frozen=True, kw_only=True)
class _Checker:
    sql: str

    def query(self, query: exp.Expr, outputs: Outputs, around: Sequence[_Scope]) -> None:
        outputs = self._common(query, outputs, around)
        if isinstance(query, exp.Subquery):
            self.query(query.this, outputs, around)
            self._order(query, outputs, around)
        elif isinstance(query, exp.SetOperation):
            self.query(query.left, outputs, around)
            self.query(query.right, outputs, around)
            self._order(query, outputs, around)
        elif isinstance(query, exp.Select):
            self._select(query, outputs, around)

    def _common(self, query: exp.Expr, outputs: Outputs, around: Sequence[_Scope]) -> Outputs:
        clause: exp.With | None = query.args.get("with_")
        named: set[str] = set()
        for common in clause.expressions if clause else ():
            name = common.alias.lower()
            if name in named:
                message = f"{position(common, self.sql)}: WITH query name '{name}' specified more than once"
                raise QueryError("DUPLICATE_NAMED_QUERY", message)
            named.add(name)
            within = outputs.adding(name, None) if clause and clause.args.get("recursive") else outputs
            self._entries(common, within.of_query(common.this))
            self.query(common.this, within, around)
            outputs = outputs.adding(name, within.aliased(within.of_query(common.this), common))
        return outputs

    def _entries(self, common: exp.Expr, columns: Columns) -> None:
        names = common.args["alias"].columns
        if names and columns is not None and len(names) != len(columns):
            message = f"Column alias list has {len(names)} entries but relation has {len(columns)} columns"
            raise QueryError("MISMATCHED_COLUMN_ALIASES", f"{position(common, self.sql)}: {message}")

    def _order(self, query: exp.Expr, outputs: Outputs, around: Sequence[_Scope]) -> None:
        """ORDER BY behind a union or brackets sees the output's columns only."""
        order: exp.Order | None = query.args.get("order")
        if order is not None:
            relation = Relation(name="", columns=outputs.of_query(query))
            self._expression(order, _Scope(relations=[relation], around=around), outputs)

    def _select(self, select: exp.Select, outputs: Outputs, around: Sequence[_Scope]) -> None:
        relations: list[Relation] = []
        merged: set[str] = set()
        for part in parts_of(select):
            source = part.this if isinstance(part, exp.Join | exp.From) else part
            self._source(source, outputs, _Scope(relations=list(relations), around=around))
            relations.append(outputs.of_source(source))
            merged |= {each.name.lower() for each in part.args.get("using") or ()}
        scope = _Scope(relations=relations, merged=frozenset(merged), around=around)
        aliases = frozenset(alias.lower() for alias in select.named_selects)
        ordered = _Scope(relations=relations, merged=scope.merged, aliases=aliases, around=around)
        for name, clause in _clauses(select):
            self._expression(clause, ordered if name == "order" else scope, outputs)

    def _source(self, source: exp.Expr, outputs: Outputs, before: _Scope) -> None:
        if isinstance(source, exp.Subquery):
            self.query(source.this, outputs, before.around)
        elif isinstance(source, exp.Lateral):
            self._expression(source, before, outputs)
        elif isinstance(source, exp.Unnest | exp.Values):
            for each in source.expressions:
                self._expression(each, before, outputs)
        if message := mismatch(source, outputs):
            raise QueryError("MISMATCHED_COLUMN_ALIASES", f"{position(source, self.sql)}: {message}")

    def _expression(self, expression: exp.Expr, scope: _Scope, outputs: Outputs) -> None:
        for node in expression.walk(prune=lambda each: isinstance(each, exp.Query)):
            if isinstance(node, exp.Query):
                self.query(node, outputs, [scope, *scope.around])
            elif isinstance(node, exp.Column) and not node.is_star:
                self._column(node, scope)

    def _column(self, column: exp.Column, scope: _Scope) -> None:
        if _is_no_column(column) or (not column.table and column.name.lower() in scope.aliases):
            return
        known = _without_fields(column)
        for each in (scope, *scope.around):
            count = sum(_meanings(known, each))
            if count > 1:
                message = f"{position(column, self.sql)}: Column '{_shown(column)}' is ambiguous"
                raise QueryError("AMBIGUOUS_NAME", message)
            if count or any(relation.columns is None for relation in each.relations):
                return
        raise QueryError(
            "COLUMN_NOT_FOUND",
            f"{position(column, self.sql)}: Column '{_shown(column)}' cannot be resolved "
            "or requester is not authorized to access requested resources",
        )


def _clauses(select: exp.Select) -> Iterator[tuple[str, exp.Expr]]:
    """Return what a SELECT consists of, without its relations."""
    for name, value in select.args.items():
        if name not in ("with_", "from_", "laterals", "joins"):
            yield from ((name, each) for each in (value if isinstance(value, list) else [value]) if _is_tree(each))
    for join in select.args.get("joins") or ():
        if condition := join.args.get("on"):
            yield "on", condition


def _is_tree(value: object) -> TypeGuard[exp.Expr]:
    return isinstance(value, exp.Expr)


def _is_no_column(column: exp.Column) -> bool:
    """Whether it is what a session has, such as ``current_user``."""
    return not column.table and column.name.lower() in SESSION


def _without_fields(column: exp.Column) -> exp.Column:
    """Return the first two names of ``table.row.field`` or ``row.field.field``."""
    first, *others = column.parts
    return exp.Column(this=others[0].copy(), table=first.copy()) if len(others) > 1 else column


def _shown(column: exp.Column) -> str:
    return ".".join(part.name for part in column.parts).lower()


def _meanings(column: exp.Column, scope: _Scope) -> Iterator[int]:
    """How many columns of each relation a name may mean; ``a.b`` may be a column of `a`, or a field of the row `a`."""
    table, name = column.table.lower(), column.name.lower()
    wanted = table or name
    if wanted in scope.merged:
        yield 1
        return
    as_field = 0
    for relation in scope.relations:
        columns = (*(relation.columns or ()), *relation.hidden)
        if table and relation.name == table and name not in scope.merged:
            yield columns.count(name)
        as_field += columns.count(wanted)
    if not table or not any(relation.name == table for relation in scope.relations):
        yield as_field
