"""A function on a schedule: ``Cron(stack, "Rollup", schedule="rate(1 minute)", job="rollup.main")``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, TypedDict

import aws_cdk as cdk
from aws_cdk import aws_events, aws_events_targets, aws_sqs
from constructs import Construct
from msgspec import UNSET, UnsetType

from kit.checks import check_keys
from kit.constructs.definition import FunctionDefinition, FunctionProps
from kit.constructs.function import Function, to_duration
from kit.constructs.group import FunctionGroup, to_target
from kit.constructs.schedule import to_schedule


class JobProps(TypedDict, total=False):
    """How the schedule invokes its function.

    Attributes
    ----------
    event
        The event that the function receives instead of EventBridge's own.
    max_event_age
        Seconds, or a Duration, for which a failed call is retried.
    """

    event: Mapping[str, Any]
    retry_attempts: int
    max_event_age: int | cdk.Duration
    dead_letter_queue: aws_sqs.IQueue


@dataclass(frozen=True, kw_only=True)
class Job:
    """A job with more properties than its function."""

    function: FunctionDefinition
    job_props: JobProps | UnsetType = UNSET


JobDefinition: TypeAlias = "FunctionDefinition | Mapping[str, Any] | Job"

_JOB_KEYS: Final = frozenset(JobProps.__annotations__)


class Cron(FunctionGroup):
    """A rule that invokes a function on a schedule.

    Parameters
    ----------
    schedule
        ``rate(5 minutes)``, ``cron(0 12 * * ? *)`` or a Duration.
    job
        A function definition, ``{function, job_props}`` or a `Job`.
    default_function_props
        Defaults of the function that the job defines.

    Raises
    ------
    DefinitionError
        EventBridge would refuse the schedule, or the job is wrong.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        schedule: str | cdk.Duration,
        job: JobDefinition,
        rule_name: str | None = None,
        description: str | None = None,
        enabled: bool = True,
        default_function_props: FunctionProps | None = None,
    ) -> None:
        super().__init__(scope, construct_id, default_function_props)
        target = to_target(job, Job, "a job")
        props = {} if target.job_props is UNSET else dict(target.job_props)
        check_keys(props, _JOB_KEYS, "job_props")
        self.job: Function = self._add("job", "Job", target.function)
        self.cdk = aws_events.Rule(
            self,
            "Default",
            rule_name=rule_name,
            description=description,
            enabled=enabled,
            schedule=to_schedule(schedule),
            targets=[_target(self.job, props)],
        )


def _target(function: Function, props: Mapping[str, Any]) -> aws_events_targets.LambdaFunction:
    event, age = props.get("event"), props.get("max_event_age")
    return aws_events_targets.LambdaFunction(
        function,
        event=aws_events.RuleTargetInput.from_object(dict(event)) if event is not None else None,
        retry_attempts=props.get("retry_attempts"),
        max_event_age=to_duration(age) if age is not None else None,
        dead_letter_queue=props.get("dead_letter_queue"),
    )
