"""`lake up`, `down`, `status` and `env`: the offline environment."""

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from cli.console import notice, out, print_json, shown_step
from cli.deployment import Deployment, offline_deployment
from cli.errors import CliError
from cli.exports import athena_variables, export_lines
from cli.options import DEFAULT_NAME, IamOption, JsonOption, KeepOption, NameOption, PortOption, UpNameOption
from cli.project import chosen_folder, lake_folder, project_root, running_lake
from kit.project import name_prefix
from offline.deployment import load_deployment
from offline.environment import client_environment
from offline.health import failure
from offline.kept import has_kept
from offline.lifecycle import down as stop
from offline.lifecycle import silent
from offline.lifecycle import up as start
from offline.plan import CHILDREN
from offline.state import LakeFolder, lake_folders, load_state


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(epilog="Example: lake up --name second")(up)
    app.command(epilog="Example: lake down --all")(down)
    app.command(epilog="Example: lake status --json")(status)
    app.command(epilog='Example: eval "$(lake env)"')(env)


def up(
    name: UpNameOption = DEFAULT_NAME,
    iam: IamOption = False,
    keep: KeepOption = False,
    port: PortOption = None,
    json: JsonOption = False,
) -> None:
    """Start the offline environment and deploy the app into it.

    If the environment is up already, only changes of the app are deployed. Environments with different names run side
    by side. An environment keeps its ports. It starts empty, unless it was started with --keep before.
    """
    folder = lake_folder(name)
    state = start(folder, iam=iam, keep=keep, port=port, step=silent if json else shown_step, say=notice)
    if json:
        print_json(describe(folder))
    else:
        out.print(f"{name} is up; events go to {state.url('frontdoor')}", soft_wrap=True, highlight=False)


def down(
    name: NameOption = None,
    every: Annotated[bool, typer.Option("--all", help="Stop every environment of this project.")] = False,
    discard: Annotated[
        bool, typer.Option("--discard", help="Delete also the data of an environment that was started with --keep.")
    ] = False,
) -> None:
    """Stop an offline environment and delete its data, unless it was started with --keep. Its logs stay."""
    folders = list(lake_folders(project_root())) if every else [chosen_folder(name)]
    stopped = [_stopped(folder) for folder in folders if stop(folder, discard=discard)]
    out.print(f"stopped {', '.join(stopped)}" if stopped else "nothing was running")


def _stopped(folder: LakeFolder) -> str:
    return f"{folder.name} (its data are kept for the next `lake up`)" if has_kept(folder) else folder.name


def status(json: JsonOption = False) -> None:
    """Show the project's offline environments. The exit status is 1 if one of them has failed."""
    lakes = [describe(folder) for folder in lake_folders(project_root())]
    if json:
        print_json(lakes)
    elif lakes:
        for line in (line for lake in lakes for line in _lines(lake)):
            out.print(line, soft_wrap=True, highlight=False)
    else:
        out.print("no offline environment is running: `lake up` starts one")
    problems = [lake["problem"] for lake in lakes if lake["problem"]]
    for problem in problems:
        typer.echo(f"lake: {problem}", err=True)
    if problems:
        raise typer.Exit(1)


def env(name: NameOption = None) -> None:
    """Print `export` lines that point AWS SDKs and event senders at the offline environment."""
    folder = chosen_folder(name)
    state = running_lake(folder)
    lake: Deployment = offline_deployment(state)
    aws = client_environment(state)
    aws |= {"AWS_ENDPOINT_URL_GLUE": aws["AWS_ENDPOINT_URL_ATHENA"], **athena_variables(lake.outputs)}
    for line in export_lines(aws, lake.ingest_url, lake.write_keys(), api_urls(folder)):
        print(line)


def describe(folder: LakeFolder) -> dict[str, Any]:
    """Return an environment as `--json` shows it."""
    try:
        state = load_state(folder)
    except CliError as error:
        return {"name": folder.name, "phase": "damaged", "problem": str(error), "urls": {}, "apis": {}}
    if state is None:
        return {"name": folder.name, "phase": "down", "problem": None, "urls": {}, "apis": {}}
    problem = failure(folder, state)
    return {
        "name": state.name,
        "stage": state.stage,
        "phase": "failed" if problem else state.phase,
        "deployed": load_deployment(folder) is not None,
        "iam": state.iam,
        "keep": state.keep,
        "started_at": state.started_at,
        "urls": {child.name: state.url(child.name) for child in state.children if child.name in CHILDREN},
        "apis": api_urls(folder),
        "pids": {"supervisor": state.supervisor_pid, **{child.name: child.pid for child in state.children}},
        "logs": str(folder.logs),
        "problem": problem,
    }


def api_urls(folder: LakeFolder) -> dict[str, str]:
    """Return the URLs of the app's own HTTP APIs by name; the ingest API is the front door, so it is left out."""
    deployment, state = load_deployment(folder), load_state(folder)
    if deployment is None or state is None:
        return {}
    prefix = name_prefix(folder.root, state.stage)
    return {api.name.removeprefix(prefix): f"http://127.0.0.1:{api.port}" for api in deployment.others}


def _lines(lake: dict[str, Any]) -> Iterator[str]:
    if "started_at" not in lake:
        yield f"[bold]{lake['name']}[/]  {lake['phase']}"
        return
    deployed = "" if lake["deployed"] else ", nothing deployed"
    enforced = ", IAM enforced" if lake["iam"] else ""
    yield f"[bold]{lake['name']}[/]  {lake['phase']}{deployed}{enforced}, since {lake['started_at']}"
    if not lake["problem"]:
        yield from (f"  {name:<10} {url}" for name, url in (lake["urls"] | lake["apis"]).items())
