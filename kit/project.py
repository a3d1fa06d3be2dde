"""The name of a project: after the stage, every name of its resources begins with it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Final

from kit.errors import ConfigurationError

DEFAULT_NAME: Final = "app"
"""The name of an app whose cdk.json has none."""

NAME_RULE: Final = "an app's name is 2-20 lower-case letters and digits, and begins with a letter"

# Without a hyphen, so that the names of no other app in the account begin with `{stage}-{app}-`.
_NAME: Final = re.compile(r"[a-z][a-z0-9]{1,19}")


def app_name(root: Path) -> str:
    """Return the app's name: the context value ``app`` in the project's cdk.json.

    Raises
    ------
    ConfigurationError
        The file is not JSON, or an app cannot have that name.
    """
    try:
        settings = json.loads((root / "cdk.json").read_text())
    except FileNotFoundError:
        return DEFAULT_NAME
    except ValueError as error:
        raise ConfigurationError(f"{root / 'cdk.json'} is not JSON: {error}") from None
    name = settings.get("context", {}).get("app", DEFAULT_NAME)
    if not is_app_name(name):
        raise ConfigurationError(f"the app of cdk.json's context is {name!r}: {NAME_RULE}")
    return str(name)


def is_app_name(name: object) -> bool:
    """Tell whether an app may have this name."""
    return isinstance(name, str) and _NAME.fullmatch(name) is not None


def name_prefix(root: Path, stage: str) -> str:
    """Return the prefix of the names of a stage's resources."""
    return f"{stage}-{app_name(root)}-"
