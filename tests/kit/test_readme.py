"""The example of the kit's README, as it is written there."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import kit
from kit import constructs

README = Path(kit.__file__).with_name("README.md")
FILE = re.compile(r"`([\w/]+\.py)`:\n\n```python\n(.*?)```", re.DOTALL)


def test_the_example_is_an_app(tmp_path: Path) -> None:
    files = dict(FILE.findall(README.read_text()))
    assert files.keys() == {"app.py", "src/notes.py"}
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    environment = os.environ | {"PYTHONPATH": str(README.parents[1]), "CDK_OUTDIR": str(tmp_path / "cdk.out")}
    subprocess.run((sys.executable, "app.py"), cwd=tmp_path, env=environment, check=True)
    template = json.loads((tmp_path / "cdk.out" / "dev-notes-main.template.json").read_text())
    functions = [each for each in template["Resources"].values() if each["Type"] == "AWS::Lambda::Function"]
    assert sorted(function["Properties"]["Handler"] for function in functions) == [
        "notes.count", "notes.create", "notes.list_all",
    ]  # fmt: skip
    assert "Url" in template["Outputs"]


def test_every_construct_it_names_is_there() -> None:
    (row,) = [line for line in README.read_text().splitlines() if line.startswith("| `constructs/`")]
    names = re.findall(r"`(\w+)`", row)
    assert names
    assert set(names) <= set(constructs.__all__)
