"""Deployed functions by the short names that people write: `ingest` for `local-thermocline-ingest`."""

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from cli.deployment import Deployment
from cli.errors import CliError
from cli.project import project_root
from kit.project import name_prefix
from offline import functions

Call = Callable[[dict[str, Any]], Any]
"""Calls a function with an event, and returns its answer."""

# Lambda's longest run, and a moment for its answer.
_LONGEST_CALL_SECONDS: Final = 910.0


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


def called_function(lake: Deployment, wanted: str) -> Call:
    """Return what calls a function of a lake, which may commit, once with an event.

    Raises
    ------
    CliError
        The function failed; the text is its error.
    """
    names = function_names(lake.client("cloudformation"), name_prefix(project_root(), lake.stage))
    client = lake.single_call_client("lambda", read_timeout=_LONGEST_CALL_SECONDS)

    def call(event: dict[str, Any]) -> Any:
        answer = client.invoke(FunctionName=full_name(names, wanted), Payload=json.dumps(event).encode())
        result = json.loads(answer["Payload"].read() or b"null")
        if "FunctionError" in answer:
            raise CliError(f"the {wanted} function failed: {result.get('errorMessage', result)}")
        return result

    return call
