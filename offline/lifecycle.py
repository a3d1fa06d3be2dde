"""Up and down: what the `lake` command does with an environment."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import psutil
from botocore.exceptions import BotoCoreError, ClientError

from kit.project import name_prefix
from offline.apis import deployed_apis, ingest_url, stacks_of
from offline.cdk import Cdk
from offline.children import last_line
from offline.deployment import OfflineDeployment, load_deployment, offline_deployment, save_deployment
from offline.environment import CODE_ROOT, clean_environment, client_environment
from offline.errors import OfflineError
from offline.functions import aws_client, hand_over, stack_outputs
from offline.health import failure
from offline.interrupts import end_started_processes, signals_interrupt, uninterrupted
from offline.kept import discard as discard_kept
from offline.kept import has_kept, restore
from offline.lock import file_lock, ignore
from offline.ports import is_free, load_ports, wait_until_open
from offline.processes import end_all, is_ours, processes_of
from offline.starting import Say, give_ports, needs_start, refuse_change
from offline.state import LakeFolder, LakeState, load_state, remove_state, write_json

Step = Callable[[str], AbstractContextManager[None]]
"""Shows a step's beginning and end: `with step("deploy"): ...`."""

SUPERVISOR = (sys.executable, "-m", "offline.supervisor")

_START_SECONDS = 90.0
_SEEN_SECONDS = 10.0
_STOP_SECONDS = 100.0
_POLL_SECONDS = 0.05
_OPEN_SECONDS = 10.0


@contextlib.contextmanager
def silent(_: str) -> Iterator[None]:
    """Run a step without showing it."""
    yield


def up(
    folder: LakeFolder,
    *,
    stage: str = "local",
    iam: bool = False,
    keep: bool = False,
    port: int | None = None,
    step: Step = silent,
    say: Say = ignore,
) -> LakeState:
    """Start the environment if it is not running, and deploy the app into it if the app has changed.

    `iam` enforces policies, `keep` keeps the data, and `port` is the front door's; the others follow it. A running
    environment refuses a change of them. An interrupted start leaves nothing.
    """
    with (
        file_lock(
            folder.path / "lock", busy=lambda pid: say(f"process {pid} is at work on {folder.name}: waiting for it")
        ),
        signals_interrupt(),
    ):
        launched = False
        try:
            if launched := needs_start(folder, say):
                _start(folder, stage, iam=iam, keep=keep, port=port, say=say)
            else:
                refuse_change(folder, iam=iam, keep=keep, port=port)
            return _deploy(folder, stage, step, launched=launched)
        except KeyboardInterrupt:
            _abandon(folder, launched=launched)
            raise


def _start(folder: LakeFolder, stage: str, *, iam: bool, keep: bool, port: int | None, say: Say) -> None:
    down(folder)
    keep = keep or has_kept(folder)
    give_ports(folder, keep=keep, port=port, say=say)
    if keep and (lost := restore(folder)):
        say(f"{folder.name} was not stopped cleanly: {lost}")
    launch(folder, stage, iam=iam, keep=keep)


def _abandon(folder: LakeFolder, *, launched: bool) -> None:
    """Remove what an interrupted start left; an environment that ran before goes on."""
    with uninterrupted():
        end_started_processes(folder)
        if launched:
            down(folder)


def launch(
    folder: LakeFolder, stage: str, command: Sequence[str] = SUPERVISOR, *, iam: bool = False, keep: bool = False
) -> None:
    """Start a supervisor, detached from this terminal."""
    shutil.rmtree(folder.logs, ignore_errors=True)
    folder.logs.mkdir(parents=True)
    options = [f"--{name}" for name, wanted in (("iam", iam), ("keep", keep)) if wanted]
    arguments = ("--root", str(folder.root), "--name", folder.name, "--stage", stage, *options)
    with (folder.logs / "supervisor.log").open("ab") as output:
        process = subprocess.Popen(
            (*command, *arguments), cwd=CODE_ROOT, env=clean_environment(folder), start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=output, stderr=output,
        )  # fmt: skip
    wait_until_seen(lambda: is_ours(folder, process.pid), lambda: process.poll() is not None)
    # It runs on without us. Without this, Popen would warn about a process that still runs.
    process.returncode = 0


def wait_until_seen(seen: Callable[[], bool], ended: Callable[[], bool]) -> None:
    """Return once a new process has its mark, or has ended.

    On a busy machine a process's variables are readable only some time after its start. An earlier check would report
    the environment as stopped, and leave it running.
    """
    deadline = time.monotonic() + _SEEN_SECONDS
    while not (seen() or ended()) and time.monotonic() < deadline:
        time.sleep(_POLL_SECONDS)


def wait_until_running(folder: LakeFolder) -> LakeState:
    """Return the state once every child answers; raise `OfflineError` that says which child failed."""
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        state = load_state(folder)
        if state and state.crash:
            raise OfflineError(failure(folder, state) or "")
        if state and state.phase == "running":
            return state
        if not processes_of(folder):
            break
        time.sleep(_POLL_SECONDS)
    state = load_state(folder)
    if state and state.crash:  # written between the two reads above
        raise OfflineError(failure(folder, state) or "")
    log = folder.logs / "supervisor.log"
    raise OfflineError(f"the environment did not start: {last_line(log) or 'it did not answer in time'} ({log})")


