"""Consumers of streams (Kinesis and DynamoDB); batches that keep failing go to a dead-letter queue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

import aws_cdk as cdk
from aws_cdk import aws_lambda, aws_sqs
from aws_cdk import aws_lambda_event_sources as sources
from constructs import Construct
from msgspec import UNSET, UnsetType

from kit.constructs.definition import FunctionDefinition, FunctionProps
from kit.constructs.function import Function, to_duration
from kit.constructs.group import FunctionGroup, given_options, to_target
from kit.constructs.queue import dead_letter_queue
from kit.errors import DefinitionError

RETRY_ATTEMPTS: Final = 10


@dataclass(frozen=True, kw_only=True)
class StreamConsumer:
    """A consumer with more properties than its function.

    Attributes
    ----------
    batch_window
        Seconds, or a Duration, to gather a batch.
    starting_position
        ``trim_horizon`` (the oldest record, the default) or ``latest``.
    parallelization_factor
        Batches of one shard that are processed at the same time.
    """

    function: FunctionDefinition
    batch_size: int | UnsetType = UNSET
    batch_window: int | cdk.Duration | UnsetType = UNSET
    starting_position: Literal["latest", "trim_horizon"] | UnsetType = UNSET
    parallelization_factor: int | UnsetType = UNSET
    retry_attempts: int | UnsetType = UNSET
    enabled: bool | UnsetType = UNSET


StreamConsumerDefinition: TypeAlias = "FunctionDefinition | Mapping[str, Any] | StreamConsumer"


class StreamConsumers(FunctionGroup):
    """What `Stream` and `Table` share: named consumers, and one dead-letter queue for all of them."""

    def __init__(
        self, scope: Construct, construct_id: str, defaults: FunctionProps | None, *, has_dead_letters: bool
    ) -> None:
        super().__init__(scope, construct_id, defaults)
        self._has_dead_letters = has_dead_letters
        self.dead_letters: aws_sqs.Queue | None = None

    def add_consumers(self, consumers: Mapping[str, StreamConsumerDefinition]) -> None:
        """Add consumers by name; permissions attached before hold for them too."""
        for name, definition in consumers.items():
            target = to_target(definition, StreamConsumer, f"consumer {name!r}")
            function = self._add(name, name, target.function)
            self._consume(function, _mapping_options(target) | self._failures())

    def _consume(self, function: Function, options: dict[str, Any]) -> None:
        raise NotImplementedError

    def _failures(self) -> dict[str, Any]:
        if not self._has_dead_letters:
            return {}
        if self.dead_letters is None:
            self.dead_letters = dead_letter_queue(self, None)
        return {"on_failure": sources.SqsDlq(self.dead_letters)}


def _mapping_options(target: StreamConsumer) -> dict[str, Any]:
    options = given_options(target, "function", "batch_window", "starting_position")
    position = "trim_horizon" if target.starting_position is UNSET else target.starting_position
    if position not in {"latest", "trim_horizon"}:
        raise DefinitionError(f"starting_position is 'latest' or 'trim_horizon', not {position!r}")
    if target.batch_window is not UNSET:
        options["max_batching_window"] = to_duration(target.batch_window)
    return {
        "batch_size": 100,
        "bisect_batch_on_error": True,
        "report_batch_item_failures": True,
        "retry_attempts": RETRY_ATTEMPTS,
        "starting_position": aws_lambda.StartingPosition[position.upper()],
        **options,
    }
