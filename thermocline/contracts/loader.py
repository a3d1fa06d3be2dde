"""Read contracts from their ODCS files."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from thermocline.contracts.checks import contract_problems
from thermocline.contracts.model import Column, Contract
from thermocline.contracts.types import TYPES
from thermocline.errors import ContractError

CONTRACTS_FOLDER = Path(__file__).resolve().parents[2] / "contracts"
SUFFIX = ".odcs.yaml"
_NAMES: Any = tuple[str, ...]
TABLE_PROPERTIES: dict[str, Any] = {"protocol": str, "eventTime": str, "identity": _NAMES, "unknownMembers": str}
COLUMN_PROPERTIES: dict[str, Any] = {
    **dict.fromkeys(("writtenBy", "path", "encoding", "whenAnonymous", "anonymousPattern"), str),
    "derivedFrom": _NAMES,
    "closed": bool,
}


@cache
def load_contracts(folder: Path = CONTRACTS_FOLDER) -> dict[str, Contract]:
    """Load every contract of a folder, by name.

    Raises
    ------
    ContractError
        A file is not a contract that this project can use; lists all its problems.
    """
    paths = sorted(folder.glob(f"*{SUFFIX}"))
    return {path.name.removesuffix(SUFFIX): load_contract(path) for path in paths}


def load_contract(path: Path) -> Contract:
    """Load one contract file, which holds exactly one table (see `load_contracts` for errors)."""
    document = msgspec.yaml.decode(path.read_bytes())
    try:
        return _to_contract(document)
    except (KeyError, TypeError, ValueError) as error:
        raise ContractError(path.name, [f"does not have the expected form: {error!r}"]) from error


def _to_contract(document: dict[str, Any]) -> Contract:
    (table,) = document["schema"]
    custom = _custom(table, TABLE_PROPERTIES)
    contract = Contract(
        id=document["id"],
        name=table["name"],
        table=table["physicalName"],
        version=document["version"],
        purpose=document["description"]["purpose"],
        usage=document["description"]["usage"],
        limitations=document["description"]["limitations"],
        grain=table["dataGranularityDescription"],
        columns=tuple(_to_column(entry) for entry in table["properties"]),
        protocol=custom.get("protocol", "rows"),
        event_time=custom.get("eventTime"),
        identity=tuple(custom.get("identity", ())),
        unknown_members=custom.get("unknownMembers", "extra"),
    )
    if problems := [*_form_problems(table), *contract_problems(contract)]:
        raise ContractError(contract.name, problems)
    return contract


def _to_column(entry: dict[str, Any]) -> Column:
    options = entry.get("logicalTypeOptions", {})
    custom = _custom(entry, COLUMN_PROPERTIES)
    return Column(
        name=entry["name"],
        description=entry["description"],
        type=entry["physicalType"],
        classification=entry.get("classification") or _default_classification(entry),
        required=entry.get("required", False),
        partition=entry.get("partitioned", False),
        written_by=custom.get("writtenBy", "producer"),
        path=custom.get("path"),
        encoding=custom.get("encoding"),
        derived_from=tuple(custom.get("derivedFrom", ())),
        closed=custom.get("closed", False),
        when_anonymous=custom.get("whenAnonymous", "drop"),
        anonymous_pattern=custom.get("anonymousPattern"),
        min_length=options.get("minLength"),
        max_length=options.get("maxLength"),
        pattern=options.get("pattern"),
        enum=tuple(str(item["value"]) for item in entry.get("enum", [])),
        examples=tuple(str(example) for example in entry.get("examples", [])),
    )


def _default_classification(entry: dict[str, Any]) -> str:
    """Return a column's classification by its type: free text is personal until a contract says otherwise."""
    return "confidential" if entry["physicalType"] == "string" and not entry.get("enum") else "internal"


def _given(entry: dict[str, Any]) -> dict[str, Any]:
    return {item["property"]: item["value"] for item in entry.get("customProperties", [])}


def _custom(entry: dict[str, Any], known: dict[str, Any]) -> dict[str, Any]:
    """Return the custom properties of the right type; `_custom_problems` names the others."""
    return {name: value for name, value in _given(entry).items() if name in known and _is_a(value, known[name])}


def _form_problems(table: dict[str, Any]) -> list[str]:
    """Name the properties that `Contract` has no place for; a misspelt one would silently do nothing."""
    entries = table["properties"]
    return [
        *_custom_problems(table["name"], table, TABLE_PROPERTIES),
        *(problem for entry in entries for problem in _custom_problems(entry["name"], entry, COLUMN_PROPERTIES)),
        *(
            f"{entry['name']}: {entry['physicalType']} goes with logicalType {TYPES[entry['physicalType']].logical}"
            for entry in entries
            if entry["physicalType"] in TYPES and entry["logicalType"] != TYPES[entry["physicalType"]].logical
        ),
    ]


def _custom_problems(owner: str, entry: dict[str, Any], known: dict[str, Any]) -> Iterator[str]:
    for name, value in _given(entry).items():
        if name not in known:
            yield f"{owner}: customProperties has {name!r}, which is none of {', '.join(known)}"
        elif not _is_a(value, known[name]):
            yield f"{owner}: {name} is a {'list of names' if known[name] is _NAMES else known[name].__name__}"


def _is_a(value: object, kind: Any) -> bool:
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError:
        return False
    return True
