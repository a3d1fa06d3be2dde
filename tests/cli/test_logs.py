from pathlib import Path

import pytest

from cli.commands.logs import log_files
from cli.errors import CliError
from offline.state import LakeFolder


@pytest.fixture
def folder(tmp_path: Path) -> LakeFolder:
    folder = LakeFolder(root=tmp_path, name="demo")
    folder.logs.mkdir(parents=True)
    for name in ("emulator", "lambda-legacy_Echo", "lambda-local-thermocline-ingest", "runner"):
        (folder.logs / f"{name}.log").touch()
    return folder


@pytest.mark.parametrize(
    ("target", "files"),
    [
        ("ingest", ["lambda-local-thermocline-ingest"]),
        ("legacy_Echo", ["lambda-legacy_Echo"]),
        ("runner", ["runner"]),
        (None, ["emulator", "lambda-legacy_Echo", "lambda-local-thermocline-ingest", "runner"]),
    ],
)
def test_a_target_is_a_function_or_a_child(folder: LakeFolder, target: str | None, files: list[str]) -> None:
    assert [path.stem for path in log_files(folder, target)] == files


def test_an_unknown_target_is_told_what_there_is(folder: LakeFolder) -> None:
    with pytest.raises(CliError, match="there are emulator, legacy_Echo, ingest, runner"):
        log_files(folder, "convert")
