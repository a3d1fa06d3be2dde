"""The columns of a SELECT, and the check of its clauses."""

from sqlglot import exp

from athena_local.analyzer.coercions import comparable, orderable
from athena_local.analyzer.operators import mismatch
from athena_local.analyzer.scopes import Columns, Scope, Typed
from athena_local.analyzer.source_types import SourceTypes
from athena_local.analyzer.stars import expand_starred, merged, starred
from athena_local.errors import QueryError
from athena_local.syntax.calls import own_function


class SelectTypes:
    """The columns of a statement's SELECTs."""

    def __init__(self, sources: SourceTypes, typing: Typed) -> None:
        self._sources = sources
        self._typing = typing

    def columns(self, select: exp.Select, outer: Scope) -> Columns | None:
        """Return the columns of a SELECT, whose clauses are checked; None when they cannot be told."""
        scope = outer.inner(parameters=outer.parameters)
        self._opened(select, scope)
        joins: list[exp.Join] = select.args.get("joins") or []
        for join in joins:
            self._typing.condition(join.args.get("on"), scope, "JOIN ON clause")
        for clause in ("where", "having"):
            held: exp.Expr | None = select.args.get(clause)
            self._typing.condition(held.this if held else None, scope, f"{clause.upper()} clause")
        columns = self._projections(select, scope, using=any(join.args.get("using") for join in joins))
        if select.args.get("distinct"):
            _order_maps(select, columns or [])
        self._grouped(select, scope)
        self._ordered(select, scope, columns)
        return columns

    def _opened(self, select: exp.Select, scope: Scope) -> None:
        """Add what FROM names to the scope, one after the other."""
        from_: exp.From | None = select.args.get("from_")
        joins: list[exp.Join] = select.args.get("joins") or []
        for source in [*([from_.this] if from_ else []), *(join.this for join in joins)]:
            scope.sources = [*scope.sources, self._sources.columns(source, scope)]
            scope.hidden = {**scope.hidden, source.alias_or_name.lower(): self._sources.hidden(source)}
        for lateral in select.args.get("laterals") or []:
            scope.sources = [*scope.sources, (lateral.alias.lower(), None)]

    def _projections(self, select: exp.Select, scope: Scope, *, using: bool) -> Columns | None:
        columns: Columns | None = []
        if using:
            expand_starred(select, scope)
        for number, projection in enumerate(select.expressions):
            if isinstance(projection.unalias(), exp.Dot) and projection.is_star:
                raise QueryError("NOT_SUPPORTED", "the fields of a row as columns (.*) are not implemented offline")
            if projection.is_star:
                added = merged(select, scope) if using else starred(projection, scope)
            else:
                type_ = self._typing.type_of(projection, scope)
                added = [(projection.output_name.lower() or f"_col{number}", type_)]
            columns = None if added is None or columns is None else [*columns, *added]
        return columns

    def _grouped(self, select: exp.Select, scope: Scope) -> None:
        group: exp.Expr | None = select.args.get("group")
        for each in group.expressions if group else []:
            type_ = None if isinstance(each, exp.Literal) else self._typing.type_of(each, scope)
            if type_ is not None and not comparable(type_):
                raise mismatch(f"{type_} is not comparable, and therefore cannot be used in GROUP BY")
            if type_ is not None and type_.name == "map":
                raise QueryError("NOT_SUPPORTED", "GROUP BY of a map is not implemented offline")

    def _ordered(self, select: exp.Select, scope: Scope, columns: Columns | None) -> None:
        order: exp.Expr | None = select.args.get("order")
        aliases = {each.alias.lower() for each in select.expressions if isinstance(each, exp.Alias)}
        for each in order.expressions if order else []:
            if any(column.name.lower() in aliases for column in each.find_all(exp.Column)):
                continue
            number = int(each.this.name) if isinstance(each.this, exp.Literal) and each.this.is_int else 0
            if number:
                type_ = columns[number - 1][1] if columns and number <= len(columns) else None
            else:
                type_ = self._typing.type_of(each.this, scope)
            if type_ is not None and not orderable(type_):
                raise mismatch(f"Type {type_} is not orderable, and therefore cannot be used in ORDER BY")


def _order_maps(select: exp.Select, columns: Columns) -> None:
    """Give the maps of SELECT DISTINCT one order of their entries, so that equal ones are the same."""
    for number, (_, type_) in enumerate(columns):
        if type_ is None or type_.name != "map":
            continue
        if len(columns) != len(select.expressions) or any(each.is_star for each in select.expressions):
            raise QueryError("NOT_SUPPORTED", "SELECT DISTINCT * with a map is not implemented offline")
        projection = select.expressions[number]
        inner = projection.unalias()
        ordered = own_function("trino_ordered_map", inner.copy())
        name = projection.alias_or_name
        projection.replace(exp.Alias(this=ordered, alias=exp.to_identifier(name)) if name else ordered)
