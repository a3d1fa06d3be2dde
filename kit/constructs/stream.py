"""A Kinesis stream with named consumers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_iam, aws_kinesis
from aws_cdk import aws_lambda_event_sources as sources
from constructs import Construct

from kit.constructs.consumers import StreamConsumerDefinition, StreamConsumers
from kit.constructs.definition import FunctionProps
from kit.constructs.function import Function


class Stream(StreamConsumers):
    """An encrypted stream; it is on demand unless `shards` is set.

    Parameters
    ----------
    consumers
        By name: a function definition, ``{function, batch_size, …}`` or a `StreamConsumer`.
    shards
        Number of shards; None lets Kinesis scale them.
    dead_letter_queue
        True: records that keep failing are reported to a queue. False: they are dropped silently.
    default_function_props
        Defaults of the functions that consumers define.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        stream_name: str | None = None,
        consumers: Mapping[str, StreamConsumerDefinition] | None = None,
        shards: int | None = None,
        retention: cdk.Duration | None = None,
        dead_letter_queue: bool = True,
        default_function_props: FunctionProps | None = None,
    ) -> None:
        super().__init__(scope, construct_id, default_function_props, has_dead_letters=dead_letter_queue)
        self.cdk = aws_kinesis.Stream(
            self,
            "Default",
            stream_name=stream_name,
            stream_mode=aws_kinesis.StreamMode.PROVISIONED if shards else aws_kinesis.StreamMode.ON_DEMAND,
            shard_count=shards,
            retention_period=retention,
            encryption=aws_kinesis.StreamEncryption.MANAGED,
        )
        self.add_consumers(consumers or {})

    def grant_read(self, grantee: aws_iam.IGrantable) -> aws_iam.Grant:
        """Let a grantee read records."""
        return self.cdk.grant_read(grantee)

    def grant_write(self, grantee: aws_iam.IGrantable) -> aws_iam.Grant:
        """Let a grantee put records."""
        return self.cdk.grant_write(grantee)

    def grant_read_write(self, grantee: aws_iam.IGrantable) -> aws_iam.Grant:
        """Let a grantee read and put records."""
        return self.cdk.grant_read_write(grantee)

    def _consume(self, function: Function, options: dict[str, Any]) -> None:
        function.add_event_source(sources.KinesisEventSource(self.cdk, **options))
