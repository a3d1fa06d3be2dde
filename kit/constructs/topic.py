"""An SNS topic with named subscribers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from aws_cdk import aws_iam, aws_kms, aws_sns, aws_sqs
from aws_cdk import aws_sns_subscriptions as subscriptions
from constructs import Construct
from msgspec import UNSET, UnsetType

from kit.constructs.definition import FunctionDefinition, FunctionProps
from kit.constructs.group import FunctionGroup, given_options, to_target
from kit.constructs.queue import Queue
from kit.errors import DefinitionError


@dataclass(frozen=True, kw_only=True)
class Subscriber:
    """A subscriber with more properties than its function, or a queue.

    Attributes
    ----------
    filter_policy
        CDK's conditions on message attributes.
    dead_letter_queue
        The queue for messages that could not be delivered.
    """

    function: FunctionDefinition | UnsetType = UNSET
    queue: Queue | aws_sqs.IQueue | UnsetType = UNSET
    filter_policy: Mapping[str, aws_sns.SubscriptionFilter] | UnsetType = UNSET
    dead_letter_queue: aws_sqs.IQueue | UnsetType = UNSET


SubscriberDefinition: TypeAlias = "FunctionDefinition | Queue | Mapping[str, Any] | Subscriber"

_OTHERS: Final = frozenset(("queue",))


class Topic(FunctionGroup):
    """A topic over TLS only.

    Parameters
    ----------
    subscribers
        By name: a function definition, a `Queue`, ``{function or queue, filter_policy, …}`` or a `Subscriber`.
    default_function_props
        Defaults of the functions that subscribers define.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        topic_name: str | None = None,
        subscribers: Mapping[str, SubscriberDefinition] | None = None,
        encryption_key: aws_kms.IKey | None = None,
        default_function_props: FunctionProps | None = None,
    ) -> None:
        super().__init__(scope, construct_id, default_function_props)
        self._subscribers: set[str] = set()
        # CDK makes a subscription inside the function, and names it after the topic's id.
        self.cdk = aws_sns.Topic(
            self, f"{construct_id}Topic", topic_name=topic_name, master_key=encryption_key, enforce_ssl=True
        )
        self.add_subscribers(subscribers or {})

    def add_subscribers(self, subscribers: Mapping[str, SubscriberDefinition]) -> None:
        """Add subscribers by name; permissions attached before hold for them too."""
        for name, definition in subscribers.items():
            if name in self._subscribers:
                raise DefinitionError(f"{self.node.path} has a subscriber {name!r} already")
            self._subscribers.add(name)
            self.cdk.add_subscription(self._subscription(name, definition))

    def grant_publish(self, grantee: aws_iam.IGrantable) -> aws_iam.Grant:
        """Let a grantee publish messages."""
        return self.cdk.grant_publish(grantee)

    def _subscription(self, name: str, definition: SubscriberDefinition) -> aws_sns.ITopicSubscription:
        wrapped = {"queue": definition} if isinstance(definition, Queue) else definition
        target = to_target(wrapped, Subscriber, f"subscriber {name!r}", _OTHERS)
        options = given_options(target, "function", "queue")
        if (target.function is UNSET) == (target.queue is UNSET):
            raise DefinitionError(f"subscriber {name!r} needs a function or a queue, not both")
        if target.function is not UNSET:
            return subscriptions.LambdaSubscription(self._add(name, name, target.function), **options)
        queue: Any = target.queue.cdk if isinstance(target.queue, Queue) else target.queue
        return subscriptions.SqsSubscription(queue, raw_message_delivery=True, **options)
