"""The state machine of promotion: closed generations → measure → promote → publish, table by table.

It knows no rules. Each turn's result says what comes next (`thermocline.promote.turns`).
"""

from __future__ import annotations

from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_stepfunctions as sfn
from aws_cdk import aws_stepfunctions_tasks as tasks
from constructs import Construct

from kit.constructs import Function

# An execution that is still there when the next two have begun hangs, unless it waits for a job.
_HOURS = 3


class Promotion(Construct):
    """What the state machine consists of; `body` is its definition.

    Parameters
    ----------
    promote
        The promote function.
    max_concurrency
        Tables that are promoted at the same time.
    job_minutes
        How long the job for large generations may take.
    """

    def __init__(
        self, scope: Construct, construct_id: str, *, promote: Function, max_concurrency: int, job_minutes: int
    ) -> None:
        super().__init__(scope, construct_id)
        self._function = promote
        self._max_concurrency = max_concurrency
        listed = self._task("List", {"action": "list", "at.$": "$$.Execution.StartTime", "input.$": "$"})
        report = self._task("Report", {"action": "report", "rounds.$": "$"})
        self.body = sfn.DefinitionBody.from_chainable(listed.next(self._rounds()).next(report).next(self._verdict()))
        self.timeout = cdk.Duration.minutes(_HOURS * 60 + job_minutes)

    def _rounds(self) -> sfn.Map:
        """Return the rounds, one after the other: streams first, then quarantine, which takes rows of all of them."""
        tables = sfn.Map(
            self,
            "Tables",
            items_path="$.tables",
            item_selector={"table.$": "$$.Map.Item.Value", "before.$": "$.before"},
            max_concurrency=self._max_concurrency,
        ).item_processor(self._table())
        return sfn.Map(
            self,
            "Rounds",
            items_path="$.rounds",
            item_selector={"tables.$": "$$.Map.Item.Value", "before.$": "$.before"},
            max_concurrency=1,
        ).item_processor(tables)

    def _table(self) -> sfn.IChainable:
        """Return the turns of one table, whose trouble is data: it does not stop another's."""
        failed = sfn.Pass(
            self,
            "Failed",
            parameters={"table.$": "$.table", "before.$": "$.before", "next": "failed", "reason.$": "$.caught.Cause"},
        )
        measure = self._task("Measure", {"action": "measure", "table.$": "$.table", "before.$": "$.before"}, "$.size")
        promote = self._task("Promote", {"action": "promote", "turn.$": "$"})
        publish = self._task("Publish", {"action": "publish", "table.$": "$.table"}, sfn.JsonPath.DISCARD)
        start = self._task("StartJob", {"action": "start_job", "turn.$": "$"})
        state = self._task("JobState", {"action": "job_state", "turn.$": "$"})
        for task in (measure, promote, start, state, publish):
            task.add_catch(failed, errors=["States.ALL"], result_path="$.caught")
        wait = sfn.Wait(self, "Wait", time=sfn.WaitTime.seconds_path("$.wait_seconds"))
        engine = sfn.Choice(self, "Engine").when(sfn.Condition.string_equals("$.size.engine", "glue"), start)
        following = (
            sfn.Choice(self, "Next")
            .when(sfn.Condition.string_equals("$.next", "again"), measure)
            .when(sfn.Condition.string_equals("$.next", "wait"), wait.next(measure))
            .otherwise(publish)
        )
        promote.next(following)
        job_wait = sfn.Wait(self, "JobWait", time=sfn.WaitTime.seconds_path("$.wait_seconds"))
        job_ended = (
            sfn.Choice(self, "JobEnded")
            .when(sfn.Condition.string_equals("$.next", "wait"), job_wait.next(state))
            .otherwise(following)
        )
        start.next(job_ended)
        state.next(job_ended)
        return measure.next(engine.otherwise(promote))

    def _verdict(self) -> sfn.Choice:
        fail = sfn.Fail(self, "Trouble", error="PromotionFailed", cause_path="States.JsonToString($.failed)")
        trouble = sfn.Condition.is_present("$.failed[0]")
        return sfn.Choice(self, "Verdict").when(trouble, fail).otherwise(sfn.Succeed(self, "Promoted"))

    def _task(self, name: str, event: dict[str, Any], result_path: str | None = None) -> tasks.LambdaInvoke:
        """Return a call of the function, which is made again when the function itself fails."""
        task = tasks.LambdaInvoke(
            self,
            name,
            lambda_function=self._function,
            payload=sfn.TaskInput.from_object(event),
            payload_response_only=True,
            retry_on_service_exceptions=False,  # the retry below has them, too
            result_path=result_path,
        )
        task.add_retry(errors=["States.TaskFailed"], interval=cdk.Duration.seconds(5), max_attempts=3, backoff_rate=3)
        return task
