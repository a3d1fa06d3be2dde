"""The check of a statement's types, as Trino does it before it runs.

It refuses only what it can tell: an expression whose type is not known fits everywhere.
"""

from collections.abc import Mapping

from sqlglot import exp

from athena_local.analyzer.call_types import TYPEOF
from athena_local.analyzer.coercions import INTEGERS, common, comparable, orderable
from athena_local.analyzer.correlation import check_correlated
from athena_local.analyzer.expressions import Typing
from athena_local.analyzer.operators import joint, mismatch
from athena_local.analyzer.recursion import check_step
from athena_local.analyzer.row_values import ROW, expand_rows
from athena_local.analyzer.scopes import SESSION, Columns, Scope, renamed
from athena_local.analyzer.trino_types import BIGINT, UNNESTED, Type, from_hive
from athena_local.errors import QueryError
from athena_local.syntax.calls import own_function
from athena_local.syntax.outputs import refers_to
from athena_local.tables.catalog import Table
from athena_local.tables.types import ResultType, result_type


def check(tree: exp.Expr, tables: Mapping[str, Table]) -> list[Type | None]:
    """Check a query, write typeof() as a constant, and return the types of the output's columns.

    Parameters
    ----------
    tree
        A parsed query whose tables are named by the keys of `tables`; it is changed in place.

    Returns
    -------
    list of Type or None
        Empty when the columns cannot be told.

    Raises
    ------
    QueryError
        ``TYPE_MISMATCH``, or ``FUNCTION_NOT_FOUND`` for arguments that no overload takes.
    """
    columns = _Queries(tables).columns(tree, Scope())
    check_correlated(tree)
    for call in list(tree.find_all(exp.Anonymous)):
        if TYPEOF in call.meta:
            _write_constant(call)
    expand_rows(tree)
    return [type_ for _, type_ in columns or []]


def _write_constant(call: exp.Anonymous) -> None:
    """Write the type; an argument with an aggregate stays, because it makes the query one that aggregates."""
    text = exp.Literal.string(call.meta[TYPEOF])
    of_session = all(column.name.lower() in SESSION for column in call.find_all(exp.Column))
    calls = [each.name.lower() for each in call.find_all(exp.Anonymous) if each is not call]
    if of_session and set(calls) <= {"version"}:
        call.replace(text)
        return
    never = exp.If(this=exp.false(), true=exp.Anonymous(this="typeof", expressions=list(call.expressions)))
    call.replace(exp.Case(ifs=[never], default=text))


# Types that DuckDB has not.
_OWN = ("geometry", "sphericalgeography", "ipaddress")


def as_trino(shown: ResultType, type_: Type | None) -> ResultType:  # noqa: PLR0911  (one per family of types)
    """Return the type of a result's column as Trino tells it, where DuckDB's values have the same text."""
    if type_ is None:
        return shown
    numbers = ("unknown", *INTEGERS)
    if type_.name in numbers and shown.name in numbers:
        return result_type("NULL" if type_.name == "unknown" else type_.name.upper())
    if type_.name == "decimal" and shown.name in ("decimal", *INTEGERS) and type_.numbers[1] == shown.scale:
        return ResultType(name="decimal", precision=type_.numbers[0], scale=type_.numbers[1])
    if type_.name in ("varchar", "char") and shown.name == "varchar" and type_.numbers and type_.is_exact:
        return ResultType(name=type_.name, precision=type_.numbers[0])
    if type_.name in _OWN:
        return result_type("UUID") if type_.name == "ipaddress" else ResultType(name=type_.name)
    if type_.name in ("array", "map", "row", "varchar") and shown.name == "integer":  # a NULL
        return ResultType(name=type_.name)
    return shown


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


