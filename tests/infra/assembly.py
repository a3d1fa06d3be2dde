"""The templates of a stage, synthesised in the test's own process."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import aws_cdk as cdk
from aws_cdk.assertions import Template

from stacks.code import ROOT
from stacks.config import Config, load_config
from stacks.lake import build_lake

STAGES = ("local", "dev", "prod")
LAYERS = ("storage", "ingest", "processing", "catalog", "serving")


@dataclass(frozen=True, kw_only=True)
class Stage:
    """What `cdk synth` makes of a stage."""

    config: Config
    stacks: dict[str, dict[str, Any]]
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

    def one(self, layer: str, resource_type: str) -> dict[str, Any]:
        """The only resource of a type in a stack."""
        template = self.stacks[f"{self.config.stage}-thermocline-{layer}"]
        (resource,) = [r for r in template["Resources"].values() if r["Type"] == resource_type]
        return dict(resource["Properties"])


@cache
def synthesise(stage: str) -> Stage:
    """Synthesise a stage without fetching the layers' wheels."""
    config = load_config(stage)
    context = json.loads((ROOT / "cdk.json").read_text())["context"]
    with TemporaryDirectory(prefix="thermocline-assembly-") as folder:
        app = cdk.App(context=context, outdir=f"{folder}/cdk.out")
        build_lake(app, config, layer_builder=lambda packages: _empty_layer(Path(folder), packages))
        stacks = app.synth().stacks
        return Stage(
            config=config,
            stacks={stack.stack_name: stack.template for stack in stacks},
            termination_protection={stack.stack_name: bool(stack.termination_protection) for stack in stacks},
            tags={stack.stack_name: dict(stack.tags) for stack in stacks},
        )


def _empty_layer(folder: Path, packages: tuple[str, ...]) -> Path:
    layer = folder / "-".join(packages)
    layer.mkdir()
    (layer / "packages.txt").write_text("\n".join(packages))
    return layer
