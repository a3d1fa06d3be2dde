"""Calls of a lake's functions by a command: each call is made once, and waits for as long as Lambda may run."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final

from botocore.exceptions import ClientError

from cli.deployment import Deployment
from cli.errors import CliError
from cli.functions import full_name, function_names
from cli.project import project_root
from kit.project import name_prefix

# Lambda's longest run, and a moment for its answer.
_LONGEST_CALL_SECONDS: Final = 910.0

Call = Callable[[dict[str, Any]], Any]


class FunctionBusyError(CliError):
    """The function has as many calls as it may have: call again."""


def function_call(lake: Deployment, function: str) -> Call:
    """Return what calls a function with an event, and returns its result.

    Raises
    ------
    FunctionBusyError
        It runs already, as often as it may.
    CliError
        It failed; the text is its error.
    """
    names = function_names(lake.client("cloudformation"), name_prefix(project_root(), lake.stage))
    client = lake.single_call_client("lambda", read_timeout=_LONGEST_CALL_SECONDS)

    def call(event: dict[str, Any]) -> Any:
        try:
            answer = client.invoke(FunctionName=full_name(names, function), Payload=json.dumps(event).encode())
        except ClientError as error:
            if error.response["Error"]["Code"] == "TooManyRequestsException":
                raise FunctionBusyError(f"the {function} function is busy: try again in a minute") from error
            raise
        result = json.loads(answer["Payload"].read() or b"null")
        if "FunctionError" in answer:
            raise CliError(f"the {function} function failed: {result.get('errorMessage', result)}")
        return result

    return call
