"""CREATE, ALTER and DROP DATABASE, SHOW CREATE TABLE and SHOW TBLPROPERTIES."""

import re

from athena_local.errors import QueryError
from athena_local.statements.create_statement import create_statement
from athena_local.statements.definition_forms import pairs
from athena_local.statements.definitions import Defined, Definitions, Parts, strings
from athena_local.statements.hive_errors import database_not_found, task_failed
from athena_local.tables.catalog import DEFAULT_DATABASE


def create_database(on: Definitions, parts: Parts) -> Defined:
    """Create a database; one that exists is refused, or left alone with IF NOT EXISTS."""
    name = parts["name"]
    if not re.fullmatch(r"[a-z0-9_]+", name):
        raise QueryError("SYNTAX_ERROR", f"line 1:1: '{name}' cannot name a database: use a-z, 0-9 and _")
    if name in on.catalog.database_names():
        if "condition" in parts:
            return Defined()
        raise task_failed(f"Database {name} already exists")
    on.writer.create_database(
        name,
        comment=parts.get("comment", ""),
        location=parts.get("location", ""),
        properties=pairs(parts.get("properties", "")),
    )
    return Defined()


def alter_database(on: Definitions, parts: Parts) -> Defined:
    """Set properties of a database."""
    if parts["name"] not in on.catalog.database_names():
        raise database_not_found(parts["name"])
    on.writer.set_database_properties(parts["name"], pairs(parts["properties"]))
    return Defined()


def drop_database(on: Definitions, parts: Parts) -> Defined:
    """Drop a database; its tables go with it, which CASCADE must allow. Objects in S3 stay."""
    name = parts["name"]
    if name == DEFAULT_DATABASE:
        raise QueryError("NOT_SUPPORTED", "the database default is always there offline: drop its tables instead")
    if name not in on.catalog.database_names():
        if "condition" in parts:
            return Defined()
        raise database_not_found(name)
    if parts.get("mode", "").upper() != "CASCADE" and on.catalog.tables(name):
        message = f"InvalidOperationException(message:Database {name} is not empty. One or more tables exist.)"
        raise task_failed(message)
    on.writer.drop_database(name)
    return Defined()


def show_tblproperties(on: Definitions, parts: Parts) -> Defined:
    """Return the properties of a table, each as one text with a tab in it, or the value of one of them."""
    table = on.table(parts)
    if table is None:
        raise QueryError("TABLE_NOT_FOUND", f"Table '{on.full_name(parts)}' does not exist")
    wanted = parts.get("property")
    if wanted is None:
        text = "\n".join(f"{key}\t{value}" for key, value in table.parameters.items())
    else:
        missing = f"Table {table.database}.{table.name} does not have property: {wanted}"
        text = table.parameters.get(wanted, missing)
    return Defined(columns=strings("prpt_name", "prpt_value"), rows=tuple([line] for line in text.splitlines()))


def show_create_table(on: Definitions, parts: Parts) -> Defined:
    """Return the statement that makes a table, by lines."""
    table = on.table(parts)
    if table is None:
        raise QueryError("TABLE_NOT_FOUND", f"Table '{on.full_name(parts)}' does not exist")
    lines = create_statement(on.writer.definition(table.database, table.name))
    return Defined(columns=strings("createtab_stmt"), rows=tuple([line] for line in lines))
