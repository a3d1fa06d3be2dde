"""CloudFormation as far as removing stacks goes; buckets are those of the S3 client that it is given."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from botocore.exceptions import ClientError


@dataclass(kw_only=True)
class FakeStack:
    """A stack: its template, and a bucket (logical id "Bucket") or none."""

    name: str
    bucket: str | None = None
    table: str | None = None
    template: dict[str, Any] = field(default_factory=dict)
    protected: bool = False
    status: str = "CREATE_COMPLETE"
    reason: str = ""

    @property
    def stack_id(self) -> str:
        return f"arn:{self.name}"

    def resources(self) -> Iterator[dict[str, str]]:
        """What ``list_stack_resources`` tells."""
        status = self.status if self.status.startswith("DELETE") else "CREATE_COMPLETE"
        kinds = {"Bucket": ("AWS::S3::Bucket", self.bucket), "Table": ("AWS::DynamoDB::Table", self.table)}
        for logical_id, (kind, name) in kinds.items():
            if name:
                yield {
                    "LogicalResourceId": logical_id,
                    "PhysicalResourceId": name,
                    "ResourceType": kind,
                    "ResourceStatus": status,
                    "ResourceStatusReason": self.reason,
                }


@dataclass(kw_only=True)
class FakeCloudFormation:
    """Deletes buckets as CloudFormation does: one that holds something fails its stack."""

    stacks: list[FakeStack]
    s3: Any = None
    before_deletion: Callable[[FakeStack], None] = lambda _: None
    deletions: list[str] = field(default_factory=list)

    def get_paginator(self, operation: str) -> Any:
        return _Paginator(getattr(self, f"_{operation}"))

    def get_template(self, *, StackName: str) -> dict[str, Any]:
        return {"TemplateBody": self._stack(StackName).template}

    def describe_stacks(self, *, StackName: str) -> dict[str, Any]:
        return {"Stacks": [_described(self._stack(StackName))]}

    def delete_stack(self, *, StackName: str) -> None:
        stack = self._stack(StackName)
        self.deletions.append(stack.name)
        self.before_deletion(stack)
        stack.status = "DELETE_COMPLETE"
        kept = stack.template.get("Resources", {}).get("Bucket", {}).get("DeletionPolicy") == "Retain"
        if stack.bucket and not kept:
            try:
                self.s3.delete_bucket(Bucket=stack.bucket)
            except ClientError as error:
                stack.status, stack.reason = "DELETE_FAILED", error.response["Error"]["Message"]

    def _describe_stacks(self) -> list[dict[str, Any]]:
        return [{"Stacks": [_described(stack)]} for stack in self.stacks]

    def _list_stack_resources(self, *, StackName: str) -> list[dict[str, Any]]:
        return [{"StackResourceSummaries": [resource]} for resource in self._stack(StackName).resources()]

    def _stack(self, stack_id: str) -> FakeStack:
        return next(stack for stack in self.stacks if stack.stack_id == stack_id)


@dataclass(frozen=True)
class _Paginator:
    pages: Callable[..., list[dict[str, Any]]]

    def paginate(self, **arguments: str) -> list[dict[str, Any]]:
        return self.pages(**arguments)


def _described(stack: FakeStack) -> Mapping[str, Any]:
    return {
        "StackName": stack.name,
        "StackId": stack.stack_id,
        "StackStatus": stack.status,
        "EnableTerminationProtection": stack.protected,
        "Outputs": [
            {"OutputKey": "Name", "OutputValue": stack.name},
            {"OutputKey": "ExportsOutputRef", "OutputValue": "x", "ExportName": f"{stack.name}:x"},
        ],
    }
