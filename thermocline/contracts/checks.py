"""What is wrong with a contract, all of it at once."""

from __future__ import annotations

from collections.abc import Iterator

from thermocline.contracts.model import (
    CLASSIFICATIONS,
    ENCODINGS,
    PROTOCOLS,
    UNKNOWN_MEMBERS,
    WHEN_ANONYMOUS,
    WRITERS,
    Column,
    Contract,
)
from thermocline.contracts.names import column_name_problems, table_name_problems
from thermocline.contracts.paths import split_path
from thermocline.contracts.privacy import IDENTIFYING, derivation_problems, pseudonym_problems
from thermocline.contracts.rows_table import rows_table_problems
from thermocline.contracts.types import TYPES

NOT_TIMES = frozenset({"boolean"})


def contract_problems(contract: Contract) -> list[str]:
    """Return everything that keeps a contract from being used, one sentence per problem."""
    return [
        *_table_problems(contract),
        *(problem for column in contract.columns for problem in _column_problems(column)),
        *(problem for column in contract.columns for problem in _path_problems(column, contract)),
        *derivation_problems(contract.columns),
        *pseudonym_problems(contract.columns),
        *column_name_problems([column.name for column in contract.columns]),
        *(problem for name in dict.fromkeys((contract.name, contract.table)) for problem in table_name_problems(name)),
    ]


def _table_problems(contract: Contract) -> Iterator[str]:
    if contract.protocol not in PROTOCOLS:
        yield f"protocol: {contract.protocol!r} is unknown, use one of {', '.join(PROTOCOLS)}"
    if contract.unknown_members not in UNKNOWN_MEMBERS:
        yield f"unknownMembers: {contract.unknown_members!r} is unknown, use one of {', '.join(UNKNOWN_MEMBERS)}"
    produced = {column.name: column for column in contract.produced}
    if contract.event_time is not None:
        yield from _event_time_problems(contract.event_time, produced)
    for name in contract.identity:
        if name not in produced:
            yield f"identity: {name} is no column that the producer writes"
    if len(set(contract.identity)) < len(contract.identity):
        yield "identity: names a column twice"
    if contract.protocol == "rows":
        yield from rows_table_problems(contract)


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
    if column.encoding not in (None, *ENCODINGS):
        yield f"{column.name}: encoding is {', '.join(ENCODINGS)}, or is left out"
    elif column.is_json and column.type != "string":
        yield f"{column.name}: JSON text needs a column of type string, this one is {column.type}"
    if column.type not in TYPES:
        yield f"{column.name}: unknown physicalType {column.type!r}, use one of {sorted(TYPES)}"


def _path_problems(column: Column, contract: Contract) -> Iterator[str]:
    if column.path is None:
        return
    try:
        steps = split_path(column.path)
    except ValueError as error:
        yield f"{column.name}: path {error}"
        return
    if column.written_by == "convert":
        yield from _text_problems(column, steps, contract)
    elif column.written_by != "producer":
        yield f"{column.name}: path is for columns that the producer or convert writes, not {column.written_by}"
    elif contract.protocol in PROTOCOLS and contract.protocol != "rows":
        yield f"{column.name}: path of a producer's column is for tables of protocol rows, not {contract.protocol}"


def _text_problems(column: Column, steps: tuple[str, ...], contract: Contract) -> Iterator[str]:
    texts = [each.name for each in contract.ingested if each.is_json]
    if steps[0] not in texts:
        yield (
            f"{column.name}: path begins with {steps[0]}, which is no column of JSON text (encoding: json)"
            + (f", use one of {', '.join(texts)}" if texts else "")
        )
    if len(steps) == 1:
        yield f"{column.name}: path names no member, write e.g. {column.path}.price"
    if column.required:
        yield f"{column.name}: cannot be required, because it is null where the text does not have it"
