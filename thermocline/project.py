"""What a project is called: the one setting that every name of its resources begins with, after the stage."""

from __future__ import annotations

import json
from pathlib import Path

DEFAULT_NAME = "thermocline"


def app_name(root: Path) -> str:
    """Return the app's name, as the context ``app`` of the project's cdk.json has it."""
    try:
        settings = json.loads((root / "cdk.json").read_text())
    except FileNotFoundError:
        return DEFAULT_NAME
    return str(settings.get("context", {}).get("app", DEFAULT_NAME))


def name_prefix(root: Path, stage: str) -> str:
    """Return what the names of a stage's resources begin with."""
    return f"{stage}-{app_name(root)}-"
