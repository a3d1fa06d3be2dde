"""Debugging where the debugger is not installed."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from cli.commands.dev import refuse_without_debugger
from cli.errors import CliError


def test_python_needs_its_debugger_and_javascript_does_not() -> None:
    with pytest.raises(CliError, match="debugpy is not installed: `make setup`"):
        refuse_without_debugger("python3.14", None)
    refuse_without_debugger("nodejs24.x", None)
    refuse_without_debugger("python3.14", find_spec("json"))
