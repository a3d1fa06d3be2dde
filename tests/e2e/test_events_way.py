"""An event's whole way: front door, ingest, Firehose, raw, convert, hot Parquet, Athena."""

from __future__ import annotations

import datetime as dt
import gzip
import json
from uuid import uuid4

import awswrangler
import boto3
import pytest
import requests
from segment.analytics.client import Client

from cli.demo.weather import _iot_client as iot_client
from cli.demo.weather import send_packs
from tests.e2e.lake import Lake, segment_batch, wait_for


def test_health(lake: Lake) -> None:
    answer = requests.get(lake.deployment.ingest_url + "/healthz", timeout=10)
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_a_bad_event_between_good_ones_is_quarantined_with_its_reason(lake: Lake) -> None:
    run = uuid4().hex
    good = [{"type": "track", "event": "Good", "userId": run, "messageId": f"{run}-{n}"} for n in range(2)]
    bad = {"type": "no-such-type", "userId": run, "messageId": f"{run}-bad"}
    answer = lake.post("/v1/batch", segment_batch(good[0], bad, good[1]))
    assert (answer.status_code, answer.json()) == (200, {"success": True, "accepted": 3, "quarantined": 1})

    rows = lake.wait_for(f"SELECT event_id FROM clickstream WHERE user_id = '{run}' ORDER BY 1", 2)
    assert rows == [(f"{run}-0",), (f"{run}-1",)]
    where = f"payload LIKE '%{run}-bad%'"
    quarantined = lake.wait_for(f"SELECT stream, stage, reason, detail, payload FROM quarantine WHERE {where}", 1)
    detail = "event_type: is not one of the allowed values"
    assert quarantined == [("clickstream", "ingest", "invalid", detail, json.dumps(bad))]


def test_every_value_arrives_to_the_digit(lake: Lake) -> None:
    run = uuid4().hex
    body = (
        f'{{"event_name": "Order", "user_id": "{run}", "revenue": 12345678901234567890.123456789,'
        ' "properties": {"id": 9007199254740993, "huge": 123456789012345678901234567890}}'
    )
    assert lake.post("/v1/events", gzip.compress(body.encode()), headers={"Content-Encoding": "gzip"}).ok
    sql = f"SELECT cast(revenue AS varchar), properties, source FROM clickstream WHERE user_id = '{run}'"
    [(revenue, properties, source)] = lake.wait_for(sql, 1)
    assert revenue == "12345678901234567890.123456789"
    assert properties == '{"id": 9007199254740993, "huge": 123456789012345678901234567890}'
    assert source == "shop"


def test_segments_own_client_with_a_backfill_key_keeps_past_times(lake: Lake) -> None:
    run, key = uuid4().hex, lake.deployment.write_key("shop-history")
    client = Client(key, host=lake.deployment.ingest_url, gzip=True, upload_interval=0.1)
    client.track(run, "Long Ago", {}, timestamp=dt.datetime(2013, 1, 1, 6, tzinfo=dt.UTC))
    client.flush()
    client.join()
    sql = f"SELECT event_time, library_name, time_clamped FROM clickstream WHERE user_id = '{run}'"
    assert lake.wait_for(sql, 1) == [("2013-01-01 06:00:00.000", "analytics-python", "false")]


def test_awss_iot_client_publishes_a_senml_pack(lake: Lake) -> None:
    device = uuid4().hex
    pack = (
        f"dt/t/site/{device}/weather",
        [{"bn": f"{device}/", "bt": 1357000000, "n": "temp", "u": "Cel", "v": 3.9}, {"n": "humid", "t": 60, "v": 81}],
    )
    key = lake.deployment.write_key("weather")
    errors = send_packs([pack], ingest_url=lake.deployment.ingest_url, write_key=key, progress=lambda _count: None)
    assert errors == []
    sql = f"SELECT metric, value_double, unit, stream, event_time FROM telemetry WHERE device_id = '{device}'"
    assert sorted(lake.wait_for(sql, 2)) == [
        ("humid", "81.0", None, "weather", "2013-01-01 00:27:40.000"),
        ("temp", "3.9", "Cel", "weather", "2013-01-01 00:26:40.000"),
    ]


