import asyncio
import os
from pathlib import Path
from typing import Any

from offline.runner.functions import DEFAULT_PARALLEL, PROXY_VARIABLE, FunctionCatalog, function_config

FUNCTION: dict[str, Any] = {
    "Configuration": {
        "FunctionName": "f",
        "FunctionArn": "arn:f",
        "Runtime": "python3.14",
        "Handler": "lambdas.f.handler.handler",
        "Timeout": 30,
        "MemorySize": 512,
        "Environment": {"Variables": {"B": "2", PROXY_VARIABLE: "http://runner", "A": "1"}},
    },
    "Concurrency": {"ReservedConcurrentExecutions": 4},
}


def test_a_configuration_is_read_without_the_runners_own_variable() -> None:
    config = function_config(FUNCTION)
    assert (config.name, config.timeout, config.memory_mb, config.parallel) == ("f", 30, 512, 4)
    assert (config.runtime, config.handler) == ("python3.14", "lambdas.f.handler.handler")
    assert config.environment == (("A", "1"), ("B", "2"))
    assert function_config({"Configuration": FUNCTION["Configuration"]}).parallel == DEFAULT_PARALLEL


def test_a_function_is_asked_for_once_a_deployment(tmp_path: Path) -> None:
    asked: list[str] = []

    def get_function(name: str) -> dict[str, Any]:
        asked.append(name)
        return FUNCTION

    async def run() -> None:
        deployment = tmp_path / "deployment.json"
        catalog = FunctionCatalog(get_function, deployment)
        await asyncio.gather(catalog.get("f"), catalog.get("f"))
        assert len(asked) == 1
        deployment.write_text("{}")
        await catalog.get("f")
        await catalog.get("f")
        assert len(asked) == 2
        os.utime(deployment, (1, 1))
        await catalog.get("f")
        assert len(asked) == 3

    asyncio.run(run())
