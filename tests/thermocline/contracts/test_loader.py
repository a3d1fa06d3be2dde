from __future__ import annotations

from pathlib import Path

import pytest

from thermocline.contracts import CONTRACTS_FOLDER, load_contract, load_contracts
from thermocline.contracts.markdown import markdown
from thermocline.errors import ContractError

PERSONAL = {
    *("user_id", "anonymous_id", "previous_id", "traits", "device_id", "topic", "pk", "previous_pk", "before", "after"),
    *("payload", "context"),  # of quarantine
}


def changed(folder: Path, **changes: str) -> Path:
    text = (CONTRACTS_FOLDER / "quarantine.odcs.yaml").read_text()
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    path = folder / "broken.odcs.yaml"
    path.write_text(text)
    return path


def test_the_tables_are_there() -> None:
    contracts = load_contracts()
    tables = {name: contract.table for name, contract in contracts.items()}
    assert tables == {
        "clickstream": "clickstream",
        "telemetry": "telemetry",
        "cdc_log": "cdc_log",
        "quarantine": "quarantine",
    }


@pytest.mark.parametrize("name", ["clickstream", "telemetry", "cdc_log", "quarantine"])
def test_what_convert_adds_is_no_part_of_the_ndjson(name: str) -> None:
    contract = load_contracts()[name]
    names = [column.name for column in contract.columns]
    typed = [column.name for column in contract.columns if column.written_by == "convert" and column.path]
    assert [*(column.name for column in contract.ingested), *typed] == names[:-2]
    assert [column.name for column in contract.stored] == names[:-1]
    assert [column.name for column in contract.partitions] == names[-1:] == ["gen"]


def test_columns_that_identify_a_person_are_restricted() -> None:
    columns = [column for contract in load_contracts().values() for column in contract.columns]
    assert {column.name for column in columns if column.classification == "restricted"} == PERSONAL


# Texts that a producer cannot fill as it likes, and those that have a keyed pseudonym wherever people matter.
NOT_FREE = {"event_id", "fingerprint", "source", "event_type", "country_code"}


@pytest.mark.parametrize("name", ["clickstream", "telemetry"])
def test_free_text_is_personal(name: str) -> None:
    texts = [column for column in load_contracts()[name].ingested if column.type == "string"]
    assert {column.name for column in texts if column.classification in ("public", "internal")} <= NOT_FREE


def test_free_text_without_a_classification_is_confidential(tmp_path: Path) -> None:
    path = changed(tmp_path, **{"maxLength: 4096}\n        classification: internal": "maxLength: 4096}"})
    assert {column.name: column.classification for column in load_contract(path).columns}["detail"] == "confidential"


@pytest.mark.parametrize(
    ("derived", "problem"),
    [
        ("[payload]", "detail: is derived from payload, so its classification must be at least restricted"),
        ("[nothing]", "detail: derivedFrom names nothing, which is no column"),
        ("[stage]", None),
    ],
)
def test_a_derived_column_inherits_its_classification(tmp_path: Path, derived: str, problem: str | None) -> None:
    old = "maxLength: 4096}\n        classification: internal\n        customProperties: ["
    path = changed(tmp_path, **{old: f"{old}{{property: derivedFrom, value: {derived}}}, "})
    if problem is None:
        load_contract(path)
        return
    with pytest.raises(ContractError, match=problem):
        load_contract(path)


def test_every_wrong_type_is_named(tmp_path: Path) -> None:
    path = changed(
        tmp_path, **{"physicalType: boolean": "physicalType: bool", "logicalType: timestamp": "logicalType: date"}
    )
    with pytest.raises(ContractError) as caught:
        load_contract(path)
    assert {problem.partition(":")[0] for problem in caught.value.problems} == {
        *("payload_truncated", "received_at", "original_time", "sent_at", "replayable")
    }


def test_a_column_that_is_defined_twice_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContractError, match="event_id: defined twice"):
        load_contract(changed(tmp_path, **{"- name: stream": "- name: event_id"}))


def test_a_file_is_named_as_its_table(tmp_path: Path) -> None:
    (tmp_path / "bad_rows.odcs.yaml").write_text((CONTRACTS_FOLDER / "quarantine.odcs.yaml").read_text())
    with pytest.raises(ContractError, match=r"holds quarantine: name the file quarantine\.odcs\.yaml"):
        load_contracts(tmp_path)


def test_two_contracts_cannot_be_for_one_table(tmp_path: Path) -> None:
    for name in ("clickstream", "telemetry"):
        text = (CONTRACTS_FOLDER / f"{name}.odcs.yaml").read_text()
        path = tmp_path / f"{name}.odcs.yaml"
        path.write_text(text.replace(f"physicalName: {name}", "physicalName: events"))
    with pytest.raises(ContractError, match="telemetry: physicalName: events is the table of clickstream"):
        load_contracts(tmp_path)


def test_a_file_of_another_form_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ContractError, match=r"broken\.odcs\.yaml: does not have the expected form"):
        load_contract(changed(tmp_path, **{"physicalName: quarantine": "other: quarantine"}))


def test_what_a_contract_says_of_its_warm_table(tmp_path: Path) -> None:
    properties = (
        "{property: partitionedBy, value: day}, {property: sortedBy, value: [source]}, "
        "{property: erasureKeys, value: [payload]}, {property: protocol, value: none}"
    )
    retention = "\nslaProperties: [{property: retention, value: 400, unit: d}]\nschema:"
    told = {"{property: protocol, value: none}": properties, "\nschema:": retention}
    contract = load_contract(changed(tmp_path, **told))
    assert (contract.partitioned_by, contract.sorted_by, contract.erasure_keys) == ("day", ("source",), ("payload",))
    assert contract.retention_days == 400
    page = markdown(contract)
    assert (
        "- **Warm**: a partition per day of `received_at`; by day sorted by `source`, `received_at`; kept 400" in page
    )
    assert "a person is found by `payload`" in page


def test_a_contract_need_not_say_anything_of_its_warm_table() -> None:
    contract = load_contracts()["quarantine"]
    assert (contract.partitioned_by, contract.sorted_by, contract.erasure_keys) == ("month", (), ())
    assert contract.retention_days is None
    assert (
        "- **Warm**: a partition per month of `received_at`; by day sorted by `received_at`; kept for ever\n"
        in markdown(contract)
    )
