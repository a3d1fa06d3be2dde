"""`lake dev`: edit, and see it run."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from typing import Annotated
from urllib.request import Request, urlopen

import typer

from cli.commands.environment import api_urls
from cli.console import err, notice, shown_step
from cli.deployment import offline_deployment
from cli.dev.changes import Changes
from cli.dev.keys import keys
from cli.dev.logs import LogFollower
from cli.dev.session import HELP, Actions, Session
from cli.errors import CliError
from cli.functions import full_name, function_names
from cli.options import DEFAULT_NAME, UpNameOption
from cli.project import lake_folder
from cli.stages.choice import chosen_config, refuse_if_protected
from kit.project import name_prefix
from offline.health import failure
from offline.lifecycle import diff, down, up
from offline.state import LakeFolder, LakeState, load_state

DEBUG_PORT = 5678


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example: lake dev --debug ingest")(dev)


def dev(
    name: UpNameOption = DEFAULT_NAME,
    debug: Annotated[
        str | None, typer.Option("--debug", metavar="FUNCTION", help="Make this function wait for a debugger.")
    ] = None,
    debug_port: Annotated[int, typer.Option("--debug-port", min=1, max=65535)] = DEBUG_PORT,
    stage: Annotated[str, typer.Option("--stage", help="Only the offline stage, local, has a live mode.")] = "local",
) -> None:
    """Work on handlers and stacks with the whole lake running.

    An edited handler runs at the next request. The logs of all functions are shown as they come. A changed stack is
    compared with what is deployed: press d to deploy it, q to quit.
    """
    _refuse_aws(stage)
    folder = lake_folder(name)
    started_here = load_state(folder) is None
    state = up(folder, step=shown_step, say=notice)
    prefix = name_prefix(folder.root, state.stage)
    follower = LogFollower(folder.logs, prefix)
    for number in (signal.SIGTERM, signal.SIGHUP):  # a closed terminal leaves nothing behind either
        signal.signal(number, signal.default_int_handler)
    try:
        _greet(folder, state)
        with _debugged(state, debug, debug_port, prefix), keys() as pressed:
            Session(out=err, logs=follower, changes=Changes(folder.root), actions=_actions(folder, state)).run(pressed)
    except KeyboardInterrupt:
        pass
    finally:
        _leave(folder, started_here=started_here)


def _refuse_aws(stage: str) -> None:
    config = chosen_config(stage)
    refuse_if_protected(config, "live mode")
    if not config.offline:
        raise CliError(f"live mode runs offline, not on stage {stage!r}: `lake deploy --stage {stage}` deploys there")


def _actions(folder: LakeFolder, state: LakeState) -> Actions:
    def check() -> None:
        now = load_state(folder)
        if now is None:
            raise CliError(f"the environment {folder.name!r} was stopped")
        if problem := failure(folder, now):
            raise CliError(problem)

    def deploy() -> None:
        up(folder, step=shown_step, say=notice)
        err.print("deployed", style="bold")

    return Actions(diff=lambda: diff(folder, state), deploy=deploy, check=check)


def _greet(folder: LakeFolder, state: LakeState) -> None:
    for api, url in ({"ingest": state.url("frontdoor")} | api_urls(folder)).items():
        err.print(f"  {api:<12} {url}", soft_wrap=True)
    err.print(HELP, style="dim", soft_wrap=True)


@contextmanager
def _debugged(state: LakeState, function: str | None, port: int, prefix: str) -> Iterator[None]:
    if function is None:
        yield
        return
    deployment = offline_deployment(state)
    name = full_name(function_names(deployment.client("cloudformation"), prefix), function)
    runtime = deployment.client("lambda").get_function_configuration(FunctionName=name)["Runtime"]
    refuse_without_debugger(runtime, find_spec("debugpy"))
    url = f"{state.url('runner')}/debug/{name}"
    _ask("PUT", f"{url}/{port}")
    err.print(f"  {function} waits for a debugger at 127.0.0.1:{port} (VS Code: request attach, type debugpy or node)")
    try:
        yield
    finally:
        _ask("DELETE", url)


def refuse_without_debugger(runtime: str, debugger: ModuleSpec | None) -> None:
    """Refuse to debug Python where its debugger is not installed, as after `make demo` alone.

    Raises
    ------
    CliError
        It is not installed.
    """
    if runtime.startswith("python") and debugger is None:
        raise CliError("the package debugpy is not installed: `make setup` installs what `--debug` needs")


def _ask(method: str, url: str) -> None:
    with urlopen(Request(url, method=method), timeout=10):  # noqa: S310 - the environment's own runner
        pass


def _leave(folder: LakeFolder, *, started_here: bool) -> None:
    if started_here:
        down(folder)
        err.print(f"stopped {folder.name}")
    else:
        err.print(f"{folder.name} keeps running: `lake down` stops it")
