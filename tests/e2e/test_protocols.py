"""Every protocol's way through the front door to the tables."""

from __future__ import annotations

import base64
import datetime as dt
import hmac
import json
import time
from typing import Any
from uuid import uuid4

import pytest
import requests
from cloudevents.core.bindings.http import to_binary_event, to_structured_event
from cloudevents.core.v1.event import CloudEvent

from tests.e2e.lake import Lake, lake_command
from tests.events import sample
from thermocline.ingest.protocols.segment import CALL_OF_PATH
from thermocline.ingest.routes import ROUTES

ORIGIN = "https://shop.example"
POSTS = [route.removeprefix("POST ") for route in ROUTES if route.startswith("POST ")]
REAL_PATHS = {
    "/v1/cdc/{connector}": "/v1/cdc/shop",
    "/v1/cdc/{connector}/{epoch}": "/v1/cdc/shop/1",
    "/topics/{topic+}": "/topics/dt%2Fa%2Fb%2Fc%2Fd",
}
CHANGE = {
    "op": "c",
    "after": {"id": 1},
    "source": {"connector": "postgresql", "db": "d", "schema": "public", "table": "orders", "lsn": 7, "ts_ms": 1},
}


def body_for(path: str) -> tuple[str, dict[str, Any]]:
    """Return a source that may post to a path, and a body of one good event."""
    if path.startswith("/v1/cdc/"):
        return "shop-db", CHANGE
    if path.startswith("/topics/"):
        return "devices", {"metrics": {"m": 1}}
    if path == "/v1/events":
        return "shop", {"event_name": "Every route"}
    call = {"type": "track", "event": "Every route", "previousId": "a"}
    return "shop", {"batch": [call]} if CALL_OF_PATH.get(path, "batch") == "batch" else call


@pytest.mark.parametrize("route", POSTS)
def test_every_route_answers_200_and_echoes_the_origin(lake: Lake, route: str) -> None:
    path = REAL_PATHS.get(route, route)
    source, body = body_for(path)
    answer = lake.post(path, body, source=source, headers={"Origin": ORIGIN, "Content-Type": "application/json"})
    assert (answer.status_code, answer.json()) == (200, {"success": True, "accepted": 1, "quarantined": 0})
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert answer.headers["Access-Control-Allow-Credentials"] == "true"

    preflight = {"Origin": ORIGIN, "Access-Control-Request-Method": "POST"}
    allowed = requests.options(lake.deployment.ingest_url + path, headers=preflight, timeout=10)
    assert allowed.status_code == 204
    assert allowed.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert "content-type" in allowed.headers["Access-Control-Allow-Headers"]

    refused = requests.post(lake.deployment.ingest_url + path, json=body, headers={"Origin": ORIGIN}, timeout=10)
    assert (refused.status_code, refused.json().keys()) == (401, {"code", "message"})
    assert refused.headers["Access-Control-Allow-Origin"] == ORIGIN


def test_a_browser_sends_text_plain_with_its_key_in_the_body(lake: Lake) -> None:
    run = uuid4().hex
    call = {"messageId": run, "userId": run, "event": "Clicked", "writeKey": lake.deployment.write_key("shop")}
    headers = {"Content-Type": "text/plain", "Origin": ORIGIN}
    answer = requests.post(
        lake.deployment.ingest_url + "/v1/t", data=json.dumps(call).encode(), headers=headers, timeout=10
    )
    assert answer.json() == {"success": True, "accepted": 1, "quarantined": 0}
    sql = f"SELECT event_type, event_name FROM clickstream WHERE event_id = '{run}'"
    assert lake.wait_for(sql, 1) == [("track", "Clicked")]


