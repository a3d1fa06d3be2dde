"""The function behind a `Script`: it runs the script's functions for CloudFormation, and reports the result.

It needs only Lambda's own runtime, because every app that has scripts includes it.
"""

from __future__ import annotations

import json
import logging
import os
import urllib.request
from collections.abc import Callable, Mapping
from typing import Any, Final

logger = logging.getLogger(__name__)

HANDLER: Final = "kit/runtime/script.handler"
_VARIABLES: Final = {"Create": "LAKE_ON_CREATE", "Update": "LAKE_ON_UPDATE", "Delete": "LAKE_ON_DELETE"}
RESERVED: Final = frozenset(("RequestType", "ServiceTimeout", "ServiceToken", "Version"))
"""Properties of the resource that are not parameters of its functions."""

_LONGEST_REASON: Final = 1000

Invoke = Callable[[str, dict[str, Any]], "str | None"]
Answer = Callable[[str, dict[str, Any]], None]


def handler(event: dict[str, Any], context: object) -> None:  # noqa: ARG001 (Lambda gives it)
    """Run the function that the stack's event asks for, and answer CloudFormation."""
    run(event, os.environ, invoke=_invoke, answer=send)


def run(event: Mapping[str, Any], environ: Mapping[str, str], *, invoke: Invoke, answer: Answer) -> None:
    """Invoke the function for a create, update or delete, if there is one; an error fails the deployment.

    Parameters
    ----------
    invoke
        Calls a function with an event and returns its error, or None.
    answer
        Sends a body to CloudFormation's URL.
    """
    kind = event["RequestType"]
    parameters = {key: value for key, value in event["ResourceProperties"].items() if key not in RESERVED}
    function = environ.get(variable(kind))
    error = invoke(function, {"RequestType": kind, **parameters}) if function else None
    answer(
        event["ResponseURL"],
        {
            "Status": "FAILED" if error else "SUCCESS",
            "Reason": (error or kind)[:_LONGEST_REASON],
            "PhysicalResourceId": event.get("PhysicalResourceId") or event["LogicalResourceId"],
            "StackId": event["StackId"],
            "RequestId": event["RequestId"],
            "LogicalResourceId": event["LogicalResourceId"],
        },
    )


def variable(kind: str) -> str:
    """Return the variable that names the function for a kind of request: Create, Update or Delete."""
    return _VARIABLES[kind]


def _invoke(function: str, event: dict[str, Any]) -> str | None:
    try:
        import boto3  # noqa: PLC0415 (tests have no need of it)

        answer = boto3.client("lambda").invoke(FunctionName=function, Payload=json.dumps(event).encode())
    except Exception as error:
        # Catch any error: a deployment that gets no answer hangs for an hour.
        logger.exception("%s could not be invoked", function)
        return f"{function} could not be invoked: {error}"
    payload = answer["Payload"].read().decode(errors="replace")
    if "FunctionError" not in answer:
        return None
    logger.error("%s failed: %s", function, payload)
    return f"{function} failed: {_message(payload)}"


def _message(payload: str) -> str:
    try:
        return str(json.loads(payload)["errorMessage"])
    except (ValueError, KeyError, TypeError):
        return payload


def send(url: str, body: dict[str, Any]) -> None:
    """Send an answer to CloudFormation's URL."""
    data = json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, method="PUT", headers={"Content-Type": ""})  # noqa: S310
    with urllib.request.urlopen(request, timeout=30):  # noqa: S310 (CloudFormation's own address)
        pass
