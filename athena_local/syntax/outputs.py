"""The columns that a query or a relation has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlglot import exp

# One name per column, small letters; an unnamed column has none. None when they are not known.
Columns = tuple[str | None, ...] | None


@dataclass(frozen=True, kw_only=True)
class Relation:
    """A name in FROM, in small letters, its columns, and those that only their names bring."""

    name: str
    columns: Columns
    hidden: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Outputs:
    """The columns of tables and of common table expressions, by their names.

    Attributes
    ----------
    catalog
        By the names that `resolve` gives to tables, ``database.table``.
    common
        By the names of WITH.
    hidden
        The tables' columns that are not in ``*``, by table.
    """

    catalog: Mapping[str, Sequence[str]]
    common: Mapping[str, Columns]
    hidden: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def adding(self, name: str, columns: Columns) -> "Outputs":
        """Return these and one more common table expression."""
        return replace(self, common={**self.common, name: columns})

    def of_query(self, query: exp.Expr) -> Columns:
        """Return a query's columns."""
        if isinstance(query, exp.Subquery | exp.SetOperation):
            return self.of_query(query.this)
        if isinstance(query, exp.Values):
            return (None,) * width(query.expressions[0])
        if not isinstance(query, exp.Select):
            return None
        columns: list[str | None] = []
        for projection in query.expressions:
            if projection.is_star:
                starred = self._starred(query, projection)
                if starred is None:
                    return None
                columns.extend(starred)
            else:
                columns.append(projection.output_name.lower() or None)
        return tuple(columns)

    def of_statement(self, tree: exp.Expr) -> Columns:
        """Return a statement's columns, with those of its WITH."""
        outputs = self
        with_ = tree.args.get("with_")
        for cte in with_.expressions if with_ else ():
            outputs = outputs.adding(cte.alias.lower(), self.aliased(outputs.of_query(cte.this), cte))
        return outputs.of_query(tree)

    def of_source(self, source: exp.Expr) -> Relation:
        """Return what FROM, JOIN or a comma adds."""
        columns: Columns = None
        hidden: Sequence[str] = ()
        if isinstance(source, exp.Table):
            name = source.name
            # An alias with columns names all that there are.
            hidden = () if source.alias_column_names else self.hidden.get(name, ())
            known = self.common.get(name.lower()) if name.lower() in self.common else self.catalog.get(name)
            columns = None if known is None else tuple(known)
        elif isinstance(source, exp.Lateral):
            columns = self.of_query(source.this)
        elif not isinstance(source, exp.Unnest):
            columns = self.of_query(source)
        aliased = self.aliased(columns, source)
        return Relation(name=source.alias_or_name.lower(), columns=aliased, hidden=tuple(hidden))

    @staticmethod
    def aliased(columns: Columns, source: exp.Expr) -> Columns:
        """Return the columns under the names that an alias gives them."""
        alias = source.args.get("alias")
        names = tuple(each.name.lower() for each in alias.columns) if isinstance(alias, exp.TableAlias) else ()
        if isinstance(source, exp.Unnest) and names and isinstance(source.args.get("offset"), exp.Identifier):
            names = (*names, source.args["offset"].name.lower())
        return names or columns

    def _starred(self, select: exp.Select, star: exp.Expr) -> Columns:
        parts = parts_of(select)
        if any(part.args.get("using") for part in parts):
            return None
        columns: list[str | None] = []
        for part in parts:
            relation = self.of_source(part.this if isinstance(part, exp.Join | exp.From) else part)
            if isinstance(star, exp.Column) and relation.name != star.table.lower():
                continue
            if relation.columns is None:
                return None
            columns.extend(relation.columns)
        return tuple(columns)


def width(row: exp.Expr) -> int:
    """Return the number of columns that one row of VALUES has; ``VALUES ROW(1, 2)`` has two."""
    inner = row.expressions[0] if isinstance(row, exp.Tuple) and len(row.expressions) == 1 else row
    is_row = isinstance(inner, exp.Tuple) or (isinstance(inner, exp.Anonymous) and inner.name.lower() == "row")
    return len(inner.expressions if is_row else row.expressions) or 1


def refers_to(query: exp.Expr, name: str) -> list[exp.Table]:
    """Return where a query names a common table expression."""
    return [each for each in query.find_all(exp.Table) if each.name.lower() == name.lower() and not each.args.get("db")]


def parts_of(select: exp.Select) -> list[exp.Expr]:
    """Return FROM, its joins and its laterals, in order."""
    first = select.args.get("from_")
    return [*([first] if first else []), *(select.args.get("joins") or ()), *(select.args.get("laterals") or ())]


def mismatch(source: exp.Expr, outputs: Outputs) -> str:
    """Return what is wrong with the number of an alias's columns, if it is wrong."""
    alias = source.args.get("alias")
    if not isinstance(alias, exp.TableAlias) or not alias.columns:
        return ""
    columns, names = outputs.of_source(_unnamed(source)).columns, alias.columns
    if columns is None or len(columns) == len(names):
        return ""
    return f"Column alias list has {len(names)} entries but '{alias.name}' has {len(columns)} columns available"


def _unnamed(source: exp.Expr) -> exp.Expr:
    bare = source.copy()
    bare.set("alias", None)
    return bare
