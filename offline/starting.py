"""Before a start: whether it is needed, which data of an earlier run are lost, and which ports it uses."""

from collections.abc import Callable

from offline.deployment import load_deployment
from offline.errors import OfflineError
from offline.health import is_running, problem
from offline.ports import assigned, consecutive, holder, load_ports
from offline.state import LakeFolder, LakeState, load_state, write_json

Say = Callable[[str], None]
"""Tells the user something outside a step."""

BY_PORT = ("frontdoor", "emulator", "athena", "runner")
"""The order of the children's ports when the user chose the first."""


def needs_start(folder: LakeFolder, say: Say) -> bool:
    """Tell whether to start an environment; say why, if it has run before."""
    state = load_state(folder)
    if state is None:
        return True
    if not is_running(folder, state):
        lost = "it goes back to its last clean stop" if state.keep else "what it held is lost, and it starts empty"
        say(f"{problem(folder, state)}; {lost}")
        return True
    if state.phase == "running" and load_deployment(folder) is None:
        # An unfinished deployment may have left broken stacks, and there are no data yet.
        say(f"the first deployment of {folder.name} did not finish: starting anew")
        return True
    return False


def refuse_change(folder: LakeFolder, *, iam: bool, keep: bool, port: int | None) -> None:
    """Raise `OfflineError` for options that a running environment does not have."""
    state = _running_state(folder)
    serves = next((child.port for child in state.children if child.name == "frontdoor"), port)
    for wanted, what in (
        (iam and not state.iam, "without IAM"),
        (keep and not state.keep, "without --keep"),
        (port is not None and port != serves, f"at port {serves}"),
    ):
        if wanted:
            raise OfflineError(f"{state.name} is up {what}: `lake down --name {state.name}` first")


def give_ports(folder: LakeFolder, *, keep: bool, port: int | None, say: Say) -> None:
    """Write the ports of the environment's next start: from `port` on, or else the earlier ones if they are free.

    Raises
    ------
    OfflineError
        A chosen port is taken, or the port to which kept data refer.
    """
    before = load_ports(folder.ports)
    ports = consecutive(BY_PORT, port) if port is not None else assigned(BY_PORT, before)
    moved = {name: before[name] for name in BY_PORT if before.get(name, ports[name]) != ports[name]}
    if keep and "emulator" in moved and (folder.kept / "state").exists():
        raise OfflineError(
            f"the data that {folder.name} keeps refer to port {moved['emulator']}, which is now another's"
            f"{holder(moved['emulator'])}: free it, or delete the data with `lake down --discard --name {folder.name}`"
        )
    for name, old in moved.items() if port is None else ():
        say(f"port {old} is taken{holder(old)}: the {name} of {folder.name} is on {ports[name]} now")
    write_json(folder.ports, {**before, **ports})


def _running_state(folder: LakeFolder) -> LakeState:
    state = load_state(folder)
    if state is None:
        raise OfflineError(f"{folder.name} was stopped meanwhile: `lake up --name {folder.name}` starts it")
    return state
