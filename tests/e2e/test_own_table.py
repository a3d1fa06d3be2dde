"""A table of one's own, in a copy of the project that gets one contract and one source, and nothing else."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from cli.new.files import copy_files
from offline.environment import CODE_ROOT
from tests.e2e.lake import wait_for

LAKE = "from cli.main import app; app()"
SAMPLE = CODE_ROOT / "tests" / "samples" / "tables" / "money.ndjson"
pytestmark = [pytest.mark.long, pytest.mark.timeout(400)]


class Copy:
    """A copy of the project, and what the test does with its lake."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.exports: dict[str, str] = {}

    def lake(self, *arguments: str) -> str:
        command = [sys.executable, "-c", LAKE, *arguments]
        done = subprocess.run(command, cwd=self.root, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
        return done.stdout

    def post(self, body: bytes, media_type: str, **headers: str) -> dict[str, Any]:
        key = {"Authorization": f"Bearer {self.exports['LAKE_WRITE_KEY_ORDERS']}", "Content-Type": media_type}
        url = f"{self.exports['LAKE_INGEST_URL']}/v1/events"
        answer: dict[str, Any] = requests.post(url, data=body, headers=key | headers, timeout=30).json()
        return answer

    def wait_for(self, sql: str, rows: int) -> list[dict[str, Any]]:
        def look() -> list[dict[str, Any]]:
            found: list[dict[str, Any]] = json.loads(self.lake("query", sql, "--format", "json"))
            return found

        return wait_for(look, lambda found: len(found) >= rows)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copy]:
    root = tmp_path_factory.mktemp("own") / "lake"
    copy_files(CODE_ROOT, root)
    shutil.copy2(CODE_ROOT / "app.py", root)
    (root / "node_modules").symlink_to(CODE_ROOT / "node_modules")
    made = Copy(root)
    made.lake("contracts", "new", "orders", "--from", str(SAMPLE))
    with (root / "config" / "local.toml").open("a") as stage:
        stage.write('\n[sources.orders]\nstream = "orders"\n')
    try:
        made.lake("up")
        lines = (line.removeprefix("export ").partition("=") for line in made.lake("env").splitlines())
        made.exports = {name: value.strip("'\"") for name, _, value in lines}
        yield made
    finally:
        made.lake("down", "--all")


def test_its_rows_arrive_typed(copy: Copy) -> None:
    assert copy.post(SAMPLE.read_bytes(), "application/x-ndjson") == {"success": True, "accepted": 4, "quarantined": 0}
    texts = "cast(total AS varchar) AS total, cast(balance AS varchar) AS balance, typeof(paid_at) AS paid_at"
    rows = copy.wait_for(f"SELECT order_id, amount_cents, {texts} FROM orders WHERE order_id < 'B' ORDER BY 1", 4)
    assert [(row["order_id"], row["total"], row["amount_cents"]) for row in rows[:3]] == [
        ("A-1", "19.990000000", 1999),
        ("A-2", "20.000000000", 2000),
        ("A-3", "100.000000000", 0),
    ]
    assert rows[0]["balance"] == "12345678901234567890.123456789"
    assert rows[0]["paid_at"] == "timestamp(6)"


def test_bad_rows_are_in_quarantine_and_their_neighbours_are_stored(copy: Copy) -> None:
    body = b'[{"order_id": "B-1", "total": "much"}, {"order_id": "B-2", "total": 5}, {"order_id": 7}]'
    assert copy.post(body, "application/json") == {"success": True, "accepted": 3, "quarantined": 2}
    assert len(copy.wait_for("SELECT 1 FROM orders WHERE order_id = 'B-2'", 1)) == 1
    bad = copy.wait_for("SELECT reason, payload FROM quarantine WHERE stream = 'orders' ORDER BY payload", 2)
    assert [(row["reason"], json.loads(row["payload"])) for row in bad] == [
        ("invalid", {"order_id": "B-1", "total": "much"}),
        ("invalid", {"order_id": 7}),
    ]


def test_csv_and_cloudevents_are_rows_too(copy: Copy) -> None:
    table = b'order_id,total,currency\r\nC-1,1.50,"EUR"\r\nC-2,,"a ""quoted"", comma"\r\n'
    assert copy.post(table, "text/csv")["accepted"] == 2
    event = {"specversion": "1.0", "id": "e-1", "source": "/shop", "type": "order", "data": {"order_id": "D-1"}}
    assert copy.post(json.dumps(event).encode(), "application/cloudevents+json")["accepted"] == 1
    sql = "SELECT order_id, currency FROM orders WHERE order_id LIKE 'C-%' OR order_id LIKE 'D-%' ORDER BY 1"
    rows = copy.wait_for(sql, 3)
    assert [(row["order_id"], row["currency"]) for row in rows] == [
        ("C-1", "EUR"),
        ("C-2", 'a "quoted", comma'),
        ("D-1", None),
    ]
