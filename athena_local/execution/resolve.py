"""Names in a query → tables of the catalog; views become subqueries."""

from dataclasses import dataclass

from sqlglot import exp

from athena_local.errors import InvalidRequestError, QueryError
from athena_local.execution.versions import Constant, version_of
from athena_local.formats.layout import UnreadableError
from athena_local.syntax.dialect import parse, position
from athena_local.tables.catalog import Catalog, Table
from athena_local.tables.information_schema import SCHEMA
from athena_local.tables.layouts import layout_of
from athena_local.tables.sources import TableName, TableSource, Version

_CATALOGS = ("awsdatacatalog", "hive")


@dataclass(frozen=True, kw_only=True)
class Resolved:
    """A query in which each table's name is one identifier, ``database.table``.

    Attributes
    ----------
    tables
        The tables by those names.
    """

    tree: exp.Expr
    tables: dict[str, Table]


def resolve(
    tree: exp.Expr,
    sql: str,
    *,
    catalog: Catalog,
    tables: TableSource,
    database: str,
    constant: Constant = lambda _: None,
) -> Resolved:
    """Return a query with the catalog's tables for the names in it.

    Parameters
    ----------
    tree
        A parsed query; it is changed in place.
    database
        The database for names without one.
    constant
        What tells the value of the expression in ``FOR VERSION AS OF``.

    Raises
    ------
    QueryError
        ``CATALOG_NOT_FOUND``, ``SCHEMA_NOT_FOUND``, ``TABLE_NOT_FOUND``, or ``NOT_SUPPORTED`` for a table format that
        this engine does not read.
    """
    holder = exp.Subquery(this=tree)
    resolver = _Resolver(catalog=catalog, tables=tables, constant=constant)
    qualifiers = _qualifiers(holder) | {database.lower(), "awsdatacatalog"}
    resolver.resolve(holder, sql, database)
    for column in holder.find_all(exp.Column):
        if column.is_star and column.table.lower() not in qualifiers:  # of a row
            continue
        for part in ("catalog", "db"):
            if column.text(part).lower() in qualifiers and (part == "catalog" or not column.args.get("catalog")):
                column.set(part, None)
    resolved: exp.Expr = holder.this
    return Resolved(tree=resolved.pop(), tables=resolver.tables)


def _qualifiers(tree: exp.Expr) -> set[str]:
    """Return the names that may stand before a column: any other is that of a row, with fields after it."""
    names = set()
    for each in tree.find_all(exp.Table, exp.Subquery, exp.Unnest, exp.Values, exp.Lateral):
        names |= {each.alias_or_name.lower(), each.text("db").lower(), each.text("catalog").lower()}
    return names - {""}


class _Resolver:
    def __init__(self, *, catalog: Catalog, tables: TableSource, constant: Constant) -> None:
        self.tables: dict[str, Table] = {}
        self._constant = constant
        self._known = tables
        self._catalog = catalog
        self._views: list[str] = []

    def resolve(self, tree: exp.Expr, sql: str, database: str) -> None:
        for node in list(tree.find_all(exp.Table)):
            where = position(node, sql)
            if not isinstance(node.this, exp.Identifier):
                name = node.name.lower() or node.this.sql().split("(")[0].lower()
                raise QueryError("FUNCTION_NOT_FOUND", f"{where}: Table function '{name}' not registered")
            if not _is_common_table(node):
                self._resolve_table(node, where, database, version_of(node, sql, self._constant))

    def _resolve_table(self, node: exp.Table, where: str, database: str, version: Version | None) -> None:
        if node.catalog.lower() == "system":
            raise QueryError("NOT_SUPPORTED", f"{where}: the catalog 'system' is not available offline")
        if node.catalog and node.catalog.lower() not in _CATALOGS:
            raise QueryError("CATALOG_NOT_FOUND", f"{where}: Catalog '{node.catalog}' does not exist")
        schema, name = (node.db or database).lower(), node.name.lower()
        table = self._known.table(TableName(database=schema, name=name, version=version))
        if table is None:
            raise self._missing(where, schema, name)
        alias = node.args.get("alias") or exp.TableAlias(this=exp.to_identifier(name))
        if table.view_sql is not None:
            self._expand_view(node, table, alias, table.view_sql)
            return
        _check_format(table, where)
        key = f"{table.database}.{table.name}"
        self.tables[key] = table
        identifier = exp.to_identifier(key, quoted=True)
        identifier.meta.update(node.this.meta)
        for part, value in (("this", identifier), ("db", None), ("catalog", None), ("alias", alias), ("version", None)):
            node.set(part, value)

    def _missing(self, where: str, schema: str, name: str) -> QueryError:
        if schema not in (SCHEMA, *self._catalog.database_names()):
            return QueryError("SCHEMA_NOT_FOUND", f"{where}: Schema '{schema}' does not exist")
        name = f'"{name}"' if "$" in name else name
        return QueryError("TABLE_NOT_FOUND", f"{where}: Table 'awsdatacatalog.{schema}.{name}' does not exist")

    def _expand_view(self, node: exp.Table, view: Table, alias: exp.TableAlias, sql: str) -> None:
        name = f"{view.database}.{view.name}"
        if name in self._views:
            raise QueryError("INVALID_VIEW", f"View '{name}' is recursive")
        try:
            query = exp.Subquery(this=parse(sql), alias=alias.copy())
        except InvalidRequestError as error:
            raise QueryError("INVALID_VIEW", f"Failed parsing stored view '{name}': {error.message}") from error
        self._views.append(name)
        self.resolve(query, sql, view.view_database or view.database)
        self._views.pop()
        node.replace(query)


def _is_common_table(node: exp.Table) -> bool:
    if node.args.get("db"):
        return False
    child: exp.Expr = node
    while (parent := child.parent) is not None:
        if any(common.alias.lower() == node.name.lower() for common in _visible(parent, child)):
            return True
        child = parent
    return False


def _visible(parent: exp.Expr, child: exp.Expr) -> list[exp.Expr]:
    """Return the common tables whose names `child` sees: in WITH those before it, and itself if it is recursive."""
    if isinstance(parent, exp.With):
        at = next(number for number, common in enumerate(parent.expressions) if common is child)
        visible: list[exp.Expr] = parent.expressions[: at + bool(parent.args.get("recursive"))]
        return visible
    with_: exp.With | None = parent.args.get("with_")
    return with_.expressions if with_ is not None and with_ is not child else []


def _check_format(table: Table, where: str) -> None:
    if table.is_iceberg:
        return
    reason = "" if table.location else "views in Hive's dialect are not read offline"
    try:
        if not reason:
            layout_of(table)
    except UnreadableError as error:
        reason = str(error)
    if reason:
        raise QueryError("NOT_SUPPORTED", f"{where}: {reason} ({table.database}.{table.name})")
