"""Calls of a lake's functions: their results, and their errors in words."""

from __future__ import annotations

import io
import json
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from cli.calls import FunctionBusyError, function_call
from cli.deployment import Deployment
from cli.errors import CliError
from cli.project import project_root
from kit.project import name_prefix
from offline import functions

NAME = f"{name_prefix(project_root(), 'local')}erase"


class Answering(Deployment):
    """A deployment whose functions answer, or fail, as a test says."""

    def client(self, service: str) -> Any:
        return boto3.client(service, region_name="eu-central-1")

    def single_call_client(self, service: str, *, read_timeout: float = 60) -> Any:
        assert service == "lambda"
        assert read_timeout > 900
        return self

    def invoke(self, *, FunctionName: str, Payload: bytes) -> dict[str, Any]:
        assert FunctionName == NAME
        event = json.loads(Payload)
        if code := event.get("throttled"):
            raise ClientError({"Error": {"Code": code, "Message": "x"}}, "Invoke")
        failed = {"FunctionError": "Unhandled"} if "errorMessage" in event else {}
        return {"Payload": io.BytesIO(Payload), **failed}


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(functions, "function_names", lambda _client, _prefix: [NAME])
    return function_call(Answering(stage="local", ingest_url="", outputs={}), "erase")


def test_a_result_is_returned(call: Any) -> None:
    assert call({"action": "list"}) == {"action": "list"}


def test_an_error_of_the_function_is_a_sentence(call: Any) -> None:
    with pytest.raises(CliError, match="the erase function failed: no table"):
        call({"errorMessage": "no table"})


def test_a_busy_function_is_told_apart(call: Any) -> None:
    with pytest.raises(FunctionBusyError, match="try again in a minute"):
        call({"throttled": "TooManyRequestsException"})
    with pytest.raises(ClientError):
        call({"throttled": "AccessDeniedException"})
