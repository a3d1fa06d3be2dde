"""`lake contracts new` writes contracts that the lake and the Open Data Contract Standard accept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from cli.commands.contracts import _problems
from cli.main import app
from cli.tables.draft import make_draft, read_columns
from cli.tables.samples import Format, Sample
from cli.tables.wishes import Wishes
from cli.tables.write import contract_text
from tests.cli.tables.samples import FOLDER, SAMPLES
from thermocline.contracts import load_contract
from thermocline.contracts.model import Contract


def new(folder: Path, *arguments: str, sample: Path = FOLDER / "contacts.csv", name: str = "contacts") -> Result:
    command = ["contracts", "new", name, "--from", str(sample), "--folder", str(folder), *arguments]
    return CliRunner().invoke(app, command)


@pytest.mark.parametrize("name", SAMPLES)
def test_contracts_follow_the_standard_and_load(name: str, tmp_path: Path) -> None:
    result = new(tmp_path, sample=FOLDER / name)
    assert result.exit_code == 0, result.output
    path = tmp_path / "contacts.odcs.yaml"
    assert list(_problems(path)) == []
    contract = load_contract(path)
    assert (contract.name, contract.table, contract.protocol) == ("contacts", "contacts", "rows")
    assert all(column.classification for column in contract.columns)
    assert list(tmp_path.iterdir()) == [path]


def test_it_says_what_it_guessed_and_what_to_do_next(tmp_path: Path) -> None:
    said = new(tmp_path).stdout
    assert "Wrote contacts.odcs.yaml: 11 columns from 4 rows." in said
    assert "Identity: customer_no (`Customer No` is in every row, and no value repeats)." in said
    assert "Event time: the time of receipt (no column holds the time of an event)." in said
    assert "Looks personal: phone is restricted (its name: phone number; its values: phone number in 67 %)." in said
    assert '[sources.contacts]\n  stream = "contacts"' in said
    assert "$LAKE_WRITE_KEY_CONTACTS" in said
    assert "Content-Type: text/csv" in said


def test_json_has_the_same(tmp_path: Path) -> None:
    made = json.loads(new(tmp_path, "--json").stdout)
    assert made["contract"] == str(tmp_path / "contacts.odcs.yaml")
    assert (made["rows"], made["identity"], made["event_time"]) == (4, ["customer_no"], None)
    assert made["columns"][0] == {
        "name": "customer_no",
        "member": "Customer No",
        "type": "bigint",
        "encoding": None,
        "required": True,
        "classification": "internal",
        "why": "whole numbers within 64 bits",
        "looks_personal": None,
    }
    assert len(made["next"]) == 2


def contract_in(folder: Path) -> Contract:
    return load_contract(folder / "contacts.odcs.yaml")


def test_options_reach_the_contract(tmp_path: Path) -> None:
    new(tmp_path, "--event-time", "since", "--identity", "Customer No, visits", "--unknown", "drop", "--format", "csv")
    assert new(tmp_path, "--force", "--identity", "name").exit_code == 1
    contract = contract_in(tmp_path)
    # `since` is missing in a row, and then the time of receipt counts; an identity may not be.
    assert (contract.event_time, contract.identity) == ("since", ("customer_no", "visits"))
    assert contract.unknown_members == "drop"


@pytest.mark.parametrize(
    ("row", "event_time"),
    [
        ({"ts": "2026-11-26T11:00:00+01:00"}, "ts"),
        ({"timestamp": "2026-11-26 11:00:00"}, "timestamp"),
        ({"Timestamp": "1764151200"}, "timestamp"),
        ({"created_at": "2026-11-26T11:00:00Z by 192.0.2.1"}, None),
        ({"x": "2026-11-26T11:00:00+01:00"}, None),
    ],
)
def test_a_time_that_is_text_can_be_the_event_time(row: dict[str, Any], event_time: str | None, tmp_path: Path) -> None:
    sample = tmp_path / "a.ndjson"
    sample.write_text(json.dumps(row))
    result = new(tmp_path, sample=sample)
    assert result.exit_code == 0, result.stderr
    contract = contract_in(tmp_path)
    assert contract.event_time == event_time
    (column,) = contract.produced
    assert (column.type, column.classification == "internal") == ("string", event_time is not None)


def test_a_contract_is_overwritten_only_by_force(tmp_path: Path) -> None:
    assert new(tmp_path).exit_code == 0
    before = (tmp_path / "contacts.odcs.yaml").read_text()
    again = new(tmp_path, sample=FOLDER / "money.ndjson")
    assert again.exit_code == 1
    assert again.stderr == (
        "lake: contracts/contacts.odcs.yaml exists already: choose another name, or overwrite it with --force\n"
    )
    assert (tmp_path / "contacts.odcs.yaml").read_text() == before
    assert new(tmp_path, "--force", sample=FOLDER / "money.ndjson").exit_code == 0
    assert contract_in(tmp_path).event_time == "paid_at"


@pytest.mark.parametrize("name", ["Contacts", "9lives", "crm-contacts", "über", ""])
def test_names_follow_the_rules_of_tables(name: str, tmp_path: Path) -> None:
    result = new(tmp_path, name=name)
    assert result.exit_code == 1
    assert "use a-z, 0-9 and _" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_sample_that_cannot_be_read_leaves_nothing(tmp_path: Path) -> None:
    sample = tmp_path / "bad.ndjson"
    sample.write_text("{")
    result = new(tmp_path, sample=sample)
    assert result.exit_code == 1
    assert result.stderr.startswith("lake: bad.ndjson, line 1: is not valid JSON")
    assert list(tmp_path.iterdir()) == [sample]


VALUES = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.lists(st.integers(), max_size=1)
ROWS = st.lists(st.dictionaries(st.text(max_size=6), VALUES, min_size=1, max_size=5), min_size=1, max_size=4)


@given(ROWS, st.text(max_size=8), st.sampled_from(["extra", "refuse", "drop"]))
def test_any_members_make_a_contract_that_names_them_all(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, Any]], file: str, unknown: Any
) -> None:
    sample = Sample(format=Format.NDJSON, rows=lambda _: iter(rows))
    wishes = Wishes(unknown_members=unknown)
    made = make_draft(sample, read_columns(sample), table="t", file=file, wishes=wishes)
    path = tmp_path_factory.getbasetemp() / "t.odcs.yaml"
    path.write_text(contract_text(made))
    members = [column.steps for column in load_contract(path).produced]
    assert members == [(member,) for member in dict.fromkeys(member for row in rows for member in row)]
