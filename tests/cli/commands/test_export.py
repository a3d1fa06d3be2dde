"""`lake export`: what it prints."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from cli import exported
from cli.commands import erase, export
from thermocline.export.model import ExportedTable, Level, Manifest

COLUMNS = {"user_id": "string"}
FOUND = ExportedTable(
    file="clickstream.ndjson",
    rows=1_234,
    watermark="2026-11-26-14",
    warm=Level(files=7, rows=1_200),
    hot=Level(files=3, rows=34),
    columns=COLUMNS,
)
MANIFEST = Manifest(
    at=dt.datetime(2026, 11, 26, tzinfo=dt.UTC),
    suppression=2,
    keys=("user_id",),
    tables={"clickstream": FOUND},
    not_searched=("cdc_log",),
)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Mapping[str, frozenset[str]], Path | None]]:
    """What was asked of the lake."""
    asked: list[tuple[Mapping[str, frozenset[str]], Path | None]] = []

    def export_subjects(_lake: object, subjects: Any, to: Path | None, *, show: Any) -> Manifest:
        asked.append((subjects, to))
        show("clickstream: hot file 1 of 3")
        return MANIFEST

    monkeypatch.setattr(exported, "export_subjects", export_subjects)
    for command in (erase, export):
        monkeypatch.setattr(command, "find_deployment", lambda **_: SimpleNamespace(stage="local"))
    return asked


def test_rows_are_counted_by_table_and_level(asked: list[Any], capsys: pytest.CaptureFixture[str]) -> None:
    export.export(Path("ada.zip"), subjects=["user_id=ada"])
    assert asked == [({"user_id": {"ada"}}, Path("ada.zip"))]
    shown = capsys.readouterr()
    assert "1,234 rows in ada.zip" in shown.out
    assert "1,200" in shown.out
    assert "cdc_log" in shown.err
    assert "user_id=ada" not in shown.out + shown.err


def test_json_is_the_manifest(asked: list[Any], capsys: pytest.CaptureFixture[str]) -> None:
    export.export(Path("ada.zip"), subjects=["user_id=ada"], json=True)
    assert json.loads(capsys.readouterr().out)["tables"]["clickstream"]["warm"] == {"files": 7, "rows": 1_200}


def test_a_dry_run_of_an_erasure_counts_the_same_and_writes_nothing(
    asked: list[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    erase.erase(subjects=["user_id=ada"], dry_run=True)
    assert asked == [({"user_id": {"ada"}}, None)]
    assert "1,200" in capsys.readouterr().out
    erase.erase(subjects=["user_id=ada"], dry_run=True, json=True)
    assert json.loads(capsys.readouterr().out)["suppression"] == 2
