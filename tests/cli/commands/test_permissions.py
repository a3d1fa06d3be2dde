from __future__ import annotations

from typing import Any

import pytest

from cli.commands.permissions import _role_of_python


class Functions:
    """Knows one function."""

    def __init__(self, runtime: str) -> None:
        self._configuration = {"Role": "arn:aws:iam::0:role/path/notes-role", "Runtime": runtime}

    def get_function_configuration(self, FunctionName: str) -> dict[str, Any]:
        return self._configuration


@pytest.mark.parametrize(
    ("runtime", "role"), [("python3.14", "notes-role"), ("nodejs24.x", None), ("provided.al2023", None)]
)
def test_only_functions_whose_calls_the_journal_sees_are_compared(runtime: str, role: str | None) -> None:
    assert _role_of_python(lambda _: Functions(runtime), "f") == role
