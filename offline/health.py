"""The health of an environment: whether it runs, and the problem if it does not."""

from offline.processes import is_ours
from offline.state import LakeFolder, LakeState


def is_running(folder: LakeFolder, state: LakeState) -> bool:
    """Tell whether the environment is up or starting."""
    return state.crash is None and is_ours(folder, state.supervisor_pid)


def failure(folder: LakeFolder, state: LakeState) -> str | None:
    """Return the problem of an environment that should be running, and what to do, on one line; None if it is fine."""
    if (wrong := problem(folder, state)) is None:
        return None
    how = "from its last clean stop on" if state.keep else "anew and empty"
    return f"{wrong}; `lake up --name {folder.name}` starts it {how}, `lake down --name {folder.name}` clears it away"


def problem(folder: LakeFolder, state: LakeState) -> str | None:
    """Return the problem of an environment that should be running; None if there is none."""
    if state.crash:
        return f"{folder.name} failed: {state.crash} (log: {folder.logs / f'{state.crash.child}.log'})"
    if not is_ours(folder, state.supervisor_pid):
        return f"{folder.name} lost its supervisor"
    return None
