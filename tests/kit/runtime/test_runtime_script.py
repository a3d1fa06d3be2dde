from __future__ import annotations

from typing import Any

import pytest

from kit.runtime.script import run, variable

EVENT = {
    "RequestType": "Create",
    "ResponseURL": "https://answer",
    "StackId": "stack",
    "RequestId": "request",
    "LogicalResourceId": "Seed",
    "ResourceProperties": {"ServiceToken": "arn", "ServiceTimeout": "5", "Version": "v", "number": "7"},
}


class Lambda:
    """Answers each invocation with the same error, and keeps what it was asked and what was answered."""

    def __init__(self, error: str | None = None) -> None:
        self.invoked: list[tuple[str, dict[str, Any]]] = []
        self.answers: list[tuple[str, dict[str, Any]]] = []
        self._error = error

    def invoke(self, function: str, event: dict[str, Any]) -> str | None:
        self.invoked.append((function, event))
        return self._error

    def answer(self, url: str, body: dict[str, Any]) -> None:
        self.answers.append((url, body))


def ran(aws: Lambda, environ: dict[str, str], **more: Any) -> dict[str, Any]:
    run({**EVENT, **more}, environ, invoke=aws.invoke, answer=aws.answer)
    ((url, body),) = aws.answers
    assert url == "https://answer"
    return body


@pytest.mark.parametrize("kind", ["Create", "Update", "Delete"])
def test_the_function_for_the_request_is_invoked(kind: str) -> None:
    aws = Lambda()
    body = ran(aws, {variable(each): each.lower() for each in ("Create", "Update", "Delete")}, RequestType=kind)
    assert aws.invoked == [(kind.lower(), {"RequestType": kind, "number": "7"})]
    assert body["Status"] == "SUCCESS"
    assert {name: body[name] for name in ("StackId", "RequestId", "LogicalResourceId")} == {
        "StackId": "stack",
        "RequestId": "request",
        "LogicalResourceId": "Seed",
    }


def test_no_function_for_the_request_is_success() -> None:
    aws = Lambda()
    assert ran(aws, {})["Status"] == "SUCCESS"
    assert not aws.invoked


def test_an_error_is_the_deployments() -> None:
    body = ran(Lambda("no way" * 1000), {variable("Create"): "f"})
    assert body["Status"] == "FAILED"
    assert body["Reason"].startswith("no way")
    assert len(body["Reason"]) <= 1000


@pytest.mark.parametrize(("given", "expected"), [({}, "Seed"), ({"PhysicalResourceId": "kept"}, "kept")])
def test_the_resources_id_stays(given: dict[str, str], expected: str) -> None:
    assert ran(Lambda(), {}, **given)["PhysicalResourceId"] == expected
