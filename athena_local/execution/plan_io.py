"""EXPLAIN (TYPE IO): the tables that a query reads, and the partitions of each, as Trino's JSON."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from athena_local.analyzer.trino_types import from_hive
from athena_local.errors import QueryError
from athena_local.tables.catalog import Table
from athena_local.tables.scans import Domain
from athena_local.tables.table_uses import TableUse

# What Trino says of a table without statistics; here no table has any.
_ESTIMATE = dict.fromkeys(("outputRowCount", "outputSizeInBytes", "cpuCost", "maxMemory", "networkCost"), "NaN")
_TYPES = ("tinyint", "smallint", "integer", "bigint", "varchar", "char", "date")


def as_io(scans: Sequence[tuple[TableUse, Mapping[str, Domain] | None]]) -> list[str]:
    """Return the lines of the JSON.

    Parameters
    ----------
    scans
        Each use of a table with the values of its partition keys; None for one without partitions, which reads nothing.

    Raises
    ------
    QueryError
        ``NOT_SUPPORTED``: a partition key has a type whose values are not ordered here.
    """
    tables = [_table(use.table, domains) for use, domains in scans if domains is not None]
    told = [table for number, table in enumerate(tables) if table not in tables[:number]]
    return json.dumps(
        {"inputTableColumnInfos": told, "estimate": _ESTIMATE}, indent=2, separators=(",", " : ")
    ).splitlines()


def _table(table: Table, domains: Mapping[str, Domain]) -> dict[str, Any]:
    types = {key.name: from_hive(key.type) for key in table.partition_keys}
    for name, type_ in types.items():
        if type_.name not in _TYPES:
            raise QueryError("NOT_SUPPORTED", f"EXPLAIN (TYPE IO) of a partition key of type {type_} ({name}) offline")
    constraints = [
        {"columnName": name, "type": str(types[name]), "domain": _domain(domain)}
        for name, domain in sorted(domains.items())
    ]
    return {
        "table": {"catalog": "awsdatacatalog", "schemaTable": {"schema": table.database, "table": table.name}},
        "constraint": {"none": False, "columnConstraints": constraints},
        "estimate": _ESTIMATE,
    }


def _domain(domain: Domain) -> dict[str, Any]:
    ranges = [
        {"low": {"value": low, "bound": "EXACTLY"}, "high": {"value": high, "bound": "EXACTLY"}}
        for low, high in domain.ranges
    ]
    return {"nullsAllowed": domain.has_null, "ranges": ranges}
