"""`lake promote`: what it prints, and its exit status."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest
import typer

from cli.commands import promote as command
from cli.promotion import Outcome

FINE = Outcome(table="clickstream", generations=("2026-11-26-12", "2026-11-26-13"), rows=12_345, dropped=6,
               watermark="2026-11-26-14")  # fmt: skip
STUCK = Outcome(table="telemetry", watermark="2026-11-26-13", problem="2 entries of 2026-11-26-13 are not done")


@pytest.fixture
def outcomes(monkeypatch: pytest.MonkeyPatch) -> list[Outcome]:
    """What the lake answers."""
    found = [FINE]

    def promote_all(_call: object, tables: Sequence[str], **options: Any) -> list[Outcome]:
        assert list(tables) == ["clickstream"]
        assert isinstance(options["everything"], bool)
        return found

    monkeypatch.setattr(command, "find_deployment", lambda **_: None)
    monkeypatch.setattr(command, "promote_function", lambda _lake: None)
    monkeypatch.setattr(command, "promote_all", promote_all)
    monkeypatch.setattr(command, "parked_objects", lambda _lake: ["raw/telemetry/x"])
    return found


def run(*, as_json: bool = False, everything: bool = True) -> None:
    command.promote(["clickstream"], everything=everything, json=as_json)


def test_a_table_shows_what_was_promoted_and_parked_objects_are_named(
    outcomes: list[Outcome], capsys: pytest.CaptureFixture[str]
) -> None:
    run()
    shown = capsys.readouterr()
    assert "12,345" in shown.out
    assert "2026-11-26-14" in shown.out
    assert "raw/telemetry/x" in shown.err


@pytest.mark.parametrize(
    ("everything", "outcome", "told"),
    [
        (False, Outcome(table="clickstream", watermark="2026-11-26-14"), True),
        (True, Outcome(table="clickstream", watermark="2026-11-26-14"), False),
        (False, FINE, False),
    ],
)
def test_where_nothing_is_closed_the_way_to_promote_all_the_same_is_told(
    outcomes: list[Outcome], capsys: pytest.CaptureFixture[str], everything: bool, outcome: Outcome, told: bool
) -> None:
    outcomes[:] = [outcome]
    run(everything=everything)
    assert ("lake promote --all" in capsys.readouterr().err) is told


def test_a_problem_is_a_line_and_an_exit_status(outcomes: list[Outcome], capsys: pytest.CaptureFixture[str]) -> None:
    outcomes.append(STUCK)
    with pytest.raises(typer.Exit) as ended:
        run()
    assert ended.value.exit_code == 1
    assert "telemetry: 2 entries of 2026-11-26-13 are not done" in capsys.readouterr().err


def test_json_has_everything(outcomes: list[Outcome], capsys: pytest.CaptureFixture[str]) -> None:
    outcomes.append(STUCK)
    with pytest.raises(typer.Exit):
        run(as_json=True)
    shown = json.loads(capsys.readouterr().out)
    assert shown["parked"] == ["raw/telemetry/x"]
    assert shown["tables"]["clickstream"] == {
        "generations": ["2026-11-26-12", "2026-11-26-13"],
        "rows": 12_345,
        "dropped": 6,
        "watermark": "2026-11-26-14",
        "problem": "",
    }
    assert shown["tables"]["telemetry"]["problem"] == STUCK.problem
