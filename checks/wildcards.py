"""``make check``: finds policies with an unexplained wildcard on protected stages."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from typing import Any

import aws_cdk as cdk

from checks.templates import built
from kit.constructs.acknowledge import GRANTED_FAMILIES, WITHOUT_RESOURCE
from stacks.config import configured_stages, load_config

_POLICIES = ("AWS::IAM::Policy", "AWS::IAM::ManagedPolicy", "AWS::S3::BucketPolicy", "AWS::SQS::QueuePolicy")
_PATH = "aws:cdk:path"


def problems(template: Mapping[str, Any]) -> Iterator[str]:
    """Yield a line for each unexplained wildcard of a template: where it is, and what to do."""
    for logical_id, resource in template.get("Resources", {}).items():
        where = resource.get("Metadata", {}).get(_PATH, logical_id)
        for statement in _statements(resource):
            for action in _listed(statement.get("Action", ())):
                if "*" in action and action not in GRANTED_FAMILIES:
                    yield f"{where}: {action}: name the actions, or explain it in GRANTED_FAMILIES"
            actions = _listed(statement.get("Action", ()))
            if "*" in _listed(statement.get("Resource", ())) and not WITHOUT_RESOURCE.keys() >= {*actions}:
                yield f"{where}: {', '.join(actions)} on *: name the resource, or explain it in WITHOUT_RESOURCE"


def _statements(resource: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    properties = resource.get("Properties", {})
    documents = [properties.get("PolicyDocument", {})] if resource["Type"] in _POLICIES else []
    documents += [policy["PolicyDocument"] for policy in properties.get("Policies", ()) if "PolicyDocument" in policy]
    for document in documents:
        for statement in document.get("Statement", ()):
            if statement["Effect"] == "Allow" and "Principal" not in statement:
                yield statement


def _listed(value: Any) -> list[Any]:
    return [*value] if isinstance(value, list | tuple) else [value]


def main() -> int:
    """Check every protected stage, and return the exit status."""
    lines = []
    protected = [stage for stage in configured_stages() if load_config(stage).protected]
    for stage in protected:
        with built(stage, **{"aws:cdk:enable-path-metadata": True}) as app:
            for stack in app.node.find_all():
                if isinstance(stack, cdk.Stack):
                    template = app.synth().get_stack_by_name(stack.stack_name).template
                    lines += [f"{stage}: {problem}" for problem in problems(json.loads(json.dumps(template)))]
    print("\n".join(lines) or f"wildcards: all are explained on {', '.join(protected)}")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
