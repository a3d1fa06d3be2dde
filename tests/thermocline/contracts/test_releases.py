from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from thermocline.contracts import CONTRACTS_FOLDER, load_contracts
from thermocline.contracts.evolution import evolution_problems
from thermocline.contracts.releases import load_releases, release_contracts
from thermocline.errors import ContractError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(CONTRACTS_FOLDER / "quarantine.odcs.yaml", tmp_path)
    return tmp_path


def test_the_contracts_follow_their_releases() -> None:
    assert evolution_problems(load_contracts().values(), load_releases()) == []


def test_a_release_is_a_copy_made_once(folder: Path) -> None:
    version = load_contracts(folder)["quarantine"].version
    (released,) = release_contracts(folder)
    assert released == folder / "released" / "quarantine" / f"{version}.odcs.yaml"
    assert released.read_bytes() == (folder / "quarantine.odcs.yaml").read_bytes()
    assert release_contracts(folder) == []
    assert load_releases(folder) == list(load_contracts(folder).values())


def test_a_release_is_never_written_over(folder: Path) -> None:
    (released,) = release_contracts(folder)
    before = released.read_bytes()
    contract = folder / "quarantine.odcs.yaml"
    contract.write_text(contract.read_text().replace("One refused event", "A refused event"))
    assert release_contracts(folder) == []
    assert released.read_bytes() == before


def test_a_release_in_the_wrong_place_is_an_error(folder: Path) -> None:
    (released,) = release_contracts(folder)
    released.rename(released.with_name("9.9.9.odcs.yaml"))
    with pytest.raises(ContractError, match=r"quarantine/9\.9\.9\.odcs\.yaml: holds quarantine"):
        load_releases(folder)
