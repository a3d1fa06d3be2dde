"""Which project a command works on."""

from pathlib import Path

from cli.errors import CliError
from cli.options import DEFAULT_NAME
from offline.environment import CODE_ROOT
from offline.health import failure, is_running
from offline.state import LakeFolder, LakeState, lake_folders, load_state


def project_root(start: Path | None = None) -> Path:
    """Return the nearest folder, from `start` upwards, that has app.py and cdk.json; else the folder of this package.

    Raises
    ------
    CliError
        No such folder has them.
    """
    here = start or Path.cwd()
    for folder in (here, *here.parents, CODE_ROOT):
        if (folder / "app.py").exists() and (folder / "cdk.json").exists():
            return folder
    raise CliError("there is no app.py with a cdk.json here: run `lake` in the project's folder")


def lake_folder(name: str) -> LakeFolder:
    """Return the folder of an environment of this project."""
    return LakeFolder(root=project_root(), name=name)


def chosen_folder(name: str | None) -> LakeFolder:
    """Return the folder of the named environment, else of the one that was started last, else of the default one."""
    if name:
        return lake_folder(name)
    states = [(state.started_at, folder) for folder in lake_folders(project_root()) if (state := load_state(folder))]
    return max(states, key=lambda pair: pair[0])[1] if states else lake_folder(DEFAULT_NAME)


def running_lake(folder: LakeFolder) -> LakeState:
    """Return the state of a running environment.

    Raises
    ------
    CliError
        It is not running; the text says why.
    """
    state = load_state(folder)
    if state is None:
        raise CliError(
            f"the offline environment {folder.name!r} is not running: `lake up --name {folder.name}` starts it"
        )
    if problem := failure(folder, state):
        raise CliError(problem)
    if not is_running(folder, state) or state.phase != "running":
        raise CliError(f"the offline environment {folder.name!r} is still starting: try again in some seconds")
    return state
