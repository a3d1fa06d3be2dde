from __future__ import annotations

from typing import Any, cast

import aws_cdk as cdk
import pytest
from aws_cdk import aws_sqs
from aws_cdk.assertions import Template

from kit.constructs import App, Consumer, Function, Queue, Stack
from kit.constructs.queue import ConsumerDefinition
from kit.errors import DefinitionError

HANDLER = "lambdas/convert/handler.handler"


def properties_of(stack: cdk.Stack, resource_type: str) -> list[dict[str, Any]]:
    return [dict(r["Properties"]) for r in Template.from_stack(stack).find_resources(resource_type).values()]


def test_dead_letter_queue_is_on_by_default(stack: cdk.Stack) -> None:
    queue = Queue(stack, "Queue", queue_name="work", max_receive_count=7)
    queues = {properties["QueueName"]: properties for properties in properties_of(stack, "AWS::SQS::Queue")}
    assert queues.keys() == {"work", "work-dead-letters"}
    assert queues["work"]["RedrivePolicy"]["maxReceiveCount"] == 7
    assert queue.dead_letters is not None
    assert all(properties["SqsManagedSseEnabled"] for properties in queues.values())


def test_dead_letter_queue_can_be_left_out(stack: cdk.Stack) -> None:
    assert Queue(stack, "Queue", dead_letter_queue=False).dead_letters is None
    (queue,) = properties_of(stack, "AWS::SQS::Queue")
    assert "RedrivePolicy" not in queue


def test_dead_letter_queue_can_be_ones_own(stack: cdk.Stack) -> None:
    own = aws_sqs.Queue(stack, "Own")
    assert Queue(stack, "Queue", dead_letter_queue=own).dead_letters is own


@pytest.mark.parametrize(
    "consumer", [HANDLER, {"handler": HANDLER}, {"function": HANDLER}, {"function": {"handler": HANDLER}}]
)
def test_consumer_forms(stack: cdk.Stack, consumer: ConsumerDefinition) -> None:
    queue = Queue(stack, "Queue", consumer=consumer, default_function_props={"timeout": 33})
    (mapping,) = properties_of(stack, "AWS::Lambda::EventSourceMapping")
    (function,) = properties_of(stack, "AWS::Lambda::Function")
    assert mapping["BatchSize"] == 10
    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert function["Timeout"] == 33
    assert isinstance(queue.consumer, Function)


def test_consumer_in_another_stack(app: App, stack: cdk.Stack) -> None:
    queue = Queue(stack, "Queue")
    other = Stack(app, "Other")
    function = Function(other, "F", handler=HANDLER)
    props = {"function": function, "batch_size": 20, "batch_window": 5, "max_concurrency": 4}
    assert queue.add_consumer(other, cast(ConsumerDefinition, props)) is function
    (mapping,) = properties_of(other, "AWS::Lambda::EventSourceMapping")
    assert (mapping["BatchSize"], mapping["MaximumBatchingWindowInSeconds"]) == (20, 5)
    assert mapping["ScalingConfig"] == {"MaximumConcurrency": 4}
    assert not properties_of(stack, "AWS::Lambda::EventSourceMapping")


def test_second_consumer_is_refused(stack: cdk.Stack) -> None:
    queue = Queue(stack, "Queue", consumer=HANDLER)
    with pytest.raises(DefinitionError, match="Queue has a consumer already: test-app-main/Queue/Consumer"):
        queue.add_consumer(stack, HANDLER)


@pytest.mark.parametrize(
    ("consumer", "message"),
    [(7, "not 7"), ({"function": HANDLER, "batchsize": 3}, "did you mean 'batch_size'")],
)
def test_wrong_consumer_is_refused(stack: cdk.Stack, consumer: object, message: str) -> None:
    with pytest.raises(DefinitionError, match=message):
        Queue(stack, "Queue", consumer=cast(ConsumerDefinition, consumer))


def test_permissions_go_to_the_consumer(stack: cdk.Stack) -> None:
    queue = Queue(stack, "Queue", consumer=HANDLER)
    queue.attach_permissions(["sns:Publish"])
    assert "sns:Publish" in str(properties_of(stack, "AWS::IAM::Policy"))


def test_permissions_hold_for_a_consumer_added_later(stack: cdk.Stack) -> None:
    queue = Queue(stack, "Queue")
    queue.attach_permissions(["sns:Publish"])
    queue.add_consumer(stack, HANDLER)
    assert "sns:Publish" in str(properties_of(stack, "AWS::IAM::Policy"))


@pytest.mark.parametrize(
    ("grant", "action"), [("grant_send_messages", "sqs:SendMessage"), ("grant_consume_messages", "sqs:ReceiveMessage")]
)
def test_bound_grants(stack: cdk.Stack, grant: str, action: str) -> None:
    Function(stack, "F", handler=HANDLER).attach_permissions([getattr(Queue(stack, "Queue"), grant)])
    assert action in str(properties_of(stack, "AWS::IAM::Policy"))


def test_consumer_object_is_as_good_as_its_mapping(stack: cdk.Stack) -> None:
    Queue(stack, "Queue", consumer=Consumer(function=HANDLER, batch_size=3, max_concurrency=2))
    (mapping,) = properties_of(stack, "AWS::Lambda::EventSourceMapping")
    assert (mapping["BatchSize"], mapping["ScalingConfig"]) == (3, {"MaximumConcurrency": 2})
