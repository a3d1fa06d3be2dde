"""A deployed function's configuration, read from the emulator and kept until the next deployment."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROXY_VARIABLE = "MINISTACK_LAMBDA_PROXY_URL"
"""The environment variable with which the emulator sends a function's invocations to the runner."""

DEFAULT_PARALLEL = 2


@dataclass(frozen=True, kw_only=True)
class FunctionConfig:
    """The configuration of a deployed function."""

    name: str
    arn: str
    role: str
    runtime: str
    handler: str
    timeout: int
    memory_mb: int
    parallel: int
    environment: tuple[tuple[str, str], ...]


def function_config(function: dict[str, Any]) -> FunctionConfig:
    """Return the configuration in a GetFunction response."""
    configuration = function["Configuration"]
    variables = configuration.get("Environment", {}).get("Variables", {})
    reserved = function.get("Concurrency", {}).get("ReservedConcurrentExecutions")
    return FunctionConfig(
        name=configuration["FunctionName"],
        arn=configuration["FunctionArn"],
        role=configuration.get("Role", ""),
        runtime=configuration.get("Runtime", ""),
        handler=configuration.get("Handler", ""),
        timeout=configuration["Timeout"],
        memory_mb=configuration["MemorySize"],
        parallel=reserved or DEFAULT_PARALLEL,
        environment=tuple(sorted((k, v) for k, v in variables.items() if k != PROXY_VARIABLE)),
    )


GetFunction = Callable[[str], dict[str, Any]]


class FunctionCatalog:
    """Function configurations by name; they are read again after `deployment` (a file) changed."""

    def __init__(self, get_function: GetFunction, deployment: Path) -> None:
        self._get_function = get_function
        self._deployment = deployment
        self._known: dict[str, FunctionConfig] = {}
        self._known_at = 0
        self._asking = asyncio.Lock()

    async def get(self, name: str) -> FunctionConfig:
        """Return a function's configuration; raise the error of the emulator's client if there is no such function."""
        self._forget_after_deployment()
        if name not in self._known:
            async with self._asking:
                if name not in self._known:
                    self._known[name] = function_config(await asyncio.to_thread(self._get_function, name))
        return self._known[name]

    def _forget_after_deployment(self) -> None:
        try:
            changed_at = self._deployment.stat().st_mtime_ns
        except FileNotFoundError:
            changed_at = 0
        if changed_at != self._known_at:
            self._known_at = changed_at
            self._known.clear()
