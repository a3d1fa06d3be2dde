"""Python environments of clients whose packages are not those of this project, each made once from its lock."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path


def cache_folder() -> Path:
    """Where everything is kept: ``$XDG_CACHE_HOME/thermocline``."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "thermocline"


def python_of(lock: Path) -> Path:
    """Return the Python of an environment with a lock's packages, which is made when it is not there yet."""
    version = ".".join(map(str, sys.version_info[:2]))
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()[:12]
    environment = cache_folder() / f"{lock.parent.name}-{version}-{digest}"
    ready = environment / ".ready"
    if not ready.exists():
        uv = (sys.executable, "-m", "uv")
        subprocess.run((*uv, "venv", "--quiet", "--clear", "--python", sys.executable, environment), check=True)
        install = (*uv, "pip", "install", "--quiet", "--python", environment / "bin" / "python")
        subprocess.run((*install, "--requirements", lock), check=True)
        ready.touch()
    return environment / "bin" / "python"
