from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli.main import app
from thermocline.contracts import CONTRACTS_FOLDER


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("quarantine", "telemetry"):
        shutil.copy(CONTRACTS_FOLDER / f"{name}.odcs.yaml", tmp_path)
    assert run("release", tmp_path).exit_code == 0
    return tmp_path


def run(command: str, folder: Path) -> Result:
    return CliRunner().invoke(app, ["contracts", command, "--folder", str(folder)])


def change(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / f"{name}.odcs.yaml"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def test_contracts_as_released_pass(folder: Path) -> None:
    result = run("check", folder)
    assert (result.exit_code, result.stdout) == (0, "2 contracts follow their 2 releases.\n")


def test_all_problems_are_a_line_each(folder: Path) -> None:
    change(folder, "quarantine", "name: detail", "name: details")
    change(folder, "telemetry", "physicalType: double", "physicalType: decimal(38,9)")
    result = run("check", folder)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        "quarantine: detail: removed or renamed",
        "telemetry: value_double: type double cannot become decimal(38,9)",
        "telemetry: value_sum: type double cannot become decimal(38,9)",
    ]


def test_what_is_refused_is_not_released(folder: Path) -> None:
    change(folder, "quarantine", "name: detail", "name: details")
    change(folder, "quarantine", "version: 1.", "version: 7.")
    assert run("release", folder).exit_code == 1
    assert len(list(folder.glob("released/quarantine/*"))) == 1


def test_an_addition_is_released_beside_the_version_before(folder: Path) -> None:
    change(folder, "quarantine", "{value: too_large}", "{value: too_large}, {value: too_odd}")
    change(folder, "quarantine", "version: 1.", "version: 1.9")
    result = run("release", folder)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith("released/quarantine/1.9")
    assert run("check", folder).stdout == "2 contracts follow their 3 releases.\n"


def test_a_file_that_is_no_contract_is_named(folder: Path) -> None:
    change(folder, "quarantine", "physicalType: boolean", "physicalType: bool")
    result = run("check", folder)
    assert result.exit_code == 1
    assert result.stderr.startswith("quarantine: payload_truncated: unknown physicalType 'bool'")


WITHOUT_DEV_PACKAGES = """
import sys
for name in ("jsonschema", "open_data_contract_standard"):
    sys.modules[name] = None
from cli.entry import main
main()
"""


def test_lint_after_the_demo_alone_names_the_set_up() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_DEV_PACKAGES, "contracts", "lint"],
        cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 1
    assert (
        done.stderr == "lake: the package jsonschema is not installed: `make setup` installs what this command needs\n"
    )
