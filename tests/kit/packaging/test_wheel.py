from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kit.packaging.wheel import make_wheel


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    (folder / "thing").mkdir(parents=True)
    code = "from pathlib import Path\nTEXT = (Path(__file__).parents[1] / 'more' / 'a.txt').read_text()\n"
    (folder / "thing" / "__init__.py").write_text(code)
    (folder / "more").mkdir()
    (folder / "more" / "a.txt").write_text("data files, too")
    return folder


def test_it_is_installed_with_its_data_files(source: Path, tmp_path: Path) -> None:
    wheel = make_wheel(source, tmp_path, name="thing")
    command = (sys.executable, "-m", "uv", "pip", "install", "--quiet", "--offline", "--target", tmp_path / "site")
    subprocess.run((*command, wheel), check=True)
    shown = subprocess.run(
        (sys.executable, "-c", "import thing; print(thing.TEXT)"), cwd=tmp_path / "site", check=True,
        capture_output=True, text=True,
    )  # fmt: skip
    assert shown.stdout == "data files, too\n"


def test_the_same_files_are_the_same_wheel_and_others_have_another_name(source: Path, tmp_path: Path) -> None:
    one, two = (tmp_path / name for name in ("one", "two"))
    one.mkdir()
    two.mkdir()
    first, second = make_wheel(source, one, name="thing"), make_wheel(source, two, name="thing")
    assert (first.name, first.read_bytes()) == (second.name, second.read_bytes())
    (source / "more" / "a.txt").write_text("another text")
    assert make_wheel(source, two, name="thing").name != first.name
    assert make_wheel(source, one, name="thing", requires=["msgspec==1"]).name != first.name
