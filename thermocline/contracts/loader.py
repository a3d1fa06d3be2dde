"""Read contracts from their ODCS files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from thermocline.contracts.checks import contract_problems
from thermocline.contracts.document import ColumnEntry, Document, Property, read_document
from thermocline.contracts.model import Column, Contract
from thermocline.contracts.types import TYPES
from thermocline.errors import ContractError

CONTRACTS_FOLDER = Path(__file__).resolve().parents[2] / "contracts"
SUFFIX = ".odcs.yaml"
_NAMES: Any = tuple[str, ...]
TABLE_PROPERTIES: dict[str, Any] = {
    **dict.fromkeys(("protocol", "eventTime", "unknownMembers", "partitionedBy"), str),
    **dict.fromkeys(("identity", "sortedBy", "erasureKeys"), _NAMES),
}
COLUMN_PROPERTIES: dict[str, Any] = {
    **dict.fromkeys(("writtenBy", "path", "encoding", "whenAnonymous", "anonymousPattern"), str),
    "derivedFrom": _NAMES,
    "closed": bool,
}


@cache
def load_contracts(folder: Path = CONTRACTS_FOLDER) -> dict[str, Contract]:
    """Load every contract of a folder once (see `read_contracts` for errors)."""
    return read_contracts(folder)


def read_contracts(folder: Path) -> dict[str, Contract]:
    """Read every contract of a folder, by name.

    Raises
    ------
    ContractError
        A file is not a contract that this project can use, or not the one that its name says, or two are for one
        table; lists all its problems.
    """
    contracts: dict[str, Contract] = {}
    tables: dict[str, str] = {}
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        contract, name = load_contract(path), path.name.removesuffix(SUFFIX)
        if contract.name != name:
            problem = f"holds {contract.name}: name the file {contract.name}{SUFFIX}, because a stream is called so"
            raise ContractError(path.name, [problem])
        other = tables.setdefault(contract.table, name)
        if other != name:
            raise ContractError(name, [f"physicalName: {contract.table} is the table of {other}, choose another"])
        contracts[name] = contract
    return contracts


def load_contract(path: Path) -> Contract:
    """Load one contract file, which holds exactly one table (see `read_contracts` for errors)."""
    document = read_document(path.read_bytes(), path.name)
    table, custom = document.table, _custom(document.table.custom_properties, TABLE_PROPERTIES)
    contract = Contract(
        id=document.id,
        name=table.name,
        table=table.physical_name,
        version=document.version,
        purpose=document.description.purpose,
        usage=document.description.usage,
        limitations=document.description.limitations,
        grain=table.data_granularity_description,
        columns=tuple(map(_to_column, table.properties)),
        protocol=custom.get("protocol", "rows"),
        event_time=custom.get("eventTime"),
        identity=tuple(custom.get("identity", ())),
        unknown_members=custom.get("unknownMembers", "extra"),
        partitioned_by=custom.get("partitionedBy", "month"),
        sorted_by=tuple(custom.get("sortedBy", ())),
        erasure_keys=tuple(custom.get("erasureKeys", ())),
        retention_days=document.retention_days,
    )
    if problems := [*_form_problems(document), *contract_problems(contract)]:
        raise ContractError(contract.name, problems)
    return contract


def _to_column(entry: ColumnEntry) -> Column:
    options = entry.logical_type_options
    custom = _custom(entry.custom_properties, COLUMN_PROPERTIES)
    return Column(
        name=entry.name,
        description=entry.description,
        type=entry.physical_type,
        classification=entry.classification or _default_classification(entry),
        required=entry.required,
        partition=entry.partitioned,
        written_by=custom.get("writtenBy", "producer"),
        path=custom.get("path"),
        encoding=custom.get("encoding"),
        derived_from=tuple(custom.get("derivedFrom", ())),
        closed=custom.get("closed", False),
        when_anonymous=custom.get("whenAnonymous", "drop"),
        anonymous_pattern=custom.get("anonymousPattern"),
        min_length=options.min_length,
        max_length=options.max_length,
        pattern=options.pattern,
        enum=tuple(item.value for item in entry.enum),
        examples=tuple(map(str, entry.examples)),
    )


def _default_classification(entry: ColumnEntry) -> str:
    """Return a column's classification by its type: free text is personal until a contract says otherwise."""
    return "confidential" if entry.physical_type == "string" and not entry.enum else "internal"


def _custom(properties: Iterable[Property], known: dict[str, Any]) -> dict[str, Any]:
    """Return the custom properties of the right type; `_custom_problems` names the others."""
    return {
        each.property: each.value
        for each in properties
        if each.property in known and _is_a(each.value, known[each.property])
    }


def _form_problems(document: Document) -> list[str]:
    """Name what a contract says and `Contract` has no place for; a misspelt property would do nothing unnoticed."""
    table = document.table
    return [
        *([] if document.name == table.name else [f"name: {document.name} must be the table's, {table.name}"]),
        *_custom_problems(table.name, table.custom_properties, TABLE_PROPERTIES),
        *(
            problem
            for column in table.properties
            for problem in _custom_problems(column.name, column.custom_properties, COLUMN_PROPERTIES)
        ),
        *(
            f"{column.name}: {column.physical_type} goes with logicalType {TYPES[column.physical_type].logical}"
            for column in table.properties
            if column.physical_type in TYPES and column.logical_type != TYPES[column.physical_type].logical
        ),
    ]


def _custom_problems(owner: str, properties: Sequence[Property], known: dict[str, Any]) -> Iterator[str]:
    names = [each.property for each in properties]
    for twice in sorted({name for name in names if names.count(name) > 1}):
        yield f"{owner}: customProperties has {twice} twice"
    for each in properties:
        if each.property not in known:
            yield f"{owner}: customProperties has {each.property!r}, which is none of {', '.join(known)}"
        elif not _is_a(each.value, known[each.property]):
            kind = known[each.property]
            yield f"{owner}: {each.property} is a {'list of names' if kind is _NAMES else kind.__name__}"


def _is_a(value: object, kind: Any) -> bool:
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError:
        return False
    return True
