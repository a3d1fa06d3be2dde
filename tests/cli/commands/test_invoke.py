from __future__ import annotations

from typing import Any

import pytest

from cli.commands.invoke import _error_lines

PYTHON = {"errorType": "ValueError", "errorMessage": "no", "stackTrace": ['  File "a.py", line 1, in main\n']}
NODE = {"errorType": "Error", "errorMessage": "no", "trace": ["Error: no", "    at main (a.ts:1:1)"]}


@pytest.mark.parametrize(
    ("error", "lines"),
    [
        (PYTHON, ["ValueError: no", '  File "a.py", line 1, in main']),
        (NODE, ["Error: no", "    at main (a.ts:1:1)"]),
        ({"errorType": "string", "errorMessage": "no", "trace": []}, ["string: no"]),
        ({"errorMessage": "no"}, ["Error: no"]),
    ],
)
def test_an_error_is_told_with_the_stack_trace_of_its_language(error: dict[str, Any], lines: list[str]) -> None:
    assert list(_error_lines(error)) == lines
