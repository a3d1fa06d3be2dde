"""Deployed functions by the short names that people write: `ingest` for `local-thermocline-ingest`."""

from collections.abc import Mapping
from typing import Any

from cli.errors import CliError
from offline import functions


def function_names(client: Any, prefix: str) -> dict[str, str]:
    """Return the full names of deployed functions by their short names, sorted.

    Parameters
    ----------
    client
        A boto3 client of CloudFormation.
    prefix
        What the names of the stacks start with. A function whose name starts otherwise has no shorter one.
    """
    return {name.removeprefix(prefix): name for name in sorted(functions.function_names(client, prefix))}


def full_name(names: Mapping[str, str], wanted: str) -> str:
    """Return the full name of a function.

    Raises
    ------
    CliError
        There is no such function; the text lists the others.
    """
    if wanted in names:
        return names[wanted]
    if wanted in names.values():
        return wanted
    raise CliError(f"there is no function {wanted!r}; there are {', '.join(names) or 'none'}")
