"""What every stack of the lake shares: its configuration, its names, its protection."""

from __future__ import annotations

from pathlib import Path

import aws_cdk as cdk
from constructs import Construct

from stacks.code import ROOT
from stacks.config import Config
from stacks.constructs import Layer, Stack
from thermocline.project import app_name


class LakeStack(Stack):
    """A stack of one stage; a protected stage refuses its deletion."""

    def __init__(self, scope: Construct, layer: str, *, config: Config, description: str) -> None:
        super().__init__(
            scope,
            layer,
            description=description,
            env=cdk.Environment(account=config.account, region=config.region),
            termination_protection=config.protected,
            tags={"project": app_name(ROOT), "stage": config.stage},
        )
        self.config = config

    @property
    def data_removal(self) -> cdk.RemovalPolicy:
        """What becomes of data when their resource leaves the template."""
        return cdk.RemovalPolicy.RETAIN if self.config.removal == "retain" else cdk.RemovalPolicy.DESTROY

    def global_name(self, resource: str) -> str:
        """Return a name that no other account has, as buckets need; offline there are no other accounts."""
        return self.name(resource) if self.config.offline else f"{self.name(resource)}-{self.account}-{self.region}"

    def layer(self, kind: str, folder: Path) -> Layer:
        """Make a layer of third-party packages."""
        return Layer(self, f"{kind}Layer", folder=folder, layer_version_name=self.name(f"{kind.lower()}-packages"))
