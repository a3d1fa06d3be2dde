"""Where a stage is deployed: the account and region of the credentials, checked against the stage's configuration."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import boto3
from botocore.exceptions import NoCredentialsError

from cli.errors import CliError
from stacks.config import Config

# Variables that choose credentials; the chosen credentials replace them.
_CHOOSES = (
    "AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE", "AWS_SESSION_TOKEN",
    "AWS_SECURITY_TOKEN",
)  # fmt: skip
_NO_REGION = "no AWS region: set AWS_REGION, or a region in the AWS profile or in the stage's config"


@dataclass(frozen=True, kw_only=True)
class Target:
    """An account and a region, and credentials that were checked to belong to them.

    Attributes
    ----------
    environment
        AWS variables that make a process use exactly these credentials. Where there are several, SDKs differ in which
        they use.
    """

    account: str
    region: str
    session: Any
    environment: Mapping[str, str]

    def client(self, service: str) -> Any:
        """Return a boto3 client of a service."""
        return self.session.client(service)

    def __str__(self) -> str:
        endpoint = self.environment.get("AWS_ENDPOINT_URL")
        return f"account {self.account}, {self.region}" + (f", at {endpoint}" if endpoint else "")


def find_target(config: Config, environ: Mapping[str, str] = os.environ) -> Target:
    """Return the account and region of the user's credentials.

    Raises
    ------
    CliError
        They are not those of the stage's configuration, or there is no region.
    BotoCoreError, ClientError
        There are no credentials, or AWS refuses them.
    """
    session = aws_session(environ)
    if session.get_credentials() is None:
        raise NoCredentialsError
    region = config.region or session.region_name
    if region is None:
        raise CliError(_NO_REGION)
    _refuse_another(config, "region", config.region, session.region_name, "set AWS_REGION")
    session = boto3.Session(region_name=region)
    account = session.client("sts").get_caller_identity()["Account"]
    _refuse_another(config, "account", config.account, account, "sign in to the other, or set AWS_PROFILE")
    return Target(account=account, region=region, session=session, environment=_variables(session, region, environ))


def aws_session(environ: Mapping[str, str] = os.environ) -> Any:
    """Return the user's session; its region may also come from AWS_REGION, which boto3 does not read."""
    return boto3.Session(region_name=environ.get("AWS_REGION") or None)


def _refuse_another(config: Config, what: str, wanted: str | None, actual: str | None, remedy: str) -> None:
    if wanted and actual and wanted != actual:
        raise CliError(
            f"stage {config.stage!r} belongs to {what} {wanted} (its config says so), and the credentials are for "
            f"{actual}: {remedy}"
        )


def _variables(session: Any, region: str, environ: Mapping[str, str]) -> dict[str, str]:
    credentials = session.get_credentials().get_frozen_credentials()
    chosen = {
        "AWS_ACCESS_KEY_ID": credentials.access_key,
        "AWS_SECRET_ACCESS_KEY": credentials.secret_key,
        "AWS_SESSION_TOKEN": credentials.token,
        "AWS_REGION": region,
        "AWS_DEFAULT_REGION": region,
    }
    inherited = {name: value for name, value in environ.items() if name.startswith("AWS_") and name not in _CHOOSES}
    return inherited | {name: value for name, value in chosen.items() if value}
