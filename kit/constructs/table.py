"""A DynamoDB table with named consumers of its stream."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

import aws_cdk as cdk
from aws_cdk import aws_dynamodb, aws_iam, aws_kms
from aws_cdk import aws_lambda_event_sources as sources
from constructs import Construct

from kit.constructs.consumers import StreamConsumerDefinition, StreamConsumers
from kit.constructs.definition import FunctionProps
from kit.constructs.function import Function
from kit.errors import DefinitionError

Key: TypeAlias = "str | aws_dynamodb.Attribute"
"""The name of an attribute that is a string, or an attribute."""


class Table(StreamConsumers):
    """A table on demand, encrypted, with point-in-time recovery.

    Parameters
    ----------
    indexes
        Global secondary indexes by name: their partition key and, if they have one, their sort key.
    stream
        True keeps a stream of changes; `consumers` turn it on by themselves.
    consumers
        By name: a function definition, ``{function, batch_size, …}`` or a `StreamConsumer`.
    encryption_key
        A key of your own instead of DynamoDB's.
    dead_letter_queue
        True: changes on which consumers keep failing are reported to a queue.
    default_function_props
        Defaults of the functions that consumers define.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        table_name: str | None = None,
        partition_key: Key = "pk",
        sort_key: Key | None = None,
        indexes: Mapping[str, tuple[Key, Key | None]] | None = None,
        time_to_live: str | None = None,
        stream: bool = False,
        consumers: Mapping[str, StreamConsumerDefinition] | None = None,
        encryption_key: aws_kms.IKey | None = None,
        deletion_protection: bool | None = None,
        removal_policy: cdk.RemovalPolicy = cdk.RemovalPolicy.RETAIN,
        dead_letter_queue: bool = True,
        default_function_props: FunctionProps | None = None,
    ) -> None:
        super().__init__(scope, construct_id, default_function_props, has_dead_letters=dead_letter_queue)
        own, aws = aws_dynamodb.TableEncryption.CUSTOMER_MANAGED, aws_dynamodb.TableEncryption.AWS_MANAGED
        self.cdk = aws_dynamodb.Table(
            self,
            "Default",
            table_name=table_name,
            partition_key=_attribute(partition_key),
            sort_key=_attribute(sort_key) if sort_key else None,
            billing_mode=aws_dynamodb.BillingMode.PAY_PER_REQUEST,
            encryption=own if encryption_key else aws,
            encryption_key=encryption_key,
            point_in_time_recovery_specification=aws_dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=True
            ),
            time_to_live_attribute=time_to_live,
            stream=aws_dynamodb.StreamViewType.NEW_AND_OLD_IMAGES if stream or consumers else None,
            deletion_protection=deletion_protection,
            removal_policy=removal_policy,
        )
        for name, (partition, sort) in (indexes or {}).items():
            self.cdk.add_global_secondary_index(
                index_name=name,
                partition_key=_attribute(partition),
                sort_key=_attribute(sort) if sort else None,
            )
        self.add_consumers(consumers or {})

    @property
    def table_name(self) -> str:
        """Name of the table."""
        return self.cdk.table_name

    def grant_read_data(self, grantee: aws_iam.IGrantable) -> aws_iam.Grant:
        """Let a grantee read items."""
        return self.cdk.grant_read_data(grantee)

    def grant_write_data(self, grantee: aws_iam.IGrantable) -> aws_iam.Grant:
        """Let a grantee write items."""
        return self.cdk.grant_write_data(grantee)

    def grant_read_write_data(self, grantee: aws_iam.IGrantable) -> aws_iam.Grant:
        """Let a grantee read and write items."""
        return self.cdk.grant_read_write_data(grantee)

    def grant(self, grantee: aws_iam.IGrantable, *actions: str) -> aws_iam.Grant:
        """Allow a grantee these actions only."""
        return self.cdk.grant(grantee, *actions)

    def _consume(self, function: Function, options: dict[str, Any]) -> None:
        if not self.cdk.table_stream_arn:
            raise DefinitionError(f"{self.node.path} has no stream: write stream=True to add consumers later")
        function.add_event_source(sources.DynamoEventSource(self.cdk, **options))


def _attribute(key: Key) -> aws_dynamodb.Attribute:
    if not isinstance(key, str):
        return key
    return aws_dynamodb.Attribute(name=key, type=aws_dynamodb.AttributeType.STRING)