def test_a_beacon_and_the_settings_that_sdks_ask_for_have_their_key_in_the_url(lake: Lake) -> None:
    url, key, run = lake.deployment.ingest_url, lake.deployment.write_key("shop"), uuid4().hex
    headers = {"Content-Type": "text/plain", "Origin": ORIGIN}
    batch = json.dumps({"batch": [{"type": "track", "event": "Left", "messageId": run}]})
    beacon = requests.post(f"{url}/beacon/v1/batch?writeKey={key}", data=batch, headers=headers, timeout=10)
    assert beacon.json() == {"success": True, "accepted": 1, "quarantined": 0}
    assert lake.wait_for(f"SELECT event_name FROM clickstream WHERE event_id = '{run}'", 1) == [("Left",)]

    config = requests.get(f"{url}/sourceConfig?p=npm&writeKey={key}", headers={"Origin": ORIGIN}, timeout=10)
    assert (config.status_code, config.json()["source"]["id"]) == (200, "shop")
    assert config.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert requests.head(f"{url}/sourceConfig?view=ad", auth=(key, ""), timeout=10).status_code == 200
    settings = requests.get(f"{url}/v1/projects/{key}/settings", timeout=10)
    assert settings.json()["integrations"]["Segment.io"]["apiKey"] == key


def test_cloudevents_of_cncfs_library_in_every_mode(lake: Lake) -> None:
    run = uuid4().hex

    def event(mode: str) -> CloudEvent:
        attributes = {
            "id": f"{run}-{mode}",
            "source": "/shop",
            "specversion": "1.0",
            "type": run,
            "subject": "Größe 100% €",
            "time": dt.datetime.now(dt.UTC),
            "datacontenttype": "application/json",
            "mode": mode,
        }
        return CloudEvent(attributes=attributes, data={"total": 19.99})

    binary, structured = to_binary_event(event("binary")), to_structured_event(event("structured"))
    for message in (binary, structured):
        assert lake.post("/v1/events", message.body, headers=message.headers).json()["accepted"] == 1
    batch = [json.loads(to_structured_event(event(f"batched{number}")).body) for number in range(2)]
    bad = {"id": f"{run}-bad", "specversion": "1.0", "type": run}
    answer = lake.post("/v1/events", [*batch, bad], headers={"Content-Type": "application/cloudevents-batch+json"})
    assert answer.json() == {"success": True, "accepted": 3, "quarantined": 1}

    sql = (
        "SELECT event_id, json_extract_scalar(context, '$.mode'), json_extract_scalar(context, '$.subject'),"
        f" json_extract_scalar(properties, '$.total') FROM clickstream WHERE event_name = '{run}' ORDER BY 1"
    )
    modes = ["batched0", "batched1", "binary", "structured"]
    assert lake.wait_for(sql, 4) == [(f"{run}-{mode}", mode, "Größe 100% €", "19.99") for mode in modes]
    where = f"protocol = 'cloudevents' AND payload LIKE '%{run}-bad%'"
    assert lake.wait_for(f"SELECT detail FROM quarantine WHERE {where}", 1) == [("source: is required",)]


def test_a_databases_changes_are_a_log_in_the_databases_order(lake: Lake) -> None:
    connector = uuid4().hex
    answer = lake.post(f"/v1/cdc/{connector}", sample("debezium_postgresql.json"), source="shop-db")
    assert answer.json() == {"success": True, "accepted": 9, "quarantined": 0, "skipped": 14}
    sql = (
        "SELECT op, pk, table_name, tx_seq, json_extract_scalar(after, '$.amount'), unavailable_columns"
        f" FROM cdc_log WHERE connector = '{connector}' ORDER BY position_sort"
    )
    unavailable = '["note","tags","nums","blob","longs","h"]'
    rows = lake.wait_for(sql, 9)
    assert sorted(rows[:2], key=str) == [
        ("r", '{"id":1}', "orders", None, "9.90", None),
        ("r", '{"id":2}', "orders", None, None, None),
    ]
    assert rows[2:] == [
        ("c", '{"id":3}', "orders", "1", "12345.67", None),
        ("u", '{"id":3}', "orders", "1", "12345.67", unavailable),
        ("d", '{"id":3}', "orders", "1", None, None),
        ("c", '{"id":4}', "orders", "2", "12345.67", unavailable),
        ("u", '{"id":4}', "orders", "3", "12345.67", unavailable),
        ("d", '{"id":1}', "orders", "1", None, None),
        ("c", None, "log", "1", None, None),
    ]


