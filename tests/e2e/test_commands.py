"""The commands, as a person or a script runs them."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import uuid4

from tests.e2e.lake import Lake, lake_command


def test_sent_lines_are_counted_and_queried(lake: Lake, lake_name: str, tmp_path: Path) -> None:
    run = uuid4().hex
    events = [{"event_name": "Sent", "user_id": run, "event_id": f"{run}-{n}"} for n in range(600)]
    lines = [*map(json.dumps, events), '{"event_name": "broken'] * 2  # each twice: its twin shows once
    file = tmp_path / "events.ndjson"
    file.write_text("\n".join(lines) + "\n")

    sent = json.loads(lake_command("send", str(file), "--source", "shop", "--json", name=lake_name).stdout)
    assert sent == {"sent": 1202, "accepted": 1202, "quarantined": 2}

    lake.wait_for(f"SELECT 1 FROM clickstream WHERE user_id = '{run}'", 600)
    count = f"select count(*) from clickstream where user_id = '{run}'"
    assert lake_command("query", count, "--format", "csv", name=lake_name).stdout == "_col0\n600\n"


def test_a_wrong_query_is_one_line_that_says_why(lake: Lake, lake_name: str) -> None:
    done = lake_command("query", "select no_such_column from clickstream", name=lake_name, ok=False)
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "COLUMN_NOT_FOUND" in done.stderr


def test_env_points_any_client_at_the_lake(lake: Lake, lake_name: str) -> None:
    lines = lake_command("env", name=lake_name).stdout.splitlines()
    exported = dict(line.removeprefix("export ").split("=", 1) for line in lines)
    assert exported["LAKE_INGEST_URL"].strip("'") == lake.deployment.ingest_url
    assert exported["LAKE_WRITE_KEY_WEATHER"].strip("'") == lake.deployment.write_key("weather")


def test_logs_show_what_a_function_did(lake: Lake, lake_name: str) -> None:
    lake.post("/v1/events", {"event_name": "Logged"})
    assert "REPORT RequestId" in lake_command("logs", "ingest", "--lines", "20", name=lake_name).stdout
