from __future__ import annotations

from typing import Any

import msgspec
import pytest

from tests.fakes.aws import AwsClient
from thermocline.adapters.sqs import SqsArrivals, SqsBackfills, SqsVisibility
from thermocline.convert.arrivals import raw_keys
from thermocline.errors import QueueUnavailable
from thermocline.replay.model import Order

KEYS = [f"raw/clickstream/2026/11/22/12/a b+c é-{number}.gz" for number in range(23)]


def test_every_object_is_told_of_as_s3_does(aws: AwsClient) -> None:
    client = aws("sqs")
    url = client.create_queue(QueueName="arrivals")["QueueUrl"]
    arrivals = SqsArrivals(client, url)
    assert arrivals.waiting() == 0
    arrivals.send(KEYS)
    arrivals.send([])
    assert arrivals.waiting() == len(KEYS)
    received: list[str] = []
    while messages := client.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
        received += [key for message in messages for key in raw_keys(message["Body"])]
    assert sorted(received) == sorted(KEYS)
    assert arrivals.waiting() == len(KEYS), "messages in work are counted too"


def test_a_failure_inside_an_answer_of_200_is_not_overlooked() -> None:
    class HalfDeaf:
        def send_message_batch(self, *, QueueUrl: str, Entries: list[dict[str, str]]) -> dict[str, Any]:
            return {"Successful": [{}], "Failed": [{"Id": "1", "Code": "InternalError", "SenderFault": False}]}

    with pytest.raises(QueueUnavailable, match="1 raw objects were not queued: InternalError"):
        SqsArrivals(HalfDeaf(), "https://queue").send(KEYS[:2])


def test_the_objects_of_a_replay_are_queued_and_a_failure_is_not_overlooked(aws: AwsClient) -> None:
    client = aws("sqs")
    url = client.create_queue(QueueName="backfills")["QueueUrl"]
    orders = [Order(run="1a", table="clickstream", gen="2026-11-22-12", raw_key=key) for key in KEYS]
    SqsBackfills(client, url).send(orders)
    received: list[Order] = []
    while messages := client.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
        received += [msgspec.json.decode(message["Body"], type=Order) for message in messages]
    assert sorted(order.raw_key for order in received) == sorted(KEYS)
    assert {order.run for order in received} == {"1a"}

    class HalfDeaf:
        def send_message_batch(self, *, QueueUrl: str, Entries: list[dict[str, str]]) -> dict[str, Any]:
            return {"Successful": [{}], "Failed": [{"Id": "1", "Code": "InternalError", "SenderFault": False}]}

    with pytest.raises(QueueUnavailable, match="1 raw objects were not queued: InternalError"):
        SqsBackfills(HalfDeaf(), "https://queue").send(orders[:2])


def test_messages_are_hidden_by_their_receipts(aws: AwsClient) -> None:
    client = aws("sqs")
    url = client.create_queue(QueueName="arrivals", Attributes={"VisibilityTimeout": "600"})["QueueUrl"]
    SqsArrivals(client, url).send(KEYS)
    receipts: list[str] = []
    while messages := client.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
        receipts += [message["ReceiptHandle"] for message in messages]
    SqsVisibility(client, url).hide(dict.fromkeys(receipts, 0))
    back = client.receive_message(QueueUrl=url, MaxNumberOfMessages=10)["Messages"]
    assert len(receipts) == len(KEYS)
    assert len(back) == 10


def test_a_message_that_cannot_be_hidden_is_told(aws: AwsClient) -> None:
    client = aws("sqs")
    url = client.create_queue(QueueName="arrivals")["QueueUrl"]
    with pytest.raises(QueueUnavailable, match="1 messages were not hidden: "):
        SqsVisibility(client, url).hide({"nobody's": 30})
    with pytest.raises(QueueUnavailable, match="1 messages were not hidden: "):
        SqsVisibility(client, url + "-gone").hide({"nobody's": 30})