def test_awss_iot_client_publishes_what_a_device_sends(lake: Lake) -> None:
    device = uuid4().hex
    message = {
        "Time": "2013-01-01T00:26:40",
        "TempUnit": "C",
        "Switch1": "ON",
        "DS18B20-1": {"Id": "01131B1EA8BB", "Temperature": 20.5},
    }
    key = lake.deployment.write_key("weather")
    client = iot_client(lake.deployment.ingest_url, key)
    client.publish(topic=f"tele/{device}/SENSOR", qos=1, payload=json.dumps(message))
    client.publish(topic=f"shellies/{device}/relay/0/power", qos=1, payload=b"8.5")
    sql = f"SELECT metric, value_double, value_string, unit, extra FROM telemetry WHERE device_id = '{device}'"
    extra = '{"TempUnit":"C","DS18B20-1":{"Id":"01131B1EA8BB"}}'
    assert sorted(lake.wait_for(sql, 3)) == [
        ("DS18B20-1.Temperature", "20.5", None, "Cel", extra),
        ("Switch1", None, "ON", None, extra),
        ("relay.0.power", "8.5", None, None, None),
    ]


def test_awswrangler_reads_the_lake(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    run = uuid4().hex
    assert lake.post("/v1/events", {"event_name": "Wrangled", "user_id": run}).ok
    sql = f"SELECT event_name, is_bot, received_at FROM clickstream WHERE user_id = '{run}'"
    lake.wait_for(sql, 1)
    monkeypatch.setenv("AWS_ENDPOINT_URL", lake.deployment.endpoints[""])
    monkeypatch.setenv("AWS_ENDPOINT_URL_ATHENA", lake.deployment.endpoints["athena"])
    frame = awswrangler.athena.read_sql_query(
        sql,
        database=lake.deployment.output("Database"),
        workgroup=lake.deployment.output("WorkGroup"),
        ctas_approach=False,
        boto3_session=boto3.Session(**lake.deployment.session),
    )
    assert frame["event_name"].tolist() == ["Wrangled"]
    assert frame["received_at"].dt.year.tolist() == [dt.datetime.now(dt.UTC).year]


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer shop.wrong"}, {"Authorization": "Basic ????"}])
def test_without_a_valid_write_key_nothing_is_accepted(lake: Lake, headers: dict[str, str]) -> None:
    answer = requests.post(lake.deployment.ingest_url + "/v1/events", json={}, headers=headers, timeout=10)
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthorized")


def test_a_browser_may_ask_from_any_origin(lake: Lake) -> None:
    headers = {"Origin": "https://shop.example", "Access-Control-Request-Method": "POST"}
    answer = requests.options(lake.deployment.ingest_url + "/v1/events", headers=headers, timeout=10)
    assert answer.ok
    assert answer.headers["Access-Control-Allow-Origin"] in {"*", "https://shop.example"}


def test_redelivering_every_arrival_ten_times_changes_nothing(lake: Lake) -> None:
    run = uuid4().hex
    for number in range(5):
        events = [{"event_name": "Once", "user_id": run, "event_id": f"{run}-{number}-{n}"} for n in range(3)]
        assert lake.post("/v1/events", [*events, {"no": "column"}]).ok
    lake.wait_for(f"SELECT 1 FROM clickstream WHERE user_id = '{run}'", 15)
    lake.wait_until_at_rest()
    counts = "SELECT count(*) FROM clickstream UNION ALL SELECT count(*) FROM quarantine"
    objects, before = lake.versions("hot/", "quarantine/"), lake.query(counts)
    dead = lake.messages("ArrivalsDlqUrl")

    lake.deliver(lake.keys("raw/") * 10)
    lake.wait_until_at_rest()

    assert lake.versions("hot/", "quarantine/") == objects
    assert lake.query(counts) == before
    assert lake.messages("ArrivalsDlqUrl") == dead


def test_a_raw_object_that_nothing_can_read_ends_in_the_dead_letter_queue(lake: Lake) -> None:
    run = uuid4().hex
    bucket = lake.deployment.output("LakeBucket")
    damaged = gzip.compress(b'{"event_id":"x"}\n' * 1000)[:-20]
    before = lake.messages("ArrivalsDlqUrl")
    lake.deliver_failures_again_after(seconds=1)
    lake.deployment.client("s3").put_object(Bucket=bucket, Key=f"raw/clickstream/2026/01/01/00/{run}", Body=damaged)
    assert lake.post("/v1/events", {"event_name": "Neighbour", "user_id": run}).ok
    lake.wait_for(f"SELECT 1 FROM clickstream WHERE user_id = '{run}'", 1)
    wait_for(lambda: lake.messages("ArrivalsDlqUrl"), lambda waiting: waiting == before + 1)
