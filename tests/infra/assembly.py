"""The templates of a stage, synthesised in the test's own process."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from aws_cdk.assertions import Template

from checks.templates import built, config_of
from stacks.config import Config

STAGES = ("local", "dev", "prod")
LAYERS = ("storage", "ingest", "processing", "catalog", "serving", "tiers", "views")


@dataclass(frozen=True, kw_only=True)
class Stage:
    """What `cdk synth` makes of a stage.

    Attributes
    ----------
    after
        The stacks that are deployed before each stack.
    """

    config: Config
    stacks: dict[str, dict[str, Any]]
    after: dict[str, set[str]]
    termination_protection: dict[str, bool]
    tags: dict[str, dict[str, str]]

    def template(self, layer: str) -> Template:
        return Template.from_json(self.stacks[f"{self.config.stage}-thermocline-{layer}"])

    @property
    def account(self) -> object:
        """The account as templates name it."""
        return self.config.account or {"Ref": "AWS::AccountId"}

    def resources(self, resource_type: str | None = None) -> Iterator[tuple[str, dict[str, Any]]]:
        """Every resource (of a type), as (stack/logical id, resource)."""
        for stack, template in self.stacks.items():
            for logical_id, resource in template["Resources"].items():
                if resource_type in (None, resource["Type"]):
                    yield f"{stack}/{logical_id}", resource

    def function(self, name: str) -> dict[str, Any]:
        """Properties of a function."""
        return next(
            dict(found["Properties"])
            for _, found in self.resources("AWS::Lambda::Function")
            if found["Properties"]["FunctionName"] == f"{self.config.stage}-thermocline-{name}"
        )

    def one(self, layer: str, resource_type: str) -> dict[str, Any]:
        """The only resource of a type in a stack."""
        template = self.stacks[f"{self.config.stage}-thermocline-{layer}"]
        (resource,) = [r for r in template["Resources"].values() if r["Type"] == resource_type]
        return dict(resource["Properties"])


@cache
def synthesise(stage: str) -> Stage:
    """Return the templates of a stage."""
    with built(stage) as app:
        stacks = app.synth().stacks
        return Stage(
            config=config_of(stage),
            stacks={stack.stack_name: stack.template for stack in stacks},
            after={stack.stack_name: {before.id for before in stack.dependencies} for stack in stacks},
            termination_protection={stack.stack_name: bool(stack.termination_protection) for stack in stacks},
            tags={stack.stack_name: dict(stack.tags) for stack in stacks},
        )
