"""Handlers that leave a trace; `post` feeds every source by its link."""

from __future__ import annotations

import json
import os
import uuid
from typing import Any

import boto3

from kit.runtime.links import links


def event(event: dict[str, Any], context: object) -> None:
    _see(os.environ["LABEL"], event)


def script(event: dict[str, Any], context: object) -> None:
    _see(event["RequestType"], event)


def post(event: dict[str, Any], context: object) -> None:
    linked = links()
    boto3.client("sqs").send_message(QueueUrl=linked.queue("queue").queue_url, MessageBody="hello")
    boto3.client("kinesis").put_record(StreamName=linked.stream("stream").stream_name, Data=b"hello", PartitionKey="1")
    boto3.resource("dynamodb").Table(linked.table("table").table_name).put_item(Item={"pk": str(uuid.uuid4())})
    boto3.client("sns").publish(TopicArn=linked.topic("topic").topic_arn, Message="hello")
    entry = {
        "EventBusName": linked.event_bus("bus").event_bus_name,
        "Source": "parts",
        "DetailType": "x",
        "Detail": "{}",
    }
    boto3.client("events").put_events(Entries=[entry])
    for key in ("a/not.json", "a/one.txt", "b/two", "c/three", "d/four"):
        boto3.client("s3").put_object(Bucket=linked.bucket("bucket").bucket_name, Key=key, Body=b"hello")


def _see(label: str, event: dict[str, Any]) -> None:
    table = boto3.resource("dynamodb").Table(links().table("seen").table_name)
    table.put_item(Item={"pk": label, "event": json.dumps(event)})
