"""What every stack of the lake shares: its configuration, its names, its protection."""

from __future__ import annotations

import aws_cdk as cdk
from aws_cdk import aws_lambda
from constructs import Construct

from stacks.config import Config

APP: str = "thermocline"


class LakeStack(cdk.Stack):
    """A stack of one stage, named ``{stage}-thermocline-{layer}``; a protected stage refuses its deletion."""

    def __init__(self, scope: Construct, layer: str, *, config: Config, description: str) -> None:
        super().__init__(
            scope,
            f"{config.stage}-{APP}-{layer}",
            description=description,
            env=cdk.Environment(account=config.account, region=config.region),
            termination_protection=config.protected,
            tags={"project": APP, "stage": config.stage},
        )
        self.config = config

    @property
    def data_removal(self) -> cdk.RemovalPolicy:
        """What becomes of data when their resource leaves the template."""
        return cdk.RemovalPolicy.RETAIN if self.config.removal == "retain" else cdk.RemovalPolicy.DESTROY

    @property
    def name_prefix(self) -> str:
        """What every name of the stage begins with."""
        return f"{self.config.stage}-{APP}"

    def name(self, resource: str) -> str:
        """Return the physical name of a resource."""
        return f"{self.name_prefix}-{resource}"

    def global_name(self, resource: str) -> str:
        """Return a name that no other account has, as buckets need; offline there are no other accounts."""
        return self.name(resource) if self.config.offline else f"{self.name(resource)}-{self.account}-{self.region}"

    def layer(self, kind: str, packages: aws_lambda.Code) -> aws_lambda.LayerVersion:
        """Make a layer of third-party packages."""
        return aws_lambda.LayerVersion(
            self,
            f"{kind}Layer",
            layer_version_name=self.name(f"{kind.lower()}-packages"),
            code=packages,
            compatible_architectures=[aws_lambda.Architecture.ARM_64],
        )

    def output(self, output: str, value: str) -> None:
        """Publish a value under exactly this name."""
        cdk.CfnOutput(self, output, value=value)
