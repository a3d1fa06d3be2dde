"""An app with every construct that has functions; each function leaves its label in one table."""

from __future__ import annotations

import shutil
from pathlib import Path

from aws_cdk import RemovalPolicy

from kit.constructs import (
    App,
    Bucket,
    Cron,
    EventBus,
    Function,
    FunctionProps,
    Queue,
    Script,
    Stack,
    Stream,
    Table,
    Topic,
)

DESTROY = RemovalPolicy.DESTROY


def labelled(label: str) -> FunctionProps:
    return {"handler": "seen.event", "environment": {"LABEL": label}}


def parts_app(outdir: str | None = None) -> App:
    app = App(name="parts", root=Path(__file__).parent, outdir=outdir)
    first = Stack(app, "seen")
    seen = Table(first, "Seen", removal_policy=DESTROY)
    first.output("Seen", seen.table_name)
    app.set_default_function_props({"src": "src", "link": [seen]})
    parts(Stack(app, "parts"))
    if shutil.which("go"):
        stack = Stack(app, "go")
        go = Function(stack, "Go", handler="hello", runtime="provided.al2023", src=".", link=[])
        stack.output("Go", go.function_name)
    script = "seen.script"
    Script(
        Stack(app, "script"),
        "Script",
        on_create=script,
        on_update=script,
        on_delete=script,
        parameters={"number": 7},
    )
    return app


def parts(stack: Stack) -> None:
    queue = Queue(stack, "Queue", consumer=labelled("queue"))
    stream = Stream(stack, "Stream", shards=1, consumers={"one": labelled("stream")})
    table = Table(stack, "Table", removal_policy=DESTROY, consumers={"one": labelled("table")})
    topic = Topic(stack, "Topic", subscribers={"one": labelled("topic")})
    bus = EventBus(stack, "Bus", rules={"one": {"pattern": {"source": ["parts"]}, "function": labelled("bus")}})
    topical = Topic(stack, "BucketTopic", subscribers={"one": labelled("bucket-topic")})
    queued = Queue(stack, "BucketQueue", consumer=labelled("bucket-queue"))
    bucket = Bucket(
        stack,
        "Bucket",
        removal_policy=DESTROY,
        notifications={
            "one": {"function": labelled("bucket"), "prefix": "a/", "suffix": ".txt"},
            "two": {"queue": queued, "prefix": "b/"},
            "three": {"topic": topical, "prefix": "c/"},
        },
    )
    Cron(stack, "Cron", schedule="rate(1 minute)", job=labelled("cron"))
    poster = Function(stack, "Poster", handler="seen.post", link=[queue, stream, table, topic, bus, bucket])
    stack.output("Poster", poster.function_name)


if __name__ == "__main__":
    parts_app().synth()
