"""A deployed lake, offline or on AWS: its stage, its clients, its outputs and its write keys."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import boto3
from botocore.config import Config

from cli.errors import CliError
from cli.project import chosen_folder, project_root, running_lake
from kit.project import name_prefix
from offline.environment import client_environment
from offline.functions import stack_outputs
from offline.state import LakeState

_one_at_a_time = threading.Lock()  # no two threads may use one session


@dataclass(frozen=True, kw_only=True)
class Deployment:
    """What a client needs to use a deployed lake.

    Attributes
    ----------
    stage
        local, dev or prod.
    ingest_url
        Where events are posted; offline it is the front door.
    outputs
        CloudFormation outputs of the stage's stacks, by name.
    session
        Keyword arguments of `boto3.Session`; empty on AWS, where the user's own settings hold.
    endpoints
        Endpoints by service; "" is the endpoint of every other service.
    authority
        File of the certificate authority to trust; None: the system's authorities.
    """

    stage: str
    ingest_url: str
    outputs: Mapping[str, str]
    session: Mapping[str, str] = field(default_factory=dict)
    endpoints: Mapping[str, str] = field(default_factory=dict)
    authority: str | None = None

    def client(self, service: str) -> Any:
        """Return a boto3 client of a service."""
        return self._client(service, None)

    def single_call_client(self, service: str, *, read_timeout: float = 60) -> Any:
        """Return a boto3 client that makes no call a second time, as what may commit to a warm table must have.

        Parameters
        ----------
        read_timeout
            Seconds that it waits for an answer.
        """
        config = Config(retries={"total_max_attempts": 1}, read_timeout=read_timeout, tcp_keepalive=True)
        return self._client(service, config)

    def _client(self, service: str, config: Config | None) -> Any:
        endpoint = self.endpoints.get(service, self.endpoints.get(""))
        with _one_at_a_time:
            return self._boto3_session.client(service, endpoint_url=endpoint, verify=self.authority, config=config)

    @cached_property
    def _boto3_session(self) -> boto3.Session:
        """One session for all clients: each of its own reads boto3's data anew."""
        return boto3.Session(**self.session)

    def output(self, name: str) -> str:
        """Return a stack output.

        Raises
        ------
        CliError
            The deployment has no output of that name.
        """
        try:
            return self.outputs[name]
        except KeyError:
            raise CliError(f"stage {self.stage!r} has no stack output {name}: is it deployed?") from None

    def parts(self) -> dict[str, Any]:
        """Return the clients and names that a use case of a person's command is wired with, by parameter."""
        return {
            "dynamodb": self.client("dynamodb"),
            "s3": self.client("s3"),
            "glue": self.single_call_client("glue"),
            "ledger_table": self.output("LedgerTable"),
            "bucket": self.output("LakeBucket"),
            "database": self.output("Database"),
        }

    def write_keys(self) -> dict[str, str]:
        """Return the write key of every source, in the order of the stage's config."""
        from cli.stages.choice import chosen_config
        from thermocline.events.write_keys import derive_write_key

        secret = self.client("secretsmanager").get_secret_value(SecretId=self.output("WriteKeySecretArn"))
        return {
            name: derive_write_key(secret["SecretString"], name, source.key_version)
            for name, source in chosen_config(self.stage).sources.items()
        }

    def write_key(self, source: str) -> str:
        """Return the write key of one source.

        Raises
        ------
        CliError
            There is no such source; the text lists the others.
        """
        keys = self.write_keys()
        if source not in keys:
            raise CliError(f"there is no source {source!r} in config/{self.stage}.toml; it has {', '.join(keys)}")
        return keys[source]


def find_deployment(*, name: str | None, stage: str | None) -> Deployment:
    """Return the deployment of a stage on AWS or, without a stage, of an offline environment."""
    return aws_deployment(stage) if stage else offline_deployment(running_lake(chosen_folder(name)))


def offline_deployment(state: LakeState) -> Deployment:
    """Return the deployment in a running offline environment."""
    environment = client_environment(state)
    return Deployment(
        stage=state.stage,
        ingest_url=state.url("frontdoor"),
        outputs=stack_outputs(name_prefix(project_root(), state.stage), environment),
        session=session_arguments(environment),
        endpoints={"": environment["AWS_ENDPOINT_URL"], "athena": environment["AWS_ENDPOINT_URL_ATHENA"]},
        authority=state.authority,
    )


def session_arguments(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the arguments of `boto3.Session` for the credentials and region of an environment."""
    return {
        "aws_access_key_id": environment["AWS_ACCESS_KEY_ID"],
        "aws_secret_access_key": environment["AWS_SECRET_ACCESS_KEY"],
        "region_name": environment["AWS_REGION"],
    }


def aws_deployment(stage: str) -> Deployment:
    """Return the deployment of a stage on AWS, with the user's own credentials and region.

    Raises
    ------
    CliError
        The stage is not deployed there.
    """
    from cli.stages.deployed import stage_outputs
    from cli.stages.target import aws_session

    session = aws_session()
    outputs = stage_outputs(session.client("cloudformation"), stage)
    if not outputs:
        raise CliError(f"stage {stage!r} is not deployed in this account and region")
    region = {"region_name": session.region_name}
    return Deployment(stage=stage, ingest_url=outputs.get("IngestUrl", ""), outputs=outputs, session=region)
