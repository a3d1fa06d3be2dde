"""What a project is called: the one setting that every name of its resources begins with, after the stage."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Final

from kit.errors import ConfigurationError

DEFAULT_NAME: Final = "app"
"""The name of an app whose cdk.json says none."""

NAME_RULE: Final = "an app's name is 2-20 lower-case letters and digits, and begins with a letter"

# Without a hyphen, so that the names of no other app in the account begin with `{stage}-{app}-`.
_NAME: Final = re.compile(r"[a-z][a-z0-9]{1,19}")


def app_name(root: Path) -> str:
    """Return the app's name, as the context ``app`` of the project's cdk.json has it.

    Raises
    ------
    ConfigurationError
        The file is no JSON, or an app cannot have that name.
    """
    try:
        settings = json.loads((root / "cdk.json").read_text())
    except FileNotFoundError:
        return DEFAULT_NAME
    except ValueError as error:
        raise ConfigurationError(f"{root / 'cdk.json'} is no JSON: {error}") from None
    name = settings.get("context", {}).get("app", DEFAULT_NAME)
    if not is_app_name(name):
        raise ConfigurationError(f"the app of cdk.json's context is {name!r}: {NAME_RULE}")
    return str(name)


def is_app_name(name: object) -> bool:
    """Tell whether an app may have this name."""
    return isinstance(name, str) and _NAME.fullmatch(name) is not None


def name_prefix(root: Path, stage: str) -> str:
    """Return what the names of a stage's resources begin with."""
    return f"{stage}-{app_name(root)}-"
