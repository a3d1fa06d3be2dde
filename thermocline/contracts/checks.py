"""What is wrong with a contract, all of it at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from thermocline.contracts.limits import limit_problems
from thermocline.contracts.model import (
    CLASSIFICATIONS,
    ENCODINGS,
    PARTITIONED_BY,
    PROTOCOLS,
    UNKNOWN_MEMBERS,
    WHEN_ANONYMOUS,
    WRITERS,
    Column,
    Contract,
)
from thermocline.contracts.names import column_name_problems, table_name_problems
from thermocline.contracts.path_checks import holder_problems, path_problems
from thermocline.contracts.privacy import IDENTIFYING, derivation_problems, pseudonym_problems
from thermocline.contracts.rows_table import rows_table_problems
from thermocline.contracts.types import TYPES

_BY_CONVERT: Final = ("_src", "gen")
NOT_TIMES = frozenset({"boolean"})
# Their protocols fill the columns of these tables by name.
_READS: Final = {"clickstream": "clickstream", "telemetry": "telemetry", "changes": "cdc_log"}
_NEEDS: Final = {"quarantine": "none"} | {table: protocol for protocol, table in _READS.items()}


def contract_problems(contract: Contract) -> list[str]:
    """Return everything that keeps a contract from being used, one sentence per problem."""
    return [
        *_table_problems(contract),
        *(problem for column in contract.columns for problem in _column_problems(column)),
        *(problem for column in contract.columns for problem in limit_problems(column)),
        *(problem for column in contract.columns for problem in path_problems(column, contract)),
        *holder_problems(contract),
        *derivation_problems(contract.columns),
        *pseudonym_problems(contract.columns),
        *column_name_problems([column.name for column in contract.columns]),
        *(problem for name in dict.fromkeys((contract.name, contract.table)) for problem in table_name_problems(name)),
    ]


def _protocol_problems(contract: Contract) -> Iterator[str]:
    protocol, name = contract.protocol, contract.name
    if protocol not in PROTOCOLS:
        yield f"protocol: {protocol!r} is unknown, use one of {', '.join(PROTOCOLS)}"
    elif (only := _READS.get(protocol, name)) != name:
        yield f"protocol: {protocol} feeds {only} and no other table, use rows for a table of your own"
    elif (needed := _NEEDS.get(name, protocol)) != protocol:
        yield f"protocol: the table {name} has protocol {needed}"


def _table_problems(contract: Contract) -> Iterator[str]:
    yield from _protocol_problems(contract)
    if contract.unknown_members not in UNKNOWN_MEMBERS:
        yield f"unknownMembers: {contract.unknown_members!r} is unknown, use one of {', '.join(UNKNOWN_MEMBERS)}"
    produced = {column.name: column for column in contract.produced}
    if contract.event_time is not None:
        yield from _event_time_problems(contract.event_time, produced)
    for name in contract.identity:
        if name not in produced:
            yield f"identity: {name} is no column that the producer writes"
        elif produced[name].is_json:
            yield f"identity: {name} holds JSON text, of which one value may be spelt in several ways"
    if len(set(contract.identity)) < len(contract.identity):
        yield "identity: names a column twice"
    yield from _warm_problems(contract)
    if contract.protocol == "rows":
        yield from rows_table_problems(contract)


def _warm_problems(contract: Contract) -> Iterator[str]:
    if contract.partitioned_by not in PARTITIONED_BY:
        yield f"partitionedBy: {contract.partitioned_by!r} is unknown, use one of {', '.join(PARTITIONED_BY)}"
    stored = {column.name: column for column in contract.stored}
    for name, names in (("sortedBy", contract.sorted_by), ("erasureKeys", contract.erasure_keys)):
        for column in names:
            if column not in stored:
                yield f"{name}: the table has no column {column}"
            elif stored[column].is_json:
                yield f"{name}: {column} holds JSON text, of which one value may be spelt in several ways"
        if len(set(names)) < len(names):
            yield f"{name}: names a column twice"


def _event_time_problems(name: str, produced: dict[str, Column]) -> Iterator[str]:
    column = produced.get(name)
    if column is None:
        yield f"eventTime: {name} is no column that the producer writes"
    elif column.type in NOT_TIMES or column.is_json:
        yield f"eventTime: {name} cannot hold a time, use a column of type timestamp, date, bigint or string"
    elif column.classification in IDENTIFYING:
        yield f"eventTime: {name} is {column.classification}, but event_time, which is made of it, is always stored"


def _column_problems(column: Column) -> Iterator[str]:
    if column.classification not in CLASSIFICATIONS:
        yield f"{column.name}: classification is one of {', '.join(CLASSIFICATIONS)}"
    if column.when_anonymous not in WHEN_ANONYMOUS:
        yield f"{column.name}: whenAnonymous is one of {', '.join(WHEN_ANONYMOUS)}"
    if column.written_by not in WRITERS:
        yield f"{column.name}: writtenBy is one of {', '.join(WRITERS)}"
    if column.written_by == "promote":
        yield f"{column.name}: nothing is written at promotion yet, leave the column out"
    if column.written_by == "convert" and column.path is None and column.name not in _BY_CONVERT:
        yield f"{column.name}: convert fills a column by its path, write e.g. properties.price"
    if column.partition and column.name != "gen":
        yield f"{column.name}: only gen is partitioned"
    if column.encoding not in (None, *ENCODINGS):
        yield f"{column.name}: encoding is {', '.join(ENCODINGS)}, or is left out"
    elif column.is_json and column.type != "string":
        yield f"{column.name}: JSON text needs a column of type string, this one is {column.type}"
    if column.type not in TYPES:
        yield f"{column.name}: unknown physicalType {column.type!r}, use one of {sorted(TYPES)}"