def test_a_databases_logs_are_ordered_by_their_epochs(lake: Lake, lake_name: str) -> None:
    connector = uuid4().hex

    def post(file: str, pos: int, ts_ms: int, path: str = "") -> int:
        place = {"db": "shop", "table": "prices", "server_id": 1, "file": file, "pos": pos, "ts_ms": ts_ms}
        after = {"id": 9, "name": f"{file}:{pos}"}
        change = {"op": "u", "after": after, "source": {"connector": "mysql", **place}}
        return int(lake.post(f"/v1/cdc/{connector}{path}", change, source="shop-db").json()["quarantined"])

    def names(rows: int) -> list[str | None]:
        sql = "SELECT json_extract_scalar(after, '$.name'), epoch FROM cdc_log"
        return [
            name for name, _ in lake.wait_for(f"{sql} WHERE connector = '{connector}' ORDER BY position_sort", rows)
        ]

    assert post("mysql-bin.000010", 5000, 1795650000000) == 0
    assert post("binlog.000002", 157, 1795658000000) == 0
    assert post("mysql-bin.000011", 4, 1795659000000) == 1
    since = dt.datetime.fromtimestamp(1795659000, dt.UTC).isoformat()
    done = lake_command(
        "cdc", "new-epoch", connector, "--source", "shop-db", "--since", since, "--json", name=lake_name
    )
    assert [epoch["epoch"] for epoch in json.loads(done.stdout)["epochs"]] == [1, 2, 3]
    assert post("mysql-bin.000011", 4, 1795659000000) == 0
    assert post("binlog.000001", 4, 1795670000000, path="/4") == 0
    assert names(4) == ["mysql-bin.000010:5000", "binlog.000002:157", "mysql-bin.000011:4", "binlog.000001:4"]


def test_decimals_as_bytes_are_quarantined_with_the_remedy(lake: Lake) -> None:
    connector = uuid4().hex
    body = sample("debezium_with_schema.json").replace(b'"new"', f'"{connector}"'.encode())
    assert lake.post(f"/v1/cdc/{connector}", body, source="shop-db").json()["quarantined"] == 1
    where = f"stream = 'cdc_log' AND payload LIKE '%{connector}%'"
    [(reason, detail)] = lake.wait_for(f"SELECT reason, detail FROM quarantine WHERE {where}", 1)
    assert reason == "unsupported"
    assert (detail or "").endswith("set decimal.handling.mode=string in the connector")


def test_debezium_server_signs_instead_of_sending_its_key(lake: Lake) -> None:
    body = '[null,{"ts_ms":1},{"key":{"n":"Größe"},"value":null}]'.encode()
    sent = str(int(time.time()))
    signed = b"msg_1.%s.%s" % (sent.encode(), body)
    digest = hmac.digest(lake.deployment.write_key("shop-db").encode(), signed, "sha256")
    headers = {
        "Content-Type": "application/json",
        "webhook-id": "msg_1",
        "webhook-timestamp": sent,
        "webhook-signature": "v1," + base64.b64encode(digest).decode(),
    }
    url = lake.deployment.ingest_url + "/v1/cdc/shop"
    answer = requests.post(url, data=body, headers=headers, timeout=10)
    assert (answer.status_code, answer.json()["skipped"]) == (200, 3)
    assert requests.post(url, data=body + b" ", headers=headers, timeout=10).status_code == 401


def test_a_key_that_is_public_cannot_write_changes(lake: Lake) -> None:
    answer = lake.post("/v1/cdc/shop", CHANGE, source="shop")
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
