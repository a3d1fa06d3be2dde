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
from pathlib import Path

import psutil

from offline.apis import deployed_apis, ingest_url, stacks_of
from offline.cdk import Cdk
from offline.children import last_line
from offline.deployment import load_deployment, offline_deployment, save_deployment
from offline.environment import CODE_ROOT, clean_environment, client_environment
from offline.errors import LakeError
from offline.functions import aws_client, hand_over, stack_outputs
from offline.lock import file_lock
from offline.ports import wait_until_open
from offline.processes import end_all, is_ours, processes_of
from offline.state import LakeFolder, LakeState, load_state, remove_state
from thermocline.project import name_prefix

Step = Callable[[str], AbstractContextManager[None]]
"""Shows a step's beginning and end: `with step("deploy"): ...`."""

SUPERVISOR = (sys.executable, "-m", "offline.supervisor")

_START_SECONDS = 90.0
_SEEN_SECONDS = 10.0
_STOP_SECONDS = 45.0
_POLL_SECONDS = 0.05
_OPEN_SECONDS = 10.0


@contextlib.contextmanager
def silent(_: str) -> Iterator[None]:
    """A step that is not shown."""
    yield


def up(folder: LakeFolder, *, stage: str = "local", iam: bool = False, step: Step = silent) -> LakeState:
    """Start the environment if it isn't running and deploy the app into it if it changed since.

    With `iam`, which an environment that is up without it can't take on, policies are enforced.
    """
    with file_lock(folder.path / "lock"):
        state = load_state(folder)
        if state is None or not is_running(folder, state):
            down(folder)
            launch(folder, stage, iam=iam)
        elif iam and not state.iam:
            raise LakeError(f"{folder.name} is up without IAM: `lake down --name {folder.name}` first")
        return _deploy(folder, stage, step)


def launch(folder: LakeFolder, stage: str, command: Sequence[str] = SUPERVISOR, *, iam: bool = False) -> None:
    """Start a supervisor, detached from this terminal."""
    shutil.rmtree(folder.logs, ignore_errors=True)
    folder.logs.mkdir(parents=True)
    arguments = ("--root", str(folder.root), "--name", folder.name, "--stage", stage, *(("--iam",) if iam else ()))
    with (folder.logs / "supervisor.log").open("ab") as output:
        process = subprocess.Popen(
            (*command, *arguments), cwd=CODE_ROOT, env=clean_environment(folder), start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=output, stderr=output,
        )  # fmt: skip
    wait_until_seen(lambda: is_ours(folder, process.pid), lambda: process.poll() is not None)
    # It goes on without us: say so, or Popen warns about a process that still runs.
    process.returncode = 0


def wait_until_seen(seen: Callable[[], bool], ended: Callable[[], bool]) -> None:
    """Return once a new process bears its mark, or has ended.

    On a busy machine its environment is readable only some time after it started; who looked earlier would take the
    environment for dead, and leave it behind.
    """
    deadline = time.monotonic() + _SEEN_SECONDS
    while not (seen() or ended()) and time.monotonic() < deadline:
        time.sleep(_POLL_SECONDS)


def wait_until_running(folder: LakeFolder) -> LakeState:
    """The state once every child answers; `LakeError` says which child failed."""
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        state = load_state(folder)
        if state and state.crash:
            raise LakeError(failure(folder, state) or "")
        if state and state.phase == "running":
            return state
        if not processes_of(folder):
            break
        time.sleep(_POLL_SECONDS)
    state = load_state(folder)
    if state and state.crash:  # written down between the two looks above
        raise LakeError(failure(folder, state) or "")
    log = folder.logs / "supervisor.log"
    raise LakeError(f"the environment did not start: {last_line(log) or 'it did not answer in time'} ({log})")


def _deploy(folder: LakeFolder, stage: str, step: Step) -> LakeState:
    with ThreadPoolExecutor() as threads:
        starting = threads.submit(_start_and_bootstrap, folder, step)
        with step("synthesise the app"):
            assembly, inputs_hash = Cdk(root=folder.root, log=folder.logs / "synth.log", aws={}).synth(stage)
        state = starting.result()
    deployed = load_deployment(folder)
    if deployed is None or deployed.inputs_hash != inputs_hash:
        with step("deploy"):
            _deploy_assembly(folder, state, assembly, inputs_hash)
    return state


def diff(folder: LakeFolder, state: LakeState) -> str:
    """What a deployment of the app as it is now would change, as CDK tells it; "" for nothing."""
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
    _cdk(folder, state).deploy(assembly)
    aws, prefix = client_environment(state), name_prefix(folder.root, state.stage)
    hand_over(prefix, state.url("runner"), aws, [stack for stack, _ in stacks_of(assembly)])
    outputs = stack_outputs(prefix, aws)
    deployment = offline_deployment(
        inputs_hash=inputs_hash,
        ingest_url=ingest_url(outputs),
        apis=deployed_apis(assembly, aws_client("cloudformation", aws), aws_client("apigatewayv2", aws)),
        edge_secret=outputs.get("EdgeSecretName", ""),
        before=load_deployment(folder),
    )
    save_deployment(folder, deployment)
    for api in deployment.others:  # which the front door finds a moment later
        if api.port and not wait_until_open(api.port, seconds=_OPEN_SECONDS):
            raise LakeError(f"the front door does not serve {api.name}: {folder.logs / 'frontdoor.log'} says why")


def _cdk(folder: LakeFolder, state: LakeState) -> Cdk:
    return Cdk(root=folder.root, log=folder.logs / "deploy.log", aws=client_environment(state))


def down(folder: LakeFolder) -> bool:
    """End the environment and delete what it held, even if its supervisor was killed; False if there was nothing."""
    state = load_state(folder)
    found = state is not None
    if state and is_ours(folder, state.supervisor_pid):
        _stop_supervisor(state.supervisor_pid)
    if processes_of(folder):
        found = True
        end_all(folder, grace_seconds=10)
    shutil.rmtree(folder.temp, ignore_errors=True)
    remove_state(folder)
    return found


def _stop_supervisor(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError, psutil.Error):
        process = psutil.Process(pid)
        os.kill(pid, signal.SIGTERM)
        process.wait(_STOP_SECONDS)


def is_running(folder: LakeFolder, state: LakeState) -> bool:
    """Whether the environment is up or coming up."""
    return state.crash is None and is_ours(folder, state.supervisor_pid)


def failure(folder: LakeFolder, state: LakeState) -> str | None:
    """What is wrong with an environment that should be running, on one line; None if nothing is."""
    if state.crash:
        log = folder.logs / f"{state.crash.child}.log"
        return f"{folder.name} failed: {state.crash} (log: {log}); `lake up --name {folder.name}` starts it anew"
    if not is_ours(folder, state.supervisor_pid):
        return f"{folder.name} lost its supervisor; `lake down --name {folder.name}` ends what is left of it"
    return None
