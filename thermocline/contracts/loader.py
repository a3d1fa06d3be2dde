"""Read contracts from their ODCS files."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from thermocline.contracts.model import CLASSIFICATIONS, WHEN_ANONYMOUS, Column, Contract
from thermocline.contracts.names import column_name_problems, table_name_problems
from thermocline.contracts.privacy import derivation_problems
from thermocline.contracts.types import TYPES
from thermocline.errors import ContractError

CONTRACTS_FOLDER = Path(__file__).resolve().parents[2] / "contracts"
SUFFIX = ".odcs.yaml"


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
    )
    _check(contract, table["properties"])
    return contract


def _to_column(entry: dict[str, Any]) -> Column:
    options = entry.get("logicalTypeOptions", {})
    custom = {item["property"]: item["value"] for item in entry.get("customProperties", [])}
    return Column(
        name=entry["name"],
        description=entry["description"],
        type=entry["physicalType"],
        classification=entry.get("classification") or _default_classification(entry),
        required=entry.get("required", False),
        partition=entry.get("partitioned", False),
        written_by=custom.get("writtenBy", "ingest"),
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
    """Free text is personal until a contract says otherwise."""
    return "confidential" if entry["physicalType"] == "string" and not entry.get("enum") else "internal"


def _check(contract: Contract, entries: list[dict[str, Any]]) -> None:
    problems = []
    for column, entry in zip(contract.columns, entries, strict=True):
        if column.type not in TYPES:
            problems.append(f"{column.name}: unknown physicalType {column.type!r}, use one of {sorted(TYPES)}")
        elif entry["logicalType"] != TYPES[column.type].logical:
            problems.append(f"{column.name}: {column.type} goes with logicalType {TYPES[column.type].logical}")
        if column.classification not in CLASSIFICATIONS:
            problems.append(f"{column.name}: classification is one of {', '.join(CLASSIFICATIONS)}")
        if column.when_anonymous not in WHEN_ANONYMOUS:
            problems.append(f"{column.name}: whenAnonymous is one of {', '.join(WHEN_ANONYMOUS)}")
    problems += derivation_problems(contract.columns)
    problems += column_name_problems([column.name for column in contract.columns])
    problems += [problem for name in (contract.name, contract.table) for problem in table_name_problems(name)]
    if problems:
        raise ContractError(contract.name, problems)