def _deploy(folder: LakeFolder, stage: str, step: Step, *, launched: bool) -> LakeState:
    with ThreadPoolExecutor() as threads:
        try:
            starting = threads.submit(_start_and_bootstrap, folder, step)
            with step("synthesise the app"):
                assembly, inputs_hash = Cdk(root=folder.root, log=folder.logs / "synth.log", aws={}).synth(stage)
            state = starting.result()
        except KeyboardInterrupt:
            _abandon(folder, launched=launched)  # here, because the thread would go on waiting
            raise
    deployed = load_deployment(folder)
    if deployed is None or deployed.inputs_hash != inputs_hash:
        with step("deploy"):
            _deploy_assembly(folder, state, assembly, inputs_hash)
    elif launched:  # with what it kept
        _hand_over(folder, state, assembly, inputs_hash)
    return state


def diff(folder: LakeFolder, state: LakeState) -> str:
    """Return what a deployment of the app would change now, in CDK's words; "" for nothing."""
    assembly, _ = Cdk(root=folder.root, log=folder.logs / "synth.log", aws={}).synth(state.stage)
    stacks = _cdk(folder, state).diff(assembly).split("\nStack ")
    return "\n".join(f"Stack {stack.strip()}" for stack in stacks[1:] if "There were no differences" not in stack)


def _start_and_bootstrap(folder: LakeFolder, step: Step) -> LakeState:
    with step("start the environment"):
        state = wait_until_running(folder)
    if load_deployment(folder) is None:
        with step("bootstrap"):
            _cdk(folder, state).bootstrap()
    return state


def _deploy_assembly(folder: LakeFolder, state: LakeState, assembly: Path, inputs_hash: str) -> None:
    try:
        _cdk(folder, state).deploy(assembly)
    except OfflineError as error:
        raise OfflineError(f"{error}; {_after_failed_deployment(folder, state, assembly)}") from None
    _hand_over(folder, state, assembly, inputs_hash)


def _after_failed_deployment(folder: LakeFolder, state: LakeState, assembly: Path) -> str:
    deployed = load_deployment(folder)
    if deployed is None:
        return f"fix that, then `lake up --name {folder.name}` starts again"
    # Some stacks may have changed: deploy again even if the app goes back to its earlier state.
    save_deployment(folder, replace(deployed, inputs_hash=""))
    with contextlib.suppress(ClientError, BotoCoreError):
        _point_at_runner(folder, state, assembly)
    return (
        f"what was deployed before goes on; fix that, then `lake up --name {folder.name}` deploys again. If the "
        f"stacks are stuck, `lake down --name {folder.name}` before it starts again without the data"
    )


def _hand_over(folder: LakeFolder, state: LakeState, assembly: Path, inputs_hash: str) -> None:
    aws, prefix = client_environment(state), name_prefix(folder.root, state.stage)
    _point_at_runner(folder, state, assembly)
    outputs = stack_outputs(prefix, aws)
    deployment = offline_deployment(
        inputs_hash=inputs_hash,
        ingest_url=ingest_url(outputs),
        apis=deployed_apis(assembly, aws_client("cloudformation", aws), aws_client("apigatewayv2", aws)),
        edge_secret=outputs.get("EdgeSecretName", ""),
        edge_header=outputs.get("EdgeSecretHeader", ""),
        before=load_deployment(folder),
    )
    deployment = with_ports_of_before(folder, deployment)
    save_deployment(folder, deployment)
    for api in deployment.others:  # the front door serves them a moment later
        if api.port and not wait_until_open(api.port, seconds=_OPEN_SECONDS):
            raise OfflineError(f"the front door does not serve {api.name}: {folder.logs / 'frontdoor.log'} says why")


def _point_at_runner(folder: LakeFolder, state: LakeState, assembly: Path) -> None:
    prefix, stacks = name_prefix(folder.root, state.stage), [stack for stack, _ in stacks_of(assembly)]
    hand_over(prefix, state.url("runner"), client_environment(state), stacks)


def _cdk(folder: LakeFolder, state: LakeState) -> Cdk:
    return Cdk(root=folder.root, log=folder.logs / "deploy.log", aws=client_environment(state))


def with_ports_of_before(folder: LakeFolder, deployment: OfflineDeployment) -> OfflineDeployment:
    """Return the deployment with each API on the port that it had in the environment's earlier runs, if it is free."""
    before, now = load_ports(folder.ports), load_deployment(folder)
    serving = {api.construct for api in now.others} if now else set()
    others = tuple(
        replace(api, port=before[key])
        if api.construct not in serving and (key := f"api {api.construct}") in before and is_free(before[key])
        else api
        for api in deployment.others
    )
    write_json(folder.ports, {**before, **{f"api {api.construct}": api.port for api in others if api.port}})
    return replace(deployment, others=others)


def down(folder: LakeFolder, *, discard: bool = False) -> bool:
    """End the environment and delete its data, even if its supervisor was killed; return False if there was nothing.

    An environment with `keep` keeps its data, unless `discard` is set.
    """
    try:
        state = load_state(folder)
        existed = state is not None
    except OfflineError:  # damaged; its processes are found even so
        state, existed = None, True
    if discard:
        existed = has_kept(folder) or existed
    if state and is_ours(folder, state.supervisor_pid):
        _stop_supervisor(state.supervisor_pid)
    if processes_of(folder):
        existed = True
        end_all(folder, grace_seconds=10)
    shutil.rmtree(folder.temp, ignore_errors=True)
    remove_state(folder)
    if discard:
        discard_kept(folder)
    return existed


def _stop_supervisor(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError, psutil.Error):
        process = psutil.Process(pid)
        os.kill(pid, signal.SIGTERM)
        process.wait(_STOP_SECONDS)
