"""`lake replay`: what it prints."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cli.commands import replay as command
from cli.replay import Difference

GEN = "2026-11-22-12"
FOUND = [
    Difference(table="quarantine", gen=GEN, vanish=1, examples={"vanish": ("q1",)}),
    Difference(table="clickstream", gen=GEN, appear=12_345, examples={"appear": ("e1", "e2")}),
]


@pytest.fixture(autouse=True)
def lake(monkeypatch: pytest.MonkeyPatch) -> None:
    class Replaying:
        def __init__(self, _call: object, **options: Any) -> None:
            self._show = options["show"]

        def __call__(self, table: str, first: str, last: str, *, dry: bool) -> list[Difference]:
            assert (table, first, last) == ("clickstream", GEN, GEN)
            self._show("converting objects", 1, 2)
            return FOUND

    monkeypatch.setattr(command, "find_deployment", lambda **_: None)
    monkeypatch.setattr(command, "function_call", lambda _lake, _name: None)
    monkeypatch.setattr(command, "Replaying", Replaying)


def test_each_generation_is_a_line_and_a_dry_run_has_examples(capsys: pytest.CaptureFixture[str]) -> None:
    command.replay("clickstream", GEN, GEN, dry_run=True)
    shown = capsys.readouterr()
    assert "12,345" in shown.out
    assert f"{GEN} clickstream appear: e1, e2" in shown.out
    assert "nothing was changed" in shown.err


def test_a_replay_tells_no_examples(capsys: pytest.CaptureFixture[str]) -> None:
    command.replay("clickstream", GEN, GEN)
    shown = capsys.readouterr()
    assert "12,345" in shown.out
    assert "e1" not in shown.out
    assert "nothing was changed" not in shown.err


def test_json_has_everything(capsys: pytest.CaptureFixture[str]) -> None:
    command.replay("clickstream", GEN, GEN, dry_run=True, json=True)
    shown = json.loads(capsys.readouterr().out)
    assert shown["dry_run"] is True
    assert shown["generations"][1] == {
        "table": "clickstream",
        "gen": GEN,
        "appear": 12_345,
        "change": 0,
        "vanish": 0,
        "examples": {"appear": ["e1", "e2"]},
    }
