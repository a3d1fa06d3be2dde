"""Which columns, of which types, the names in a query's clause mean."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from sqlglot import exp

from athena_local.analyzer.trino_types import Type
from athena_local.errors import QueryError

# The mark of a column that belongs to the query around its own.
OUTER: Final = "trino outer column"
# A column without a name has None there; a type that cannot be told is None, too.
Columns = list[tuple[str | None, Type | None]]


# What a session has, which looks like a column.
SESSION = ("current_catalog", "current_schema", "current_path")


class Typed(Protocol):
    """The types of the expressions of one statement."""

    query: Callable[[exp.Expr, "Scope"], Columns | None]
    """Returns the columns of a query inside an expression."""

    def type_of(self, node: exp.Expr, scope: "Scope") -> Type | None:
        """Return an expression's type; None when it is unknown."""

    def types_of(self, nodes: Sequence[exp.Expr], scope: "Scope") -> list[Type | None]:
        """Return the types of several expressions."""

    def condition(self, node: exp.Expr | None, scope: "Scope", what: str) -> None:
        """Refuse an expression that is not true or false."""


@dataclass
class Scope:
    """The names that an expression may use.

    Attributes
    ----------
    sources
        Tables by their alias, in order; the columns are None when they cannot be told.
    parameters
        Those of the lambdas around.
    hidden
        The columns of tables that only their names bring, by alias.
    """

    sources: list[tuple[str, Columns | None]] = field(default_factory=list)
    parameters: Mapping[str, Type | None] = field(default_factory=dict)
    common: Mapping[str, Columns | None] = field(default_factory=dict)
    parent: "Scope | None" = None
    hidden: Mapping[str, Columns] = field(default_factory=dict)

    def inner(self, **changes: object) -> "Scope":
        """Return a scope inside this one."""
        scope = Scope(parent=self, common=self.common)
        for name, value in changes.items():
            setattr(scope, name, value)
        return scope

    def type_of(self, column: exp.Column) -> Type | None:
        """Return a column's type; None when it cannot be told."""
        name, table = column.name.lower(), column.table.lower()
        if column.args.get("db"):
            return self._of_nested_field(column)
        if not table and (name in SESSION or name in self.parameters):
            return Type("varchar") if name in SESSION else self.parameters[name]
        if any(columns is None for _, columns in self.sources):
            return None
        matches = self._matches(table, name)
        if matches:
            return matches[0] if len(matches) == 1 else None
        if table and not any(alias == table for alias, _ in self.sources):
            rows = [self.parameters[table]] if table in self.parameters else self._matches("", table)
            if rows:
                return field_of(rows[0], name)
        return self._of_outer(column)

    def _of_nested_field(self, column: exp.Column) -> Type | None:
        """Return the type of ``row.field.field`` or ``table.row.field``."""
        first, second, *others = column.parts
        if any(alias == first.name.lower() for alias, _ in self.sources):
            type_ = self.type_of(exp.Column(this=second.copy(), table=first.copy()))
        else:
            type_, others = self.type_of(exp.Column(this=first.copy())), [second, *others]
        for part in others:
            type_ = field_of(type_, part.name.lower())
        return type_

    def _of_outer(self, column: exp.Column) -> Type | None:
        if self.parent:
            column.meta[OUTER] = True
            return self.parent.type_of(column)
        if column.name.lower().startswith("_col"):
            return None
        raise QueryError("COLUMN_NOT_FOUND", f"Column '{column.sql()}' cannot be resolved")

    def _matches(self, table: str, name: str) -> list[Type | None]:
        return [
            type_
            for alias, columns in self.sources
            if not table or alias == table
            for each, type_ in [*(columns or []), *self.hidden.get(alias, [])]
            if each == name
        ]


def field_of(row: Type | None, name: str) -> Type | None:
    """Return the type of a row's field; None when it has no such field."""
    if row is None:
        return None
    if row.name != "row":
        raise QueryError("TYPE_MISMATCH", f"Expression of type {row} is not of type ROW")
    names = [each.lower() if each else None for each in row.fields]
    return row.items[names.index(name.lower())] if name.lower() in names else None


def renamed(columns: Columns | None, alias: exp.TableAlias | None) -> Columns | None:
    """Return the columns under the names of ``AS t (x, y)``."""
    names: Sequence[str] = [column.name.lower() for column in alias.columns] if alias else []
    if columns is None or not names or len(names) != len(columns):
        return columns if not names else None if columns is None else columns
    return [(name, type_) for name, (_, type_) in zip(names, columns, strict=True)]


def aliased(columns: Columns, alias: exp.TableAlias | None) -> Columns:
    """Return columns under the names that an alias gives them, of which there must be as many.

    Raises
    ------
    QueryError
        ``MISMATCHED_COLUMN_ALIASES``
    """
    names = alias.columns if alias else []
    if names and len(names) != len(columns):
        raise mismatched_aliases(len(names), alias.name if alias else "", len(columns))
    return renamed(columns, alias) or []


def mismatched_aliases(names: int, alias: str, columns: int) -> QueryError:
    """Return the error of an alias with another number of names than there are columns."""
    told = f"Column alias list has {names} entries but '{alias}' has {columns} columns available"
    return QueryError("MISMATCHED_COLUMN_ALIASES", told)
