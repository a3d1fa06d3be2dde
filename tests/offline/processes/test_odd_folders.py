"""A project runs in a folder of any name: functions in Python, in JavaScript, in TypeScript."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.offline.processes.one_function import Invoke, Lake, result

NAMES = ("lake one ü", "it's (a) $b & c; #1 100%?")
PYTHON = "def handler(event, context):\n    return event\n"
JAVASCRIPT = "import { same } from './same.mjs'\nexport const handler = async (event) => same(event)\n"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("file", "text", "runtime"),
    [("handler.py", PYTHON, "python3.14"), ("handler.mjs", JAVASCRIPT, "nodejs24.x")],
    ids=["python", "javascript"],
)
def test_a_function_runs_in_a_folder_of_any_name(tmp_path: Path, name: str, file: str, text: str, runtime: str) -> None:
    lake = Lake(tmp_path / name, file=file, text=text, runtime=runtime)
    for package in (lake.handler.parent, lake.handler.parent.parent):
        (package / "__init__.py").touch()
    (lake.handler.parent / "same.mjs").write_text("export const same = (value) => value\n")

    async def use(invoke: Invoke) -> None:
        assert result(await invoke(text="ü")) == {"text": "ü"}

    lake.run(use)
    assert lake.log.exists()
