import json
from typing import Any

import pytest

from cli.redrive import queue_again, redrive
from tests.fakes.aws import AwsClient, aws
from thermocline.convert.arrivals import raw_keys

__all__ = ["aws"]


@pytest.fixture
def queues(aws: AwsClient) -> tuple[Any, str, str]:
    sqs = aws("sqs")
    return sqs, sqs.create_queue(QueueName="dead")["QueueUrl"], sqs.create_queue(QueueName="arrivals")["QueueUrl"]


def fill(sqs: Any, url: str, count: int) -> None:
    for number in range(count):
        sqs.send_message(QueueUrl=url, MessageBody=json.dumps({"number": number}))


def numbers(sqs: Any, url: str) -> list[int]:
    found: list[int] = []
    while messages := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
        found += [json.loads(message["Body"])["number"] for message in messages]
    return sorted(found)


def test_every_message_moves(queues: tuple[Any, str, str]) -> None:
    sqs, dead, arrivals = queues
    fill(sqs, dead, 23)
    seen: list[int] = []
    assert redrive(sqs, source=dead, target=arrivals, progress=seen.append) == 23
    assert sum(seen) == 23
    assert numbers(sqs, arrivals) == list(range(23))
    assert numbers(sqs, dead) == []
    assert redrive(sqs, source=dead, target=arrivals, progress=seen.append) == 0


def test_a_parked_object_without_a_dead_letter_is_queued_as_s3_would(queues: tuple[Any, str, str]) -> None:
    sqs, _, arrivals = queues
    wanted = [f"raw/clickstream/2026/11/01/00/{number} +#ä" for number in range(12)]
    assert queue_again(sqs, arrivals, wanted) == 12
    keys: list[str] = []
    while messages := sqs.receive_message(QueueUrl=arrivals, MaxNumberOfMessages=10).get("Messages"):
        keys += [key for message in messages for key in raw_keys(message["Body"])]
    assert sorted(keys) == sorted(wanted)


def test_a_message_that_dies_again_meanwhile_is_not_moved_in_circles(queues: tuple[Any, str, str]) -> None:
    sqs, dead, _ = queues
    fill(sqs, dead, 12)
    assert redrive(sqs, source=dead, target=dead, progress=lambda _moved: None) == 12


class Failing:
    """An SQS client whose sends fail for some messages."""

    def __init__(self, sqs: Any, failing: set[str]) -> None:
        self._sqs = sqs
        self._failing = failing

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sqs, name)

    def send_message_batch(self, *, QueueUrl: str, Entries: list[dict[str, str]]) -> Any:
        good = [entry for entry in Entries if entry["Id"] not in self._failing]
        answer = self._sqs.send_message_batch(QueueUrl=QueueUrl, Entries=good)
        return answer | {"Failed": [{"Id": name} for name in self._failing]}


def test_what_could_not_be_sent_stays_a_dead_letter(queues: tuple[Any, str, str]) -> None:
    sqs, dead, arrivals = queues
    fill(sqs, dead, 3)
    assert redrive(Failing(sqs, {"1"}), source=dead, target=arrivals, progress=lambda _moved: None) == 2
    assert len(numbers(sqs, arrivals)) == 2
    kept = sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["All"])["Attributes"]
    assert int(kept["ApproximateNumberOfMessagesNotVisible"]) == 1
