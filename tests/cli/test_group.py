"""What goes wrong for reasons that a person can put right is one line, and so is an interrupt."""

from __future__ import annotations

import errno
import os

import pytest
import typer
from typer.testing import CliRunner

from cli.errors import CliError, WrongUsageError
from cli.group import LakeGroup
from offline.interrupts import Terminated


def run(error: BaseException) -> tuple[int, str]:
    app = typer.Typer(cls=LakeGroup)

    @app.command()
    def fail() -> None:
        raise error

    @app.command()
    def other() -> None: ...

    done = CliRunner().invoke(app, ["fail"])
    return done.exit_code, done.stderr


@pytest.mark.parametrize(
    ("error", "status", "told"),
    [
        (CliError("no\nsuch lake"), 1, "lake: no such lake\n"),
        (WrongUsageError("say which"), 2, "lake: say which\n"),
        (KeyboardInterrupt(), 130, "lake: interrupted\n"),
        (Terminated(15), 143, "lake: interrupted\n"),
        (
            ModuleNotFoundError("No module named 'jsonschema'", name="jsonschema"),
            1,
            "lake: the package jsonschema is not installed: `make setup` installs what this command needs\n",
        ),
        (
            OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/x/state.json"),
            1,
            "lake: /x/state.json: No space left on device: free some space, then try again\n",
        ),
        (
            OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)),
            1,
            "lake: No space left on device: free some space, then try again\n",
        ),
        (
            PermissionError(errno.EACCES, "Permission denied", ".lake/local"),
            1,
            "lake: .lake/local: Permission denied: it belongs to another user, or may not be written\n",
        ),
    ],
)
def test_one_line_that_says_what_to_do(error: BaseException, status: int, told: str) -> None:
    assert run(error) == (status, told)


@pytest.mark.parametrize(
    "error", [ModuleNotFoundError("No module named 'cli.nothing'", name="cli.nothing"), OSError(errno.EIO, "I/O error")]
)
def test_a_mistake_of_ours_keeps_its_traceback(error: Exception) -> None:
    assert run(error) == (1, "")
