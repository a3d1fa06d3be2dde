"""`python -m offline.runner --root DIR --name N --port P`; AWS endpoints and credentials come from its variables."""

import argparse
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import boto3
from aiohttp import web

from offline.journal import Journal
from offline.roles import RoleCredentials, as_root
from offline.runner.functions import FunctionCatalog
from offline.runner.metrics import MetricsSink
from offline.runner.runner import Runner, RunnerSettings
from offline.runner.server import runner_app
from offline.state import LakeFolder


def main(argv: Sequence[str] | None = None) -> None:
    """Serve until TERM."""
    parser = argparse.ArgumentParser(prog="python -m offline.runner")
    parser.add_argument("--root", type=Path, required=True, help="the project's root: what handlers are imported from")
    parser.add_argument("--name", required=True, help="the environment's name")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--roles", action="store_true", help="run each function under its role")
    arguments = parser.parse_args(argv)
    folder = LakeFolder(root=arguments.root, name=arguments.name)
    settings = RunnerSettings(
        root=folder.root,
        log_folder=folder.logs,
        temp_folder=folder.temp,
        environment=dict(os.environ),
        credentials_of=RoleCredentials(boto3.client("sts")) if arguments.roles else as_root,
    )
    web.run_app(_app(settings, folder), host="127.0.0.1", port=arguments.port, print=None, access_log=None)


async def _app(settings: RunnerSettings, folder: LakeFolder) -> web.Application:
    functions = boto3.client("lambda")
    cloudwatch = boto3.client("cloudwatch")

    def get_function(name: str) -> dict[str, Any]:
        return dict(functions.get_function(FunctionName=name))

    def put(namespace: str, data: list[dict[str, Any]]) -> None:
        cloudwatch.put_metric_data(Namespace=namespace, MetricData=data)

    metrics = MetricsSink(put)
    journal = Journal(folder.journal)
    runner = Runner(settings, FunctionCatalog(get_function, folder.deployment), metrics, journal.add)
    app = runner_app(runner, metrics)

    async def close_journal(_: web.Application) -> None:
        journal.close()

    app.on_cleanup.append(close_journal)
    return app


if __name__ == "__main__":
    main()
