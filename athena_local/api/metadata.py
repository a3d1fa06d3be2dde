"""The catalog's structures and errors, as Athena's API gives them."""

import re
import uuid
from collections.abc import Iterable
from typing import Any

from athena_local.errors import InvalidRequestError
from athena_local.tables.catalog import Column, Table
from athena_local.tables.name_patterns import name_pattern


def table_metadata(table: Table) -> dict[str, Any]:
    """Return the `TableMetadata` structure of a table."""
    return {
        "Name": table.name,
        "TableType": "VIRTUAL_VIEW" if table.view_sql is not None else "EXTERNAL_TABLE",
        "Columns": [_column(column) for column in table.columns],
        "PartitionKeys": [_column(column) for column in table.partition_keys],
        "Parameters": _parameters(table),
    }


def _parameters(table: Table) -> dict[str, str]:
    """Return a table's properties, and what Athena tells among them: where and in which format its rows are."""
    parameters = {**table.parameters, "location": table.stored_location}
    if "comment" in parameters:
        parameters["comment"] = " ".join(parameters["comment"].split())  # Athena's API has it on one line
    classes = {
        "inputformat": table.input_format,
        "outputformat": table.output_format,
        "serde.serialization.lib": table.serde,
    }
    parameters |= {name: class_ for name, class_ in classes.items() if class_}
    return parameters | {f"serde.param.{name}": value for name, value in table.serde_properties.items()}


def not_found(what: str) -> InvalidRequestError:
    """Return the error for a missing table or database: Glue's, inside Athena's `MetadataException`.

    Parameters
    ----------
    what
        Glue's sentence, such as ``Database shop not found.``
    """
    code, request = "EntityNotFoundException", uuid.uuid4()
    origin = f"Service: AmazonDataCatalog; Status Code: 400; Error Code: {code}; Request ID: {request}; Proxy: null"
    return InvalidRequestError(f"{what} ({origin})", code="METADATA")


def matching(tables: Iterable[Table], expression: str | None) -> list[Table]:
    """Return the tables whose names match the `Expression` of ListTableMetadata, in any case.

    Parameters
    ----------
    expression
        A regular expression for the whole name; ``*`` at its start, or after a letter, digit or ``_``, is any text.

    Raises
    ------
    InvalidRequestError
        It is not a regular expression.
    """
    if not expression:
        return list(tables)
    try:
        pattern = name_pattern(expression)
    except re.error as error:
        raise InvalidRequestError(f"Expression is not a regular expression: {expression}") from error
    return [table for table in tables if pattern.fullmatch(table.name)]


def is_our_catalog(name: str) -> bool:
    """Tell whether a catalog is the Glue catalog, the only one that this endpoint has."""
    return plain_name(name) == "awsdatacatalog"


def plain_name(name: str) -> str:
    """Return a database's or table's name in lower case, without the backticks or quotes that clients put around it."""
    bare = name.strip()
    if len(bare) > 2 and bare[0] == bare[-1] and bare[0] in '`"':
        bare = bare[1:-1]
    return bare.lower()


def _column(column: Column) -> dict[str, str]:
    return {"Name": column.name, "Type": column.type, "Comment": column.comment}
