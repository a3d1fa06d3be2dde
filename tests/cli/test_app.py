"""A command runs without the others being imported."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
import typer

from cli.app import COMMANDS, lake_app

ROOT = Path(__file__).parents[2]


def names(app: typer.Typer) -> list[str]:
    commands = [each.name or getattr(each.callback, "__name__", "") for each in app.registered_commands]
    return commands + [
        str(each.name or each.typer_instance.info.name) for each in app.registered_groups if each.typer_instance
    ]


@pytest.mark.parametrize("module", COMMANDS)
def test_each_module_registers_the_commands_that_are_known_of_it(module: str) -> None:
    app = typer.Typer()
    import_module(f"cli.commands.{module}").register(app)
    assert sorted(names(app)) == sorted(COMMANDS[module])


def test_a_command_that_is_named_is_alone_and_otherwise_there_are_all() -> None:
    assert names(lake_app(["diff", "--stage", "dev"])) == ["deploy", "diff"]
    for words in ([], ["--help"], ["--version"], ["trce"]):
        assert len(names(lake_app(words))) == sum(map(len, COMMANDS.values()))


def test_trace_imports_neither_the_demo_nor_certificates() -> None:
    code = "import sys; from cli.app import lake_app; lake_app(['trace']); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert "cli.commands.trace" in done.stdout.split()
    assert not {"cli.commands.demo", "trustme", "pyarrow", "jsonschema"} & set(done.stdout.split())
