"""RudderStack's Python client, unmodified: it compresses by default, and says that its body is JSON."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from uuid import uuid4

import pytest
from rudderstack.analytics.client import Client

from cli.project import lake_folder
from offline.deployment import load_deployment, save_deployment
from tests.e2e.lake import Lake, wait_for

EVENTS = 250


def send(lake: Lake, run: str, events: int) -> None:
    """Send events by RudderStack's client as it is."""
    client = Client(lake.deployment.write_key("shop"), host=lake.deployment.ingest_url)
    for number in range(events):
        client.track(user_id="u1", event=run, properties={"number": number, "name": "Größe"})
    client.flush()
    client.join()


def test_through_the_edge_every_event_lands(lake: Lake, caplog: pytest.LogCaptureFixture) -> None:
    run = uuid4().hex
    with caplog.at_level(logging.WARNING):
        send(lake, run, EVENTS)
    assert [record.message for record in caplog.records if record.name.startswith("rudder")] == []
    sql = (
        "SELECT count(*), count(DISTINCT json_extract_scalar(properties, '$.number')),"
        f" min(json_extract_scalar(properties, '$.name')) FROM clickstream WHERE event_name = '{run}'"
    )
    wait_for(lambda: lake.query(sql), lambda rows: rows == [(str(EVENTS), str(EVENTS), "Größe")])


def test_without_the_edge_its_log_says_415_and_what_to_do(
    lake: Lake, lake_name: str, caplog: pytest.LogCaptureFixture
) -> None:
    with without_the_edge(lake, lake_name), caplog.at_level(logging.WARNING):
        send(lake, uuid4().hex, 1)
    said = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("rudder"))
    assert "compressed_as_text" in said
    assert "(415)" in said
    assert "application/octet-stream" in said


@contextmanager
def without_the_edge(lake: Lake, lake_name: str) -> Iterator[None]:
    """Have the lake as `[edge] enabled = false` deploys it: no function in front, and an API that asks no secret."""
    folder, functions = lake_folder(lake_name), lake.deployment.client("lambda")
    deployed, name = load_deployment(folder), "local-thermocline-ingest"
    assert deployed is not None
    variables = functions.get_function_configuration(FunctionName=name)["Environment"]["Variables"]
    try:
        off = variables | {"LAKE_EDGE_SECRET": ""}
        functions.update_function_configuration(FunctionName=name, Environment={"Variables": off})
        save_deployment(folder, replace(deployed, ingest=replace(deployed.ingest, edge_secret="")))
        yield
    finally:
        functions.update_function_configuration(FunctionName=name, Environment={"Variables": variables})
        save_deployment(folder, deployed)