class _Queries:
    def __init__(self, tables: Mapping[str, Table]) -> None:
        self._tables = tables
        self._typing = Typing(self.columns)

    def columns(self, query: exp.Expr, outer: Scope) -> Columns | None:
        """Return a query's columns; None when they cannot be told."""
        scope = self._with_common(query, outer)
        if isinstance(query, exp.Subquery):
            inner = self.columns(query.this, scope)
            return renamed(inner, query.args.get("alias"))
        if isinstance(query, exp.Values):
            return self._values(query, scope)
        if isinstance(query, exp.SetOperation):
            return self._set_operation(query, scope)
        if isinstance(query, exp.Select):
            return self._select(query, scope)
        return None

    def _with_common(self, query: exp.Expr, outer: Scope) -> Scope:
        with_: exp.With | None = query.args.get("with_")
        if with_ is None:
            return outer
        common: dict[str, Columns | None] = dict(outer.common)
        for each in with_.expressions:
            scope = Scope(outer.sources, outer.parameters, common, outer.parent)
            name = each.alias.lower()
            if with_.args.get("recursive") and refers_to(each.this, each.alias):
                common = {**common, name: self._recursive(each, scope)}
                continue
            common = {**common, name: renamed(self.columns(each.this, scope), each.args.get("alias"))}
        return Scope(outer.sources, outer.parameters, common, outer.parent)

    def _recursive(self, cte: exp.CTE, scope: Scope) -> Columns | None:
        base = renamed(self.columns(cte.this.this, scope), cte.args.get("alias"))
        known = Scope(scope.sources, scope.parameters, {**scope.common, cte.alias.lower(): base}, scope.parent)
        step = self.columns(cte.this.expression, known)
        if base is not None:
            check_step(base, step)
        return base

    def _values(self, values: exp.Values, scope: Scope) -> Columns | None:
        rows = [self._row(each, scope) for each in values.expressions]
        widths = {len(each) for each in rows if each is not None}
        if None in rows or len(widths) != 1:
            return None
        typed = [each for each in rows if each is not None]
        types = [joint(column, "Values rows have mismatched types:") for column in zip(*typed, strict=True)]
        columns: Columns = [(f"_col{number}", type_) for number, type_ in enumerate(types)]
        return self._aliased(columns, values.args.get("alias"))

    def _row(self, node: exp.Expr, scope: Scope) -> list[Type | None] | None:
        if not isinstance(node, exp.Tuple):
            return self._expanded(self._typing.type_of(node, scope))
        if len(node.expressions) == 1:
            type_ = self._typing.type_of(node.expressions[0], scope)
            if type_ is not None and type_.name == "row":
                node.meta[ROW] = type_
            return self._expanded(type_)
        return self._typing.types_of(node.expressions, scope)

    def _expanded(self, type_: Type | None) -> list[Type | None] | None:
        """Return the columns of a row of VALUES that is one expression: a row has its own."""
        if type_ is None:
            return None
        return list(type_.items) if type_.name == "row" else [type_]

    def _aliased(self, columns: Columns, alias: exp.TableAlias | None) -> Columns | None:
        names = alias.columns if alias else []
        if names and len(names) != len(columns):
            told = f"Column alias list has {len(names)} entries but '{alias and alias.name}' has {len(columns)} columns"
            raise QueryError("MISMATCHED_COLUMN_ALIASES", f"{told} available")
        return renamed(columns, alias)

    def _set_operation(self, query: exp.SetOperation, scope: Scope) -> Columns | None:
        left, right = self.columns(query.this, scope), self.columns(query.expression, scope)
        if left is None or right is None or len(left) != len(right):
            return None
        return [
            (name, joint([a, b], f"column {number + 1} in {query.key.upper()} query"))
            for number, ((name, a), (_, b)) in enumerate(zip(left, right, strict=True))
        ]

    # SELECT ----------------------------------------------------------------------------------------------------------

    def _select(self, select: exp.Select, outer: Scope) -> Columns | None:
        scope = outer.inner(parameters=outer.parameters)
        from_: exp.From | None = select.args.get("from_")
        joins: list[exp.Join] = select.args.get("joins") or []
        for source in [*([from_.this] if from_ else []), *(join.this for join in joins)]:
            scope.sources = [*scope.sources, self._source(source, scope)]
            scope.hidden = {**scope.hidden, source.alias_or_name.lower(): self._hidden(source)}
        for lateral in select.args.get("laterals") or []:
            scope.sources = [*scope.sources, (lateral.alias.lower(), None)]
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

    def _projections(self, select: exp.Select, scope: Scope, *, using: bool) -> Columns | None:
        columns: Columns | None = []
        if using:
            self._expand_starred(select, scope)
        for number, projection in enumerate(select.expressions):
            if isinstance(projection.unalias(), exp.Dot) and projection.is_star:
                raise QueryError("NOT_SUPPORTED", "the fields of a row as columns (.*) are not implemented offline")
            if projection.is_star:
                added = self._merged(select, scope) if using else self._starred(projection, scope)
            else:
                type_ = self._typing.type_of(projection, scope)
                added = [(projection.output_name.lower() or f"_col{number}", type_)]
            columns = None if added is None or columns is None else [*columns, *added]
        return columns

    def _expand_starred(self, select: exp.Select, scope: Scope) -> None:
        """Write t.* as its columns: without those that USING has merged."""
        merged = {each.name.lower() for join in select.args["joins"] for each in join.args.get("using") or []}
        for projection in list(select.expressions):
            if not (isinstance(projection, exp.Column) and projection.is_star):
                continue
            columns = next((each for alias, each in scope.sources if alias == projection.table.lower()), None)
            if columns is None or any(name is None for name, _ in columns):
                raise QueryError("NOT_SUPPORTED", f"{projection.table}.* beside USING is not implemented offline")
            names = [name for name, _ in columns if name and name not in merged]
            written = [exp.column(name, table=projection.args["table"].copy(), quoted=True) for name in names]
            index = select.expressions.index(projection)
            select.set("expressions", [*select.expressions[:index], *written, *select.expressions[index + 1 :]])

    def _merged(self, select: exp.Select, scope: Scope) -> Columns | None:
        """Return what * means behind USING: the merged columns, then the others in order."""
        joins: list[exp.Join] = select.args.get("joins") or []
        names = {each.name.lower() for join in joins for each in join.args.get("using") or []}
        if len(joins) != 1 or len(scope.sources) != 2 or not isinstance(select.expressions[0], exp.Star):
            return None
        (_, left), (_, right) = scope.sources
        if left is None or right is None:
            return None
        types = {name: (type_, dict(right).get(name)) for name, type_ in left if name in names}
        merged = [(each.name.lower(), types.get(each.name.lower())) for each in joins[0].args["using"]]
        shared: Columns = [
            (name, common(pair[0], pair[1]) if pair and pair[0] and pair[1] else None) for name, pair in merged
        ]
        return [*shared, *(each for each in [*left, *right] if each[0] not in names)]

    def _starred(self, star: exp.Expr, scope: Scope) -> Columns | None:
        if not isinstance(star, exp.Star | exp.Column):
            return None
        table = star.table.lower() if isinstance(star, exp.Column) else ""
        chosen = [columns for alias, columns in scope.sources if not table or alias == table]
        if not chosen or any(columns is None for columns in chosen):
            return None
        return [column for columns in chosen for column in columns or []]

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

    # FROM ------------------------------------------------------------------------------------------------------------

    def _source(self, source: exp.Expr, scope: Scope) -> tuple[str, Columns | None]:
        alias = source.alias_or_name.lower()
        if isinstance(source, exp.Table):
            return alias, renamed(self._table(source, scope), source.args.get("alias"))
        if isinstance(source, exp.Unnest):
            return alias, self._unnest(source, scope)
        if isinstance(source, exp.Subquery):
            if source.args.get("joins"):
                return alias, None
            inner = self.columns(source.this, Scope(scope.sources, scope.parameters, scope.common, scope.parent))
            return alias, self._aliased(inner, source.args.get("alias")) if inner is not None else None
        inner = None
        if isinstance(source, exp.Values):
            inner = self.columns(source, Scope(common=scope.common, parent=scope.parent))
        if isinstance(source, exp.Lateral) and isinstance(source.this, exp.Query | exp.Values):
            inner = self.columns(source.this, Scope(common=scope.common, parent=scope))
            inner = self._aliased(inner, source.args.get("alias")) if inner is not None else None
        return alias, inner

    def _table(self, table: exp.Table, scope: Scope) -> Columns | None:
        name = table.name
        if name in self._tables:
            return [(column.name.lower(), from_hive(column.type)) for column in self._tables[name].all_columns]
        return scope.common.get(name.lower())

    def _hidden(self, source: exp.Expr) -> Columns:
        table = self._tables.get(source.name) if isinstance(source, exp.Table) else None
        return [(column.name, from_hive(column.type)) for column in table.hidden] if table else []

    def _unnest(self, unnest: exp.Unnest, scope: Scope) -> Columns | None:
        names: list[str | None] = []
        types: list[Type | None] = []
        shapes: list[tuple[bool, bool, tuple[str | None, ...]]] = []
        for each in unnest.expressions:
            nested = self._typing.type_of(each, scope)
            if nested is None or nested.name == "unknown":
                return None
            if nested.name not in ("array", "map"):
                raise QueryError("INVALID_FUNCTION_ARGUMENT", f"Cannot unnest type: {nested}")
            entry = nested if nested.name == "map" else nested.items[0]
            is_plain = entry.name != "row" and nested.name != "map"
            fields = (None,) if is_plain else entry.fields or (None,) * len(entry.items)
            shapes.append((nested.name == "map", not is_plain, fields))
            names += fields
            types += [entry] if is_plain else entry.items
        unnest.meta[UNNESTED] = shapes
        alias: exp.TableAlias | None = unnest.args.get("alias")
        if alias and alias.columns:
            names = [column.name.lower() for column in alias.columns]
        if offset := unnest.args.get("offset"):
            types.append(BIGINT)
            names += [offset.name.lower()] if isinstance(offset, exp.Identifier) else []
            names += [None] if len(names) < len(types) else []
        if len(names) != len(types):
            told = f"Column alias list has {len(names)} entries but '{unnest.alias}' has {len(types)} columns available"
            raise QueryError("MISMATCHED_COLUMN_ALIASES", told)
        return list(zip(names, types, strict=True))
