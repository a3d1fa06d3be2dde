"""What AWS or we ourselves dropped comes back: the sweeper and the redrive of dead letters."""

from __future__ import annotations

import datetime as dt
import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

from tests.e2e.lake import Lake, lake_command, wait_for
from tests.thermocline.convert.rows import click


def raw_key(name: str) -> str:
    return f"raw/clickstream/{dt.datetime.now(dt.UTC):%Y/%m/%d/%H}/{name}.gz"


def put_raw(lake: Lake, key: str, body: bytes) -> None:
    lake.deployment.client("s3").put_object(Bucket=lake.deployment.output("LakeBucket"), Key=key, Body=body)


@contextmanager
def notifications_lost(lake: Lake) -> Iterator[None]:
    """Let S3 tell nobody of new objects."""
    s3, bucket = lake.deployment.client("s3"), lake.deployment.output("LakeBucket")
    configuration = s3.get_bucket_notification_configuration(Bucket=bucket)
    configuration.pop("ResponseMetadata")
    s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration={})
    try:
        yield
    finally:
        s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration=configuration)


def sweep(lake: Lake) -> dict[str, int]:
    answer = lake.deployment.client("lambda").invoke(
        FunctionName=f"{lake.deployment.stage}-thermocline-sweep", Payload=json.dumps({"settle_minutes": 0})
    )
    assert "FunctionError" not in answer
    found: dict[str, int] = json.load(answer["Payload"])
    return found


def test_an_object_whose_message_was_lost_is_converted_after_a_sweep(lake: Lake) -> None:
    run = uuid4().hex
    with notifications_lost(lake):
        put_raw(lake, raw_key(run), gzip.compress(click(run)))
    lake.wait_until_at_rest()
    sql = f"SELECT 1 FROM clickstream WHERE event_id = '{run}'"
    assert lake.query(sql) == []

    found = sweep(lake)
    assert (found["missing"], found["queued"]) == (1, 1 + found["unfinished"] - found["stuck"])
    assert len(lake.wait_for(sql, 1)) == 1
    lake.wait_until_at_rest()
    assert sweep(lake)["missing"] == 0


def test_a_dead_letter_is_converted_after_its_cause_is_gone_and_it_is_redriven(lake: Lake, lake_name: str) -> None:
    run = uuid4().hex
    body = gzip.compress(click(run))
    before = lake.messages("ArrivalsDlqUrl")
    lake.deliver_failures_again_after(seconds=1)
    put_raw(lake, raw_key(run), body[:-5])
    wait_for(lambda: lake.messages("ArrivalsDlqUrl"), lambda waiting: waiting == before + 1)

    with notifications_lost(lake):
        put_raw(lake, raw_key(run), body)
    moved = json.loads(lake_command("redrive", "--json", name=lake_name).stdout)
    assert moved == {"moved": before + 1, "parked": 0}
    assert len(lake.wait_for(f"SELECT 1 FROM clickstream WHERE event_id = '{run}'", 1)) == 1
