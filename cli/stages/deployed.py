"""The stacks of a stage as CloudFormation has them, and the order in which they can be deleted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from graphlib import TopologicalSorter
from typing import Any, Final, Literal

from cli.project import project_root
from kit.project import name_prefix

Kind = Literal["bucket", "table"]

_HOLDERS: Final[Mapping[str, Kind]] = {
    "AWS::S3::Bucket": "bucket",
    "AWS::DynamoDB::Table": "table",
    "AWS::DynamoDB::GlobalTable": "table",
}
_GONE = ("DELETE_COMPLETE", "DELETE_SKIPPED")
_KEEPS = ("Retain", "RetainExceptOnCreate")
_NO_TEMPLATE_YET = "REVIEW_IN_PROGRESS"


@dataclass(frozen=True, kw_only=True)
class Holder:
    """A bucket or a table of a stack: a resource that holds data.

    Attributes
    ----------
    kept
        True: it outlives its stack, as the deployed template says.
    """

    kind: Kind
    name: str
    kept: bool

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


@dataclass(frozen=True, kw_only=True)
class DeployedStack:
    """A stack that exists.

    Attributes
    ----------
    protected
        True: CloudFormation refuses to delete it.
    kept
        Type and name of every resource that outlives it, with data or not.
    """

    name: str
    stack_id: str
    protected: bool = False
    template: Mapping[str, Any] = field(default_factory=dict)
    holders: tuple[Holder, ...] = ()
    kept: tuple[str, ...] = ()


def stack_prefix(stage: str) -> str:
    """Return the prefix of the names of a stage's stacks. No other stage shares it, since stages have no hyphens."""
    return name_prefix(project_root(), stage)


def stage_outputs(cloudformation: Any, stage: str) -> dict[str, str]:
    """Return the outputs of a stage's stacks that people read, without those that stacks exchange."""
    return {
        output["OutputKey"]: output["OutputValue"]
        for stack in _stacks(cloudformation, stage)
        for output in stack.get("Outputs", [])
        if "ExportName" not in output
    }


def deployed_stacks(cloudformation: Any, stage: str) -> list[DeployedStack]:
    """Return the stacks of a stage, in the order in which they can be deleted."""
    return deletion_order([_deployed(cloudformation, stack) for stack in _stacks(cloudformation, stage)])


def deletion_order(stacks: list[DeployedStack]) -> list[DeployedStack]:
    """Return stacks that import before those that export: CloudFormation refuses to delete what is imported."""
    importers: dict[str, set[str]] = {}
    for stack in stacks:
        for export in _imports(stack.template):
            importers.setdefault(export, set()).add(stack.name)
    order: TopologicalSorter[str] = TopologicalSorter()
    for stack in stacks:
        order.add(stack.name, *(name for export in _exports(stack.template) for name in importers.get(export, ())))
    by_name = {stack.name: stack for stack in stacks}
    return [by_name[name] for name in order.static_order()]


def _stacks(cloudformation: Any, stage: str) -> Iterator[dict[str, Any]]:
    for page in cloudformation.get_paginator("describe_stacks").paginate():
        for stack in page["Stacks"]:
            if stack["StackName"].startswith(stack_prefix(stage)) and stack["StackStatus"] not in _GONE:
                yield stack


def _deployed(cloudformation: Any, stack: dict[str, Any]) -> DeployedStack:
    template: Mapping[str, Any] = {}
    if stack["StackStatus"] != _NO_TEMPLATE_YET:
        template = cloudformation.get_template(StackName=stack["StackId"])["TemplateBody"]
    resources = [(kind, name, _is_kept(template, logical)) for logical, kind, name in _resources(cloudformation, stack)]
    return DeployedStack(
        name=stack["StackName"],
        stack_id=stack["StackId"],
        protected=stack.get("EnableTerminationProtection", False),
        template=template,
        holders=tuple(Holder(kind=_HOLDERS[k], name=name, kept=kept) for k, name, kept in resources if k in _HOLDERS),
        kept=tuple(f"{kind} {name}" for kind, name, kept in resources if kept),
    )


def _resources(cloudformation: Any, stack: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield logical id, type and name of each resource that exists."""
    for page in cloudformation.get_paginator("list_stack_resources").paginate(StackName=stack["StackId"]):
        for resource in page["StackResourceSummaries"]:
            if resource.get("PhysicalResourceId") and resource["ResourceStatus"] not in _GONE:
                yield resource["LogicalResourceId"], resource["ResourceType"], resource["PhysicalResourceId"]


def _is_kept(template: Mapping[str, Any], logical_id: str) -> bool:
    return template.get("Resources", {}).get(logical_id, {}).get("DeletionPolicy") in _KEEPS


def _exports(template: Mapping[str, Any]) -> Iterator[str]:
    for output in template.get("Outputs", {}).values():
        if "Export" in output:
            yield output["Export"]["Name"]


def _imports(node: Any) -> Iterator[str]:
    if isinstance(node, Mapping):
        if isinstance(imported := node.get("Fn::ImportValue"), str):
            yield imported
        for value in node.values():
            yield from _imports(value)
    elif isinstance(node, list):
        for value in node:
            yield from _imports(value)
