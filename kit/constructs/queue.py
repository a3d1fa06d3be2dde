"""An SQS queue with a dead-letter queue and at most one consumer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import aws_cdk as cdk
from aws_cdk import aws_iam, aws_sqs
from aws_cdk import aws_lambda_event_sources as sources
from constructs import Construct
from msgspec import UNSET, UnsetType

from kit.constructs.acknowledge import acknowledge
from kit.constructs.definition import FunctionDefinition, FunctionProps
from kit.constructs.function import Function, to_duration
from kit.constructs.group import FunctionGroup, to_target
from kit.errors import DefinitionError


@dataclass(frozen=True, kw_only=True)
class Consumer:
    """A consumer with more properties than its function.

    Attributes
    ----------
    batch_window
        Seconds, or a Duration, to gather a batch.
    max_concurrency
        Batches that are processed at the same time; at least 2.
    """

    function: FunctionDefinition
    batch_size: int | UnsetType = UNSET
    batch_window: int | cdk.Duration | UnsetType = UNSET
    max_concurrency: int | UnsetType = UNSET


ConsumerDefinition: TypeAlias = "FunctionDefinition | Mapping[str, Any] | Consumer"

_ENCRYPTED_BY_SQS: Final = {"CKV_AWS_27": "SQS's own key encrypts it, which checkov does not know"}


class Queue(FunctionGroup):
    """A queue over TLS only, encrypted, whose messages go to a dead-letter queue after some failures.

    Parameters
    ----------
    consumer
        A function definition, ``{function, batch_size, …}`` or a `Consumer`.
    visibility_timeout
        Seconds, or a Duration. AWS refuses less than the consumer's timeout. It advises six times as much, unless a
        heartbeat of the consumer keeps its messages hidden.
    max_receive_count
        Number of deliveries before a message goes to the dead-letter queue.
    dead_letter_queue
        False for none, or a queue of your own.
    default_function_props
        Defaults of the function that the consumer defines.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        queue_name: str | None = None,
        consumer: ConsumerDefinition | None = None,
        visibility_timeout: int | cdk.Duration = 60,
        max_receive_count: int = 3,
        dead_letter_queue: bool | aws_sqs.IQueue = True,
        default_function_props: FunctionProps | None = None,
    ) -> None:
        super().__init__(scope, construct_id, default_function_props)
        self.consumer: Function | None = None
        self.dead_letters = self._dead_letters(queue_name, dead_letter_queue)
        self.cdk = aws_sqs.Queue(
            self,
            "Queue",
            queue_name=queue_name,
            visibility_timeout=to_duration(visibility_timeout),
            retention_period=cdk.Duration.days(4),
            encryption=aws_sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=True,
            dead_letter_queue=aws_sqs.DeadLetterQueue(queue=self.dead_letters, max_receive_count=max_receive_count)
            if self.dead_letters
            else None,
        )
        acknowledge(self.cdk, _ENCRYPTED_BY_SQS)
        if consumer is not None:
            self.add_consumer(self, consumer)

    def add_consumer(
        self, scope: Construct, definition: ConsumerDefinition, default_function_props: FunctionProps | None = None
    ) -> Function:
        """Give the queue its consumer, whose function is made in `scope` (which may be another stack).

        Failures are reported message by message, so one bad message does not return its whole batch.

        Raises
        ------
        DefinitionError
            The queue has a consumer, or the definition is wrong.
        """
        if self.consumer:
            raise DefinitionError(f"{self.node.path} has a consumer already: {self.consumer.node.path}")
        target = to_target(definition, Consumer, "a consumer")
        function = self._add("consumer", "Consumer", target.function, scope=scope, defaults=default_function_props)
        window = target.batch_window
        source = sources.SqsEventSource(
            self.cdk,
            batch_size=10 if target.batch_size is UNSET else target.batch_size,
            max_batching_window=to_duration(window) if window else None,
            max_concurrency=target.max_concurrency or None,
            report_batch_item_failures=True,
        )
        function.add_event_source(source)
        _acknowledge_destination(function)
        self.consumer = function
        return function

    def grant_send_messages(self, grantee: aws_iam.IGrantable) -> aws_iam.Grant:
        """Let a grantee send messages."""
        return self.cdk.grant_send_messages(grantee)

    def grant_consume_messages(self, grantee: aws_iam.IGrantable) -> aws_iam.Grant:
        """Let a grantee receive and delete messages."""
        return self.cdk.grant_consume_messages(grantee)

    def _dead_letters(self, name: str | None, choice: bool | aws_sqs.IQueue) -> aws_sqs.IQueue | None:
        if not isinstance(choice, bool):
            return choice
        if not choice:
            return None
        return dead_letter_queue(self, f"{name}-dead-letters" if name else None)


def dead_letter_queue(scope: Construct, name: str | None) -> aws_sqs.Queue:
    """Make a queue that keeps for two weeks the messages that could not be processed."""
    queue = aws_sqs.Queue(
        scope,
        "DeadLetters",
        queue_name=name,
        retention_period=cdk.Duration.days(14),
        encryption=aws_sqs.QueueEncryption.SQS_MANAGED,
        enforce_ssl=True,
    )
    acknowledge(queue, _ENCRYPTED_BY_SQS | {"Serverless-SQSRedrivePolicy": "it is the dead-letter queue itself"})
    return queue


def _acknowledge_destination(function: Function) -> None:
    reason = "an SQS event source takes no destination; messages that keep failing go to the queue's dead letters"
    for child in function.node.children:
        if child.node.id.startswith("SqsEventSource:"):
            acknowledge(child, {"Serverless-LambdaEventSourceMappingDestination": reason})
