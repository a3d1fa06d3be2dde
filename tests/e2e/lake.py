"""What the end-to-end tests do with a lake."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import requests

from cli.athena import run_query
from cli.deployment import Deployment

_PATIENCE_SECONDS = 60.0
T = TypeVar("T")


class Lake:
    """A deployed lake, with the few calls that tests repeat."""

    def __init__(self, deployment: Deployment) -> None:
        self.deployment = deployment

    def post(
        self, path: str, body: object, *, source: str = "shop", headers: Mapping[str, str] | None = None
    ) -> requests.Response:
        """Post to the front door with a source's write key."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        key = {"Authorization": f"Bearer {self.deployment.write_key(source)}"}
        return requests.post(
            self.deployment.ingest_url + path, data=data, headers=key | dict(headers or {}), timeout=30
        )

    def query(self, sql: str) -> list[tuple[str | None, ...]]:
        """Return the rows of a query."""
        return list(run_query(self.deployment, sql).rows)

    def wait_for(self, sql: str, rows: int) -> list[tuple[str | None, ...]]:
        """Return the rows of a query once there are as many as expected."""
        return wait_for(lambda: self.query(sql), lambda found: len(found) >= rows)

    def keys(self, prefix: str) -> list[str]:
        """Return the keys below a prefix of the lake bucket."""
        pages = self.deployment.client("s3").get_paginator("list_objects_v2")
        found = pages.paginate(Bucket=self.deployment.output("LakeBucket"), Prefix=prefix)
        return [item["Key"] for page in found for item in page.get("Contents", [])]

    def versions(self, *prefixes: str) -> dict[str, list[tuple[str, str]]]:
        """Return every version (id, ETag) of every object below the prefixes, by key."""
        found: dict[str, list[tuple[str, str]]] = {}
        pages = self.deployment.client("s3").get_paginator("list_object_versions")
        for prefix in prefixes:
            for page in pages.paginate(Bucket=self.deployment.output("LakeBucket"), Prefix=prefix):
                for version in page.get("Versions", []):
                    found.setdefault(version["Key"], []).append((version["VersionId"], version["ETag"]))
        return found

    def messages(self, queue_output: str) -> int:
        """Return how many messages wait in a queue or are in flight."""
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        answer = self.deployment.client("sqs").get_queue_attributes(
            QueueUrl=self.deployment.output(queue_output), AttributeNames=names
        )
        return sum(int(answer["Attributes"][name]) for name in names)

    def deliver(self, keys: list[str]) -> None:
        """Send S3's notification of each raw object to the arrivals queue, as S3 does when it delivers one again."""
        sqs, queue = self.deployment.client("sqs"), self.deployment.output("ArrivalsQueueUrl")
        for start in range(0, len(keys), 10):
            entries = [
                {"Id": str(position), "MessageBody": json.dumps({"Records": [{"s3": {"object": {"key": key}}}]})}
                for position, key in enumerate(keys[start : start + 10])
            ]
            sqs.send_message_batch(QueueUrl=queue, Entries=entries)

    def deliver_failures_again_after(self, *, seconds: int) -> None:
        """Shorten the queue's visibility timeout, which is minutes long, so that a test sees all deliveries."""
        self.deployment.client("sqs").set_queue_attributes(
            QueueUrl=self.deployment.output("ArrivalsQueueUrl"), Attributes={"VisibilityTimeout": str(seconds)}
        )

    def wait_until_at_rest(self) -> None:
        """Wait until every arrival is dealt with."""
        wait_for(lambda: self.messages("ArrivalsQueueUrl"), lambda waiting: waiting == 0)


def lake_command(*arguments: str, name: str, ok: bool = True) -> subprocess.CompletedProcess[str]:
    """Run the `lake` command on one environment, and check whether it succeeds."""
    command = [str(Path(sys.executable).with_name("lake")), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | {"LAKE_NAME": name})
    assert (done.returncode == 0) == ok, done.stderr
    return done


def wait_for(look: Callable[[], T], found: Callable[[T], bool], *, seconds: float = _PATIENCE_SECONDS) -> T:
    """Return what `look` sees once it is what was hoped for; fail with what it saw last."""
    deadline = time.monotonic() + seconds
    while True:
        seen = look()
        if found(seen):
            return seen
        assert time.monotonic() < deadline, f"waited in vain; last seen: {seen!r}"
        time.sleep(0.3)


def segment_batch(*events: dict[str, Any]) -> dict[str, Any]:
    """Return the body of a Segment batch."""
    return {"batch": list(events)}
