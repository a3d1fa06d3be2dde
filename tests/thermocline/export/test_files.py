"""A folder or a zip file: whole or not there, and for its owner alone."""

from __future__ import annotations

import datetime as dt
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from thermocline.errors import ConfigurationError
from thermocline.export.files import ExportedFiles
from thermocline.export.model import Manifest


def interrupted() -> Iterator[bytes]:
    yield b"1\n"
    raise KeyboardInterrupt


MANIFEST = Manifest(at=dt.datetime(2026, 11, 26, tzinfo=dt.UTC), suppression=1, keys=("user_id",), tables={})


def export_to(path: Path) -> None:
    with ExportedFiles(path) as files:
        assert files.write("trips.ndjson", iter([b"1\n", b"2\n"])) == 2
        files.close_with(MANIFEST)


def test_a_folder_is_its_owners(tmp_path: Path) -> None:
    export_to(tmp_path / "ada")
    assert (tmp_path / "ada" / "trips.ndjson").read_bytes() == b"1\n2\n"
    assert json.loads((tmp_path / "ada" / "manifest.json").read_text())["suppression"] == 1
    assert (tmp_path / "ada").stat().st_mode & 0o077 == 0


def test_a_zip_file_has_the_same(tmp_path: Path) -> None:
    export_to(tmp_path / "ada.zip")
    with zipfile.ZipFile(tmp_path / "ada.zip") as packed:
        assert packed.namelist() == ["trips.ndjson", "manifest.json"]
        assert packed.read("trips.ndjson") == b"1\n2\n"
    assert (tmp_path / "ada.zip").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", ["ada", "ada.zip"])
def test_what_was_interrupted_is_not_there_and_can_be_made_again(tmp_path: Path, name: str) -> None:
    with pytest.raises(KeyboardInterrupt), ExportedFiles(tmp_path / name) as files:
        files.write("trips.ndjson", interrupted())
    assert not (tmp_path / name).exists()
    export_to(tmp_path / name)
    assert not (tmp_path / f"{name}.part").exists()


def test_a_folder_to_put_it_in_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"there is no folder .*/typo: make it first"):
        ExportedFiles(tmp_path / "typo" / "ada.zip")


def test_an_earlier_export_stays(tmp_path: Path) -> None:
    export_to(tmp_path / "ada")
    with pytest.raises(ConfigurationError, match="choose another name"):
        ExportedFiles(tmp_path / "ada")
