from __future__ import annotations

from typing import Any

import pytest

from tests.fakes.aws import AwsClient
from thermocline.adapters.sqs import SqsArrivals, SqsVisibility
from thermocline.convert.arrivals import raw_keys
from thermocline.errors import QueueUnavailable

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
