from __future__ import annotations

from typing import Any

import pytest
from aws_cdk import aws_sns, aws_sqs

from kit.constructs import Function, Queue, Stack, Subscriber, Topic
from kit.errors import DefinitionError
from tests.kit.constructs.templates import HANDLER, allowed, one, properties_of


@pytest.mark.parametrize(
    "definition",
    [HANDLER, {"handler": HANDLER}, {"function": HANDLER}, {"function": {"handler": HANDLER}},
     Subscriber(function=HANDLER)],
)  # fmt: skip
def test_subscriber_forms(stack: Stack, definition: Any) -> None:
    Topic(stack, "News", subscribers={"mail": definition}, default_function_props={"timeout": 33})
    assert one(stack, "AWS::Lambda::Function")["FunctionName"] == "test-app-News-mail"
    assert one(stack, "AWS::Lambda::Function")["Timeout"] == 33
    assert one(stack, "AWS::SNS::Subscription")["Protocol"] == "lambda"


@pytest.mark.parametrize("wrapped", [True, False])
def test_queue_may_subscribe(stack: Stack, wrapped: bool) -> None:
    queue = Queue(stack, "Queue")
    Topic(stack, "News", subscribers={"later": {"queue": queue} if wrapped else queue})
    subscription = one(stack, "AWS::SNS::Subscription")
    assert (subscription["Protocol"], subscription["RawMessageDelivery"]) == ("sqs", True)


def test_raw_queue_may_subscribe_with_a_filter(stack: Stack) -> None:
    policy = {"kind": aws_sns.SubscriptionFilter.string_filter(allowlist=["a"])}
    Topic(stack, "News", subscribers={"a": Subscriber(queue=aws_sqs.Queue(stack, "Q"), filter_policy=policy)})
    assert one(stack, "AWS::SNS::Subscription")["FilterPolicy"] == {"kind": ["a"]}


def test_one_function_may_subscribe_to_two_topics(stack: Stack) -> None:
    function = Function(stack, "F", handler=HANDLER)
    for name in ("One", "Two"):
        Topic(stack, name, subscribers={"f": function})
    assert len(properties_of(stack, "AWS::SNS::Subscription")) == 2


@pytest.mark.parametrize(
    ("definition", "message"),
    [
        (7, "subscriber 'a' is a function, a mapping with one or a Subscriber; not 7"),
        ({"function": HANDLER, "filterpolicy": {}}, "did you mean 'filter_policy'"),
        (Subscriber(), "needs a function or a queue, not both"),
    ],
)
def test_wrong_subscribers_are_refused(stack: Stack, definition: Any, message: str) -> None:
    with pytest.raises(DefinitionError, match=message):
        Topic(stack, "News", subscribers={"a": definition})


def test_function_and_queue_at_once_are_refused(stack: Stack) -> None:
    both = {"function": HANDLER, "queue": Queue(stack, "Queue")}
    with pytest.raises(DefinitionError, match="not both"):
        Topic(stack, "News", subscribers={"a": both})


def test_same_name_twice_is_refused(stack: Stack) -> None:
    topic = Topic(stack, "News", subscribers={"a": HANDLER})
    with pytest.raises(DefinitionError, match="subscriber 'a' already"):
        topic.add_subscribers({"a": HANDLER})


def test_permissions_hold_for_subscribers_added_later(stack: Stack) -> None:
    topic = Topic(stack, "News")
    topic.attach_permissions(["sqs:SendMessage"])
    topic.add_subscribers({"late": HANDLER})
    assert "sqs:SendMessage" in allowed(stack, "News-late")


def test_topic_is_over_tls_only_and_can_be_granted(stack: Stack) -> None:
    topic = Topic(stack, "News")
    Function(stack, "F", handler=HANDLER).attach_permissions([topic.grant_publish, (topic, "grant_publish")])
    assert "sns:Publish" in allowed(stack, "-F")
    assert "aws:SecureTransport" in str(one(stack, "AWS::SNS::TopicPolicy"))
