"""The publish function as CloudFormation calls it at the end of a deployment."""

from __future__ import annotations

from typing import Any

import pytest

from lambdas.publish.handler import answer


def event(kind: str) -> dict[str, Any]:
    return {
        "RequestType": kind,
        "ResponseURL": "https://cloudformation/answer",
        "StackId": "stack",
        "RequestId": "request",
        "LogicalResourceId": "Deployed",
        "ResourceProperties": {"ServiceToken": "arn", "Contracts": "x", "Code": "y"},
    }


class CloudFormation:
    def __init__(self) -> None:
        self.answers: list[tuple[str, dict[str, Any]]] = []

    def send(self, url: str, body: dict[str, Any]) -> None:
        self.answers.append((url, body))

    @property
    def statuses(self) -> list[str]:
        return [body["Status"] for _, body in self.answers]


@pytest.mark.parametrize(("kind", "ends"), [("Create", 1), ("Update", 1), ("Delete", 0)])
def test_a_stack_that_goes_leaves_the_views_as_they_are(kind: str, ends: int) -> None:
    ended: list[int] = []
    cloudformation = CloudFormation()
    answer(event(kind), lambda: ended.append(1), cloudformation.send)
    assert (len(ended), cloudformation.statuses) == (ends, ["SUCCESS"])
    assert cloudformation.answers[0][0] == "https://cloudformation/answer"


def test_a_failure_is_answered_too_and_says_why() -> None:
    def end() -> None:
        raise ValueError("column price may not become text")

    cloudformation = CloudFormation()
    answer(event("Update"), end, cloudformation.send)
    assert cloudformation.statuses == ["FAILED"]
    assert cloudformation.answers[0][1]["Reason"] == "ValueError: column price may not become text"
