"""The types of time that a query's columns have, and where a column comes from."""

from collections.abc import Iterator

from sqlglot import exp

from athena_local.translation.moments import Moment, common

Named = tuple[str, Moment | None]


def moment(node: exp.Expr | None) -> Moment | None:
    """Return the type of time of a visited expression, if it has one."""
    if node is None:
        return None
    told: Moment | None = node.meta.get("moment")
    return told


def combined(nodes: list[exp.Expr]) -> Moment | None:
    """Return the type that several expressions have together."""
    told = [moment(node) for node in nodes]
    unknown = any(each is None and not _is_null(node) for node, each in zip(nodes, told, strict=True))
    return common(told, has_unknown=unknown)


def _is_null(node: exp.Expr) -> bool:
    return isinstance(node.unnest(), exp.Null)


def outputs(query: exp.Expr) -> list[Named] | None:
    """Return the columns of a visited query; None when a star hides how many there are."""
    if isinstance(query, exp.Subquery):
        return _renamed(outputs(query.this), query.args.get("alias"))
    if isinstance(query, exp.SetOperation):
        return _both(query)
    if isinstance(query, exp.Values):
        return _renamed(_values(query), query.args.get("alias"))
    return _selected(query) if isinstance(query, exp.Select) else None


def _selected(query: exp.Select) -> list[Named] | None:
    columns: list[Named] = []
    for projection in query.expressions:
        if not projection.is_star:
            columns.append((projection.alias_or_name.lower(), moment(projection.unalias())))
            continue
        if any(join.args.get("using") or join.args.get("method") for join in query.args.get("joins") or []):
            return None
        for source in sources(query):
            if isinstance(projection, exp.Column) and projection.table.lower() != source.alias_or_name.lower():
                continue
            told = _source_columns(source)
            if told is None:
                return None
            columns += told
    return columns


def _both(query: exp.SetOperation) -> list[Named] | None:
    left, right = outputs(query.this), outputs(query.expression)
    if left is None or right is None or len(left) != len(right):
        return None
    return [
        (name, common([a, b], has_unknown=(a is None) != (b is None)))
        for (name, a), (_, b) in zip(left, right, strict=True)
    ]


def _values(query: exp.Values) -> list[Named]:
    rows = [list(row.expressions) if isinstance(row, exp.Tuple) else [row] for row in query.expressions]
    return [(f"_col{number}", combined(list(column))) for number, column in enumerate(zip(*rows, strict=False))]


def _renamed(columns: list[Named] | None, alias: exp.TableAlias | None) -> list[Named] | None:
    names = [column.name.lower() for column in alias.columns] if alias else []
    if columns is None or not names:
        return columns
    return [(name, told) for name, (_, told) in zip(names, columns, strict=False)]


def sources(query: exp.Select) -> Iterator[exp.Expr]:
    """Yield what a SELECT reads from."""
    first: exp.From | None = query.args.get("from_")
    if first is not None:
        yield first.this
    for join in query.args.get("joins") or []:
        yield join.this


def _source_columns(source: exp.Expr) -> list[Named] | None:
    if "columns" in source.meta:
        return list(source.meta["columns"])
    if isinstance(source, exp.Table) and (common_table := _common_table(source)):
        columns = _renamed(outputs(common_table.this), common_table.args.get("alias"))
        return _renamed(columns, source.args.get("alias"))
    return outputs(source)


def _common_table(table: exp.Table) -> exp.CTE | None:
    node: exp.Expr | None = table.parent
    while node is not None and not table.args.get("db"):
        with_ = node.args.get("with_")
        for each in with_.expressions if with_ else []:
            if each.alias.lower() == table.name.lower() and not _within(table, each):
                return each  # type: ignore[no-any-return]
        node = node.parent
    return None


def _within(node: exp.Expr, ancestor: exp.Expr) -> bool:
    parent: exp.Expr | None = node
    while parent is not None and parent is not ancestor:
        parent = parent.parent
    return parent is not None


def column_moment(column: exp.Column) -> Moment | None:
    """Return the type of time of a column, from the query that makes it."""
    select = column.find_ancestor(exp.Select)
    while select is not None:
        for source in sources(select):
            if column.table and column.table.lower() != source.alias_or_name.lower():
                continue
            for name, told in _source_columns(source) or []:
                if name == column.name.lower():
                    return told
        for projection in select.expressions:
            if isinstance(projection, exp.Alias) and projection.alias.lower() == column.name.lower():
                return moment(projection.this) if column.find_ancestor(exp.Order) else None
        select = select.find_ancestor(exp.Select)
    return None
