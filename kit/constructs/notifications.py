"""Notifications of a bucket, by the bucket's own property.

CDK's ``add_event_notification`` would need a Lambda function of its own in every stack. When a notification is set, S3
checks that it may deliver it. So the bucket depends on the permission to deliver, and the permission cannot refer to
the bucket: it names a bucket whose name is known at synthesis, or else the account.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, cast

import aws_cdk as cdk
from aws_cdk import aws_iam, aws_lambda, aws_s3, aws_sns, aws_sqs
from constructs import IDependable
from msgspec import UNSET, UnsetType

from kit.constructs.definition import FunctionDefinition
from kit.constructs.function import Function
from kit.constructs.queue import Queue
from kit.constructs.topic import Topic
from kit.errors import DefinitionError

CREATED: Final = "s3:ObjectCreated:*"
_EVENT_PREFIX: Final = "s3:"


@dataclass(frozen=True, kw_only=True)
class Notification:
    """Which events go to which target: exactly one of function, queue and topic.

    Attributes
    ----------
    events
        S3's names of events; by default every new object.
    prefix, suffix
        Only keys that begin or end with this text.
    """

    function: FunctionDefinition | UnsetType = UNSET
    queue: Queue | aws_sqs.IQueue | UnsetType = UNSET
    topic: Topic | aws_sns.ITopic | UnsetType = UNSET
    events: Sequence[str] | UnsetType = UNSET
    prefix: str | UnsetType = UNSET
    suffix: str | UnsetType = UNSET


NotificationDefinition: TypeAlias = "FunctionDefinition | Queue | Topic | Mapping[str, Any] | Notification"

Target: TypeAlias = Function | aws_sqs.IQueue | aws_sns.ITopic


class Notifications:
    """The notifications of one bucket; each one that is added updates the bucket's property.

    Parameters
    ----------
    bucket_name
        The bucket's name, if it is known at synthesis and is not a reference to the bucket.
    """

    def __init__(self, bucket: aws_s3.Bucket, *, bucket_name: str | None) -> None:
        self._stack = cdk.Stack.of(bucket)
        self._resource = cast(aws_s3.CfnBucket, bucket.node.default_child)
        self._source_arn = (
            self._stack.format_arn(service="s3", region="", account="", resource=bucket_name) if bucket_name else None
        )
        self._functions: list[aws_s3.CfnBucket.LambdaConfigurationProperty] = []
        self._queues: list[aws_s3.CfnBucket.QueueConfigurationProperty] = []
        self._topics: list[aws_s3.CfnBucket.TopicConfigurationProperty] = []

    def add(self, name: str, notification: Notification, target: Target) -> None:
        """Add a notification to a target, and let S3 deliver it."""
        key_filter = _filter(notification)
        for event in _events(name, notification):
            if isinstance(target, Function):
                self._functions.append(
                    aws_s3.CfnBucket.LambdaConfigurationProperty(
                        event=event, function=target.function_arn, filter=key_filter
                    )
                )
            elif isinstance(target, aws_sqs.QueueBase):
                self._queues.append(
                    aws_s3.CfnBucket.QueueConfigurationProperty(event=event, queue=target.queue_arn, filter=key_filter)
                )
            else:
                arn = cast(aws_sns.ITopic, target).topic_arn
                self._topics.append(
                    aws_s3.CfnBucket.TopicConfigurationProperty(event=event, topic=arn, filter=key_filter)
                )
        self._resource.notification_configuration = aws_s3.CfnBucket.NotificationConfigurationProperty(
            lambda_configurations=self._functions or None,
            queue_configurations=self._queues or None,
            topic_configurations=self._topics or None,
        )
        self._resource.node.add_dependency(self._allow(name, target))

    def _allow(self, name: str, target: Target) -> IDependable:
        if isinstance(target, Function):
            permission = aws_lambda.CfnPermission(
                target,
                f"{name}Notification",
                action="lambda:InvokeFunction",
                function_name=target.function_arn,
                principal="s3.amazonaws.com",
                source_account=self._stack.account,
                source_arn=self._source_arn,
            )
            return cast(IDependable, permission)
        action, arn = (
            ("sqs:SendMessage", target.queue_arn)
            if isinstance(target, aws_sqs.QueueBase)
            else ("sns:Publish", cast(aws_sns.ITopic, target).topic_arn)
        )
        conditions: dict[str, Any] = {"StringEquals": {"aws:SourceAccount": self._stack.account}}
        if self._source_arn:
            conditions = {"ArnEquals": {"aws:SourceArn": self._source_arn}, **conditions}
        statement = aws_iam.PolicyStatement(
            principals=[aws_iam.ServicePrincipal("s3.amazonaws.com")],
            actions=[action],
            resources=[arn],
            conditions=conditions,
        )
        result = cast(Any, target).add_to_resource_policy(statement)
        if not result.statement_added or result.policy_dependable is None:
            raise DefinitionError(f"notification {name!r}: the target's policy is not ours, so S3 could not deliver")
        return cast(IDependable, result.policy_dependable)


def _events(name: str, notification: Notification) -> Sequence[str]:
    events = [CREATED] if notification.events is UNSET else list(notification.events)
    wrong = [event for event in events if not event.startswith(_EVENT_PREFIX)]
    if wrong or not events or isinstance(notification.events, str):
        raise DefinitionError(
            f"notification {name!r}: events are a list like ['{CREATED}'], not {notification.events!r}"
        )
    return events


def _filter(notification: Notification) -> aws_s3.CfnBucket.NotificationFilterProperty | None:
    rules = [
        aws_s3.CfnBucket.FilterRuleProperty(name=name, value=value)
        for name in ("prefix", "suffix")
        if (value := getattr(notification, name))
    ]
    if not rules:
        return None
    return aws_s3.CfnBucket.NotificationFilterProperty(s3_key=aws_s3.CfnBucket.S3KeyFilterProperty(rules=rules))
