"""Deployed functions by the short names that people write: `ingest` for `local-thermocline-ingest`."""

from collections.abc import Mapping
from typing import Any

from cli.errors import CliError
from offline import functions


def function_names(client: Any, prefix: str) -> dict[str, str]:
    """Full names by short names, sorted, of the functions of the stacks whose name starts with `prefix`.

    A function with a name of its own has no shorter one. `client` is a boto3 client of CloudFormation.
    """
    return {name.removeprefix(prefix): name for name in sorted(functions.function_names(client, prefix))}


def full_name(names: Mapping[str, str], wanted: str) -> str:
    """The full name of a function; `CliError` names those there are."""
    if wanted in names:
        return names[wanted]
    if wanted in names.values():
        return wanted
    raise CliError(f"there is no function {wanted!r}; there are {', '.join(names) or 'none'}")
