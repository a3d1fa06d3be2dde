"""How to start a worker of each language: the one place of the runner that knows languages."""

import json
import os
import re
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp

from kit.nodejs import node_folder
from kit.packaging.esbuild import FORMATS, VARIABLE, BundleError, Handler, Options, bundle
from offline.environment import CODE_ROOT
from offline.runner.functions import FunctionConfig
from offline.runner.worker import DEBUG_PORT_VARIABLE

SRC_VARIABLE = "LAKE_SRC"
"""The function's variable that names the folder of the project from which its handler is imported."""

NODE_WORKER = Path(__file__).with_name("node_worker.mjs")


class WorkerStartError(Exception):
    """The worker could not import its handler; the payload is the error in Lambda's shape."""

    def __init__(self, payload: bytes) -> None:
        super().__init__(payload.decode(errors="replace"))
        self.payload = payload


@dataclass(frozen=True, kw_only=True)
class Start:
    """The command of a worker; the descriptor of its socket comes between `program` and `arguments`.

    Attributes
    ----------
    folder
        A folder of this worker only, which is deleted with it.
    """

    program: tuple[str, ...]
    arguments: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    folder: Path | None = None

    def discard(self) -> None:
        """Delete the worker's folder."""
        if self.folder:
            shutil.rmtree(self.folder, ignore_errors=True)


def start_of(function: FunctionConfig, environment: Mapping[str, str], root: Path) -> Start:
    """Return the command of a function's worker; bundle the code first if the language needs it.

    Raises
    ------
    WorkerStartError
        The code cannot be bundled, or the runtime does not run offline.
    """
    if function.runtime.startswith("python"):
        path = f"{root}{os.pathsep}{CODE_ROOT}"
        program = (sys.executable, "-m", "offline.runner.worker")
        return Start(program=program, arguments=(function.handler,), environment={"PYTHONPATH": path})
    if function.runtime.startswith("nodejs"):
        try:
            return _start_of_node(function, environment, root)
        except OSError as error:  # such as a full disk
            raise WorkerStartError(_error("Runtime.StartError", f"its bundle cannot be written: {error}")) from None
    message = (
        f"{function.name}: {function.runtime} does not run offline, only Python and Node.js do; "
        "try it on a stage of your own with `lake deploy`"
    )
    raise WorkerStartError(_error("Runtime.NotOffline", message))


def _start_of_node(function: FunctionConfig, environment: Mapping[str, str], root: Path) -> Start:
    folder = Path(mkdtemp(prefix="bundle-", dir=environment.get("TMPDIR")))
    try:
        handler = Handler.find(root, environment.get(SRC_VARIABLE), function.handler)
        options = Options.from_variable(environment.get(VARIABLE))
        output = folder / f"handler{FORMATS[options.format]}"
        bundle(handler, options, node=int(re.findall(r"\d+", function.runtime)[0]), output=output, debug=True)
    except BundleError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise WorkerStartError(_error("Runtime.ImportModuleError", str(error))) from None
    _link_packages(folder, (root / handler.file).parent, root)
    port = environment.get(DEBUG_PORT_VARIABLE)
    inspect = (f"--inspect-wait=127.0.0.1:{port}",) if port else ()
    return Start(
        program=(str(node_folder() / "node"), "--enable-source-maps", *inspect, str(NODE_WORKER)),
        arguments=(str(output), handler.export),
        environment={"AWS_EXECUTION_ENV": f"AWS_Lambda_{function.runtime}"},
        folder=folder,
    )


def _link_packages(folder: Path, source: Path, root: Path) -> None:
    """Link the project's nearest node_modules, so that a bundle finds the packages that it leaves out."""
    for place in (source, *source.parents):
        if (packages := place / "node_modules").is_dir():
            (folder / "node_modules").symlink_to(packages)
            return
        if place == root:
            return


def _error(error_type: str, message: str) -> bytes:
    return json.dumps({"errorMessage": message, "errorType": error_type}).encode()
