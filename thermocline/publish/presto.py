"""A view as Athena and Trino store it in Glue: the query and its columns as JSON in base64."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any, Final

import msgspec

from thermocline.contracts import Column, Contract
from thermocline.publish.ports import StoredView
from thermocline.publish.view import view_columns, view_sql

WATERMARK: Final = "thermocline.watermark"
SINCE: Final = "thermocline.since"

_CATALOG: Final = "awsdatacatalog"
_TRINO_TYPES: Final = {"string": "varchar", "int": "integer", "timestamp": "timestamp(6)"}


def table_input(contract: Contract, *, database: str, watermark: str, since: Mapping[str, str]) -> dict[str, Any]:
    """Return Glue's ``TableInput`` of a table's view; its parameters tell what it was made for.

    It has no description: Trino takes one for the comment by which it knows views.
    """
    columns = view_columns(contract)
    view = {
        "originalSql": view_sql(contract, watermark, since),
        "catalog": _CATALOG,
        "schema": database,
        "columns": [{"name": column.name, "type": _trino_type(column)} for column in columns],
    }
    text = base64.b64encode(msgspec.json.encode(view)).decode()
    return {
        "Name": contract.table,
        "TableType": "VIRTUAL_VIEW",
        "Parameters": {
            "presto_view": "true",
            "comment": "Presto View",
            WATERMARK: watermark,
            SINCE: msgspec.json.encode(since).decode(),
        },
        "PartitionKeys": [],
        "StorageDescriptor": {
            "Columns": [
                {"Name": column.name, "Type": column.type, "Comment": column.description[:255]} for column in columns
            ],
            "SerdeInfo": {},
        },
        "ViewOriginalText": f"/* Presto View: {text} */",
        "ViewExpandedText": "/* Presto View */",
    }


def stored_view(table: Mapping[str, Any]) -> StoredView:
    """Return the view that Glue's ``Table`` holds."""
    parameters = table.get("Parameters", {})
    return StoredView(
        version=table["VersionId"],
        watermark=parameters.get(WATERMARK, ""),
        since=msgspec.json.decode(parameters.get(SINCE, "{}"), type=dict[str, str]),
    )


def _trino_type(column: Column) -> str:
    return _TRINO_TYPES.get(column.type, column.type)
