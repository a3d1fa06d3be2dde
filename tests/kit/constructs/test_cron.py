from __future__ import annotations

from typing import Any, cast

import pytest
from aws_cdk import aws_events, aws_sqs

from kit.constructs import Cron, Function, Job, Stack
from kit.constructs.cron import JobDefinition
from kit.errors import DefinitionError
from tests.kit.constructs.templates import HANDLER, allowed, one, properties_of


@pytest.mark.parametrize(
    "job", [HANDLER, {"handler": HANDLER}, {"function": HANDLER}, {"function": {"handler": HANDLER}},
            Job(function=HANDLER)]
)  # fmt: skip
def test_job_forms(stack: Stack, job: JobDefinition) -> None:
    cron = Cron(stack, "Rollup", schedule="rate(1 minute)", job=job, default_function_props={"timeout": 33})
    assert one(stack, "AWS::Lambda::Function")["FunctionName"] == "test-app-Rollup-Job"
    assert one(stack, "AWS::Lambda::Function")["Timeout"] == 33
    assert one(stack, "AWS::Events::Rule")["ScheduleExpression"] == "rate(1 minute)"
    assert isinstance(cron.cdk, aws_events.Rule)
    assert cron.functions == {"job": cron.job}


def test_job_that_exists_is_taken(stack: Stack) -> None:
    function = Function(stack, "Own", handler=HANDLER)
    assert Cron(stack, "Rollup", schedule="rate(1 minute)", job=function).job is function
    assert one(stack, "AWS::Lambda::Permission")["Principal"] == "events.amazonaws.com"


def test_job_props(stack: Stack) -> None:
    queue = aws_sqs.Queue(stack, "Lost")
    props: Any = {"event": {"a": 1}, "retry_attempts": 2, "max_event_age": 120, "dead_letter_queue": queue}
    Cron(stack, "Rollup", schedule="cron(0 12 * * ? *)", job={"function": HANDLER, "job_props": props})
    (target,) = one(stack, "AWS::Events::Rule")["Targets"]
    assert target["Input"] == '{"a":1}'
    assert target["RetryPolicy"] == {"MaximumEventAgeInSeconds": 120, "MaximumRetryAttempts": 2}
    assert "DeadLetterConfig" in target


@pytest.mark.parametrize(
    ("job", "message"),
    [
        (7, "a job is a function, a mapping with one or a Job; not 7"),
        ({"function": HANDLER, "jobprops": {}}, "a job has no property 'jobprops'; did you mean 'job_props'"),
        ({"function": HANDLER, "job_props": {"retries": 1}}, "job_props has no property 'retries'"),
        ({"handler": HANDLER, "time_out": 1}, "did you mean 'timeout'"),
    ],
)
def test_wrong_jobs_are_refused(stack: Stack, job: object, message: str) -> None:
    with pytest.raises(DefinitionError, match=message):
        Cron(stack, "Rollup", schedule="rate(1 minute)", job=cast(JobDefinition, job))


def test_wrong_schedule_is_refused(stack: Stack) -> None:
    with pytest.raises(DefinitionError, match="neither like"):
        Cron(stack, "Rollup", schedule="sometimes", job=HANDLER)


def test_permissions_go_to_the_job(stack: Stack) -> None:
    cron = Cron(stack, "Rollup", schedule="rate(1 minute)", job=HANDLER)
    cron.attach_permissions(["sns:Publish"])
    cron.attach_permissions_to("job", ["sqs:SendMessage"])
    assert "sns:Publish" in allowed(stack, "Rollup-Job")
    assert "sqs:SendMessage" in allowed(stack, "Rollup-Job")
    with pytest.raises(DefinitionError, match="has no function 'task'; there are: job"):
        cron.attach_permissions_to("task", ["s3"])


def test_cron_can_be_off(stack: Stack) -> None:
    Cron(stack, "Rollup", schedule="rate(1 minute)", job=HANDLER, enabled=False)
    assert properties_of(stack, "AWS::Events::Rule")[0]["State"] == "DISABLED"
