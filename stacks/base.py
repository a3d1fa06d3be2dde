"""What the stacks of the lake share: configuration, names and protection."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final, cast

import aws_cdk as cdk
from aws_cdk import aws_iam
from constructs import Construct

from kit.constructs import Layer, Stack
from kit.project import app_name
from stacks.code import ROOT
from stacks.config import Config
from thermocline.contracts import Contract

_OWN_TABLES: Final = "OwnTables"
# Of S3's 63 characters, those that remain beside an account and the longest region, such as ap-northeast-1.
_LONGEST_OWN: Final = 63 - len("-") - 12 - len("-") - 14


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
        """What happens to data when their resource leaves the template."""
        return cdk.RemovalPolicy.RETAIN if self.config.removal == "retain" else cdk.RemovalPolicy.DESTROY

    def global_name(self, resource: str) -> str:
        """Return a name that no other account has, for buckets; offline there are no other accounts.

        A name that is too long for S3 is cut, and ends in a hash of the whole name.
        """
        name = self.name(resource)
        if self.config.offline:
            return name
        if len(name) > _LONGEST_OWN:
            name = f"{name[: _LONGEST_OWN - 9]}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
        return f"{name}-{self.account}-{self.region}"

    def place_of(self, contract: Contract) -> tuple[Construct, str]:
        """Return the scope and the id of a construct for a contract.

        Tables of one's own have a scope of their own, because they may be named as anything else in the stack is.
        """
        if contract.protocol != "rows":
            return self, contract.name.title().replace("_", "")
        scope = self.node.try_find_child(_OWN_TABLES) or Construct(self, _OWN_TABLES)
        return cast(Construct, scope), contract.name

    def read_secret(self, name: str) -> aws_iam.PolicyStatement:
        """Allow reading a secret. Its own grant would write the role into the policy of the key, in an earlier stack.

        Secrets Manager adds six characters to a name. Ref does not give the ARN: in the emulator it gives the name.
        """
        arn = self.format_arn(
            service="secretsmanager",
            resource="secret",
            resource_name=f"{name}-??????",
            arn_format=cdk.ArnFormat.COLON_RESOURCE_NAME,
        )
        return aws_iam.PolicyStatement(actions=["secretsmanager:GetSecretValue"], resources=[arn])

    def layer(self, kind: str, folder: Path) -> Layer:
        """Make a layer of third-party packages."""
        return Layer(self, f"{kind}Layer", folder=folder, layer_version_name=self.name(f"{kind.lower()}-packages"))
