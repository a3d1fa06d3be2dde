"""The ingest function, wired as in production to AWS as moto plays it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from lambdas.ingest.handler import handler
from tests.events import sample_json
from tests.fakes.aws import AwsClient
from tests.fakes.requests import write_key
from tests.fakes.way_in import STREAMS, lines


def post(body: str, key: str, **headers: str) -> tuple[int, dict[str, Any]]:
    event = sample_json("http_api_request.json")
    event["headers"] |= {name.replace("_", "-"): value for name, value in headers.items()}
    event["headers"]["Authorization"] = f"Bearer {key}"
    answer = handler(event | {"body": body}, None)
    return answer["statusCode"], json.loads(answer["body"])


def test_events_go_from_the_request_to_the_raw_objects(s3: Any, capsys: pytest.CaptureFixture[str]) -> None:
    answer = post('{"event_id":"e1"}\nnonsense\n{"event_id":"e2"}', write_key("shop"))
    assert answer == (200, {"success": True, "accepted": 3, "quarantined": 1})
    assert [row["event_id"] for row in lines(s3, "clickstream")] == ["e1", "e2"]
    assert [row["payload"] for row in lines(s3, "quarantine")] == ["nonsense"]
    metrics = json.loads(capsys.readouterr().out)
    assert (metrics["Source"], metrics["AcceptedEvents"], metrics["QuarantinedEvents"]) == ("shop", 3, 1)


def test_a_wrong_key_is_refused(s3: Any, capsys: pytest.CaptureFixture[str]) -> None:
    status, body = post("{}", "shop.wrong")
    assert (status, body["code"]) == (401, "unauthorized")
    assert lines(s3, "clickstream") == []
    assert capsys.readouterr().out == ""


def test_behind_the_edge_two_secrets_open_the_api_and_nothing_else(
    s3: Any, aws: AwsClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    aws("secretsmanager").create_secret(Name="edge", SecretString="oldest")
    for value in ("before", "now"):
        aws("secretsmanager").put_secret_value(SecretId="edge", SecretString=value)
    monkeypatch.setenv("LAKE_EDGE_SECRET", "edge")
    firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
    for secret, status in (("now", 200), ("before", 200), ("oldest", 403), ("", 403)):
        headers = {"x_lake_edge_secret": secret, "x_lake_edge_viewer": "8.8.4.4", "User_Agent": firefox}
        assert post("{}", write_key("shop"), **headers)[0] == status, secret
    assert [row["ip_masked"] for row in lines(s3, "clickstream")] == ["8.8.4.0"] * 2


def test_a_stream_that_is_gone_is_not_acknowledged(s3: Any, aws: AwsClient) -> None:
    aws("firehose").delete_delivery_stream(DeliveryStreamName=STREAMS["clickstream"])
    status, body = post("{}", write_key("shop"))
    assert (status, body["code"]) == (503, "unavailable")


def change(file: str, time: int) -> bytes:
    source = {"connector": "mysql", "db": "shop", "table": "t", "server_id": 1, "file": file, "pos": 4, "ts_ms": time}
    return json.dumps({"op": "u", "after": {"id": 9}, "source": source}).encode()


def post_changes(body: bytes) -> tuple[int, dict[str, Any]]:
    event = sample_json("http_api_request.json") | {"rawPath": "/v1/cdc/shop", "body": body.decode()}
    event["headers"]["Authorization"] = f"Bearer {write_key('shop-db')}"
    answer = handler(event, None)
    return answer["statusCode"], json.loads(answer["body"])


def test_changes_have_the_epochs_of_the_table(s3: Any, aws: AwsClient) -> None:
    for file, time in (("mysql-bin.000010", 1795650000000), ("binlog.000002", 1795658000000)):
        assert post_changes(change(file, time))[0] == 200
    rows = sorted(lines(s3, "cdc_log"), key=lambda row: str(row["position_sort"]))
    assert [(row["epoch"], row["position"]) for row in rows] == [(1, "mysql-bin.000010:4:0"), (2, "binlog.000002:4:0")]
    (item,) = aws("dynamodb").scan(TableName="epochs")["Items"]
    assert item["pk"] == {"S": "shop-db#shop"}


def test_changes_are_not_acknowledged_while_their_epochs_are_unknown(s3: Any, aws: AwsClient) -> None:
    aws("dynamodb").delete_table(TableName="epochs")
    status, body = post_changes(change("mysql-bin.000010", 1795650000000))
    assert (status, body["code"]) == (503, "unavailable")
    assert lines(s3, "cdc_log") == []
