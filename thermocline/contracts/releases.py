"""The released versions of each contract: ``contracts/released/<name>/<version>.odcs.yaml``, never changed again."""

from __future__ import annotations

import shutil
from pathlib import Path

from thermocline.contracts.loader import CONTRACTS_FOLDER, SUFFIX, load_contract
from thermocline.contracts.model import Contract
from thermocline.errors import ContractError

RELEASES_FOLDER = "released"


def load_releases(folder: Path = CONTRACTS_FOLDER) -> list[Contract]:
    """Load every released version of the contracts of a folder.

    Raises
    ------
    ContractError
        A released file is not a contract, or not the one that its path names.
    """
    return [_load_release(path) for path in sorted(folder.glob(f"{RELEASES_FOLDER}/*/*{SUFFIX}"))]


def release_contracts(folder: Path = CONTRACTS_FOLDER) -> list[Path]:
    """Copy every contract whose version is not released yet to its place, and return the new files."""
    released = []
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        contract = load_contract(path)
        target = folder / RELEASES_FOLDER / contract.name / f"{contract.version}{SUFFIX}"
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
            released.append(target)
    return released


def _load_release(path: Path) -> Contract:
    contract = load_contract(path)
    expected = (path.parent.name, path.name.removesuffix(SUFFIX))
    if (contract.name, contract.version) != expected:
        raise ContractError(f"{expected[0]}/{path.name}", [f"holds {contract.name} {contract.version}"])
    return contract
