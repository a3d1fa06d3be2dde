"""Writes docs/cli.md from the commands themselves: ``python -m cli.reference [--check]``."""

from __future__ import annotations

import sys
from pathlib import Path

import typer
from typer.cli import get_docs_for_click

from cli.main import app

PAGE = Path(__file__).resolve().parents[1] / "docs" / "cli.md"
_HEAD = "<!-- Generated from the commands by `make docs`; do not edit. -->\n"


def reference() -> str:
    """Return the page."""
    command = typer.main.get_command(app)
    context = typer.Context(command, info_name="lake")
    return _HEAD + get_docs_for_click(obj=command, ctx=context, name="lake").strip() + "\n"


def main() -> int:
    """Write the page, or with ``--check`` tell whether it is up to date."""
    page = reference()
    if "--check" in sys.argv[1:]:
        if not PAGE.exists() or PAGE.read_text() != page:
            sys.stderr.write("docs/cli.md is out of date, run 'make docs'\n")
            return 1
        return 0
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page)
    return 0


if __name__ == "__main__":
    sys.exit(main())
