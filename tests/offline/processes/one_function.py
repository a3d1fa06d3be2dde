"""A project with one function, and the runner that runs it."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from offline.journal import Invocation
from offline.runner.functions import FunctionCatalog
from offline.runner.metrics import MetricsSink
from offline.runner.process import Outcome
from offline.runner.runner import Record, Runner, RunnerSettings

Invoke = Callable[..., Awaitable[Outcome]]


class Lake:
    """A project folder with one function, and a runner of it."""

    def __init__(self, root: Path, *, file: str, text: str, runtime: str) -> None:
        self.root = root
        self.handler = root / "lambdas" / "own" / file
        self.handler.parent.mkdir(parents=True)
        self.handler.write_text(text)
        self.puts: list[Any] = []
        self.journal: list[Invocation] = []
        self.record: Record = self.journal.append
        self.log = root / "logs" / "lambda-own.log"
        self.function: dict[str, Any] = {
            "FunctionName": "own",
            "FunctionArn": "arn:own",
            "Runtime": runtime,
            "Handler": "lambdas/own/handler.handler",
            "Timeout": 20,
            "MemorySize": 512,
            "Environment": {"Variables": {"MINE": "1"}},
        }

    def run(self, use: Callable[[Invoke], Awaitable[None]]) -> None:
        async def invoking(runner: Runner) -> None:
            async def invoke(**event: Any) -> Outcome:
                return await runner.invoke("own", json.dumps(event).encode(), request_id="r-1")

            await use(invoke)

        self.use(invoking)

    def use(self, use: Callable[[Runner], Awaitable[None]]) -> None:
        async def main() -> None:
            metrics = MetricsSink(lambda *put: self.puts.append(put))
            settings = RunnerSettings(
                root=self.root, log_folder=self.root / "logs", temp_folder=self.root / "tmp", environment={}
            )
            catalog = FunctionCatalog(lambda _: {"Configuration": self.function}, self.root / "deployment.json")
            runner = Runner(settings, catalog, metrics, self.record)
            try:
                await use(runner)
            finally:
                await runner.close()

        asyncio.run(main())


def result(outcome: Outcome) -> Any:
    assert outcome.ok, outcome
    return json.loads(outcome.payload)


def error(outcome: Outcome) -> Any:
    assert not outcome.ok, outcome
    return json.loads(outcome.payload)
