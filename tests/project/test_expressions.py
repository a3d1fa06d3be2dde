"""Regular expressions that every Python from 3.11 on reads alike."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = ("benchmarks", "checks", "cli", "examples", "lambdas", "offline", "stacks", "tests", "thermocline")
# Before 3.11.5 a match may end too early behind a possessive quantifier or an atomic group (CPython's issue 106052).
POSSESSIVE = re.compile(r"(?<!\\)(?:\\\\)*(?:[*+?]|\{\d*,?\d*\})\+|\(\?>")
COMPILERS = {"compile", "match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer"}


def test_no_possessive_quantifier_or_atomic_group() -> None:
    folders = (ROOT / folder for folder in FOLDERS)
    files = [path for folder in folders for path in folder.rglob("*.py") if path != Path(__file__)]
    found = [f"{path.relative_to(ROOT)}:{line}" for path in files for line in possessive_lines(path.read_text())]
    assert len(files) > 20
    assert found == []


@pytest.mark.parametrize("expression", ["a*+b", "[^x]++", "a?+", "a{2,3}+", "(?>a|b)", r"(?:\\.)*+", r"\\*+"])
def test_each_form_is_found(expression: str) -> None:
    assert list(possessive_lines(f"re.compile({expression!r})")) == [1]


@pytest.mark.parametrize("expression", [r"a*\+", r"\*+", r"[a-z]+?x", r"a+(b)", "(?:a+b)+"])
def test_what_only_looks_like_one_is_not(expression: str) -> None:
    assert list(possessive_lines(f"re.compile({expression!r})")) == []


def possessive_lines(source: str) -> list[int]:
    """Return the lines on which an expression given to `re`, as a whole or in parts, has such syntax."""
    texts = (
        part
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in COMPILERS
        for argument in call.args
        for part in ast.walk(argument)
        if isinstance(part, ast.Constant)
    )
    return sorted({part.lineno for part in texts if POSSESSIVE.search(_text(part.value))})


def _text(value: object) -> str:
    return value.decode(errors="replace") if isinstance(value, bytes) else str(value)
