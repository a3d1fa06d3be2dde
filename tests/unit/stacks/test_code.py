from __future__ import annotations

from pathlib import Path

from stacks.code import PACKAGES, stage_code


def test_staged_code_is_the_packages_and_nothing_else(tmp_path: Path) -> None:
    root = tmp_path / "project"
    for package in (*PACKAGES, "stacks", "offline"):
        (root / package / "__pycache__").mkdir(parents=True)
        (root / package / "__pycache__" / "module.cpython-313.pyc").write_bytes(b"")
        (root / package / "module.py").write_text("")
    (root / "app.py").write_text("")
    (root / "lambdas" / ".hidden").write_text("")
    stage_code(root, tmp_path / "staged")
    files = {path.relative_to(tmp_path / "staged").as_posix() for path in (tmp_path / "staged").rglob("*")}
    assert files == {*PACKAGES, *(f"{package}/module.py" for package in PACKAGES)}
