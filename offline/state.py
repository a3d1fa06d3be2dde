"""A running environment: its folder under `.lake/`, and the state file that the supervisor keeps there."""

import json
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal, Self

from offline.errors import OfflineError

Phase = Literal["starting", "running", "failed"]

_NAME = re.compile(r"[a-z][a-z0-9-]{0,31}")


@dataclass(frozen=True, kw_only=True)
class LakeFolder:
    """`<root>/.lake/<name>/`, the folder in which an environment writes all its files."""

    root: Path
    name: str

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise OfflineError(f"{self.name!r} can't be an environment's name: use a-z, 0-9 and -, such as 'demo-2'")

    @property
    def path(self) -> Path:
        """The folder itself."""
        return self.root / ".lake" / self.name

    @property
    def state_file(self) -> Path:
        """The supervisor's state; the file exists from `up` to `down`."""
        return self.path / "state.json"

    @property
    def deployment(self) -> Path:
        """The record of what `up` deployed; the front door and the runner read it."""
        return self.path / "deployment.json"

    @property
    def ports(self) -> Path:
        """The last ports, by name, for the next start; kept after `down`."""
        return self.path / "ports.json"

    @property
    def kept(self) -> Path:
        """The data that an environment keeps, if it does."""
        return self.path / "kept"

    @property
    def logs(self) -> Path:
        """One log file per child and per function; kept after `down`, deleted by the next `up`."""
        return self.path / "logs"

    @property
    def journal(self) -> Path:
        """The journal of all invocations; deleted by `down`."""
        return self.temp / "journal.db"

    @property
    def tls(self) -> Path:
        """The certificate of an environment that enforces IAM."""
        return self.temp / "tls"

    @property
    def temp(self) -> Path:
        """TMPDIR of every child; deleted by `down`."""
        return self.path / "tmp"


@dataclass(frozen=True, kw_only=True)
class ChildState:
    """One child process of the supervisor."""

    name: str
    pid: int
    port: int


@dataclass(frozen=True, kw_only=True)
class Crash:
    """Why an environment failed: the child that ended, its exit status, and the last line of its log."""

    child: str
    exit_status: int
    last_line: str

    def __str__(self) -> str:
        how = f"was killed by signal {-self.exit_status}" if self.exit_status < 0 else f"ended with {self.exit_status}"
        return f"{self.child} {how}: {self.last_line or 'its log is empty'}"


@dataclass(frozen=True, kw_only=True)
class LakeState:
    """The state of an environment, as its supervisor last wrote it."""

    name: str
    stage: str
    phase: Phase
    supervisor_pid: int
    started_at: str
    temp_folder: str
    iam: bool = False
    keep: bool = False
    children: tuple[ChildState, ...] = ()
    crash: Crash | None = None

    def url(self, child: str) -> str:
        """Return the local URL of a child: emulator, athena, runner or frontdoor."""
        port = next(c.port for c in self.children if c.name == child)
        return f"{'https' if self.iam and child == 'emulator' else 'http'}://127.0.0.1:{port}"

    @property
    def authority(self) -> str | None:
        """The file of the authority of the emulator's certificate; None without TLS."""
        return str(Path(self.temp_folder) / "tls" / "ca.pem") if self.iam else None

    @classmethod
    def from_json(cls, fields: dict[str, Any]) -> Self:
        """Return the state whose fields `asdict` wrote."""
        crash = fields.pop("crash")
        children = tuple(ChildState(**child) for child in fields.pop("children"))
        return cls(**fields, children=children, crash=Crash(**crash) if crash else None)


def load_state(folder: LakeFolder) -> LakeState | None:
    """Return the environment's state, or None if it is not up; raise `OfflineError` if its file is damaged."""
    try:
        return LakeState.from_json(json.loads(folder.state_file.read_text()))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, KeyError, AttributeError):
        raise OfflineError(
            f"{folder.state_file} is damaged, or of another version: `lake down --name {folder.name}` puts that right"
        ) from None


def save_state(folder: LakeFolder, state: LakeState) -> None:
    """Write the state file in one step, so that a reader never sees half of it."""
    write_json(folder.state_file, asdict(state))


def write_json(path: Path, value: object) -> None:
    """Write JSON to `path` in one step, through a temporary file beside it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        draft.write_text(json.dumps(value, indent=2))
        draft.replace(path)
    except OSError:
        with suppress(OSError):
            draft.unlink()
        raise


def remove_state(folder: LakeFolder) -> None:
    """Delete the environment's state and deployment."""
    folder.state_file.unlink(missing_ok=True)
    folder.deployment.unlink(missing_ok=True)


def lake_folders(root: Path) -> Iterator[LakeFolder]:
    """Yield every environment under `root` that has a state."""
    for state_file in sorted((root / ".lake").glob("*/state.json")):
        yield LakeFolder(root=root, name=state_file.parent.name)
