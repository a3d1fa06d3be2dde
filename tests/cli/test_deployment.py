from dataclasses import replace
from typing import Any

import pytest

from cli.deployment import Deployment, session_arguments
from cli.errors import CliError
from stacks.config import load_config
from thermocline.events.write_keys import source_of


class FakeSecrets(Deployment):
    """A deployment whose secret is known."""

    def client(self, service: str) -> Any:
        assert service == "secretsmanager"
        return self

    def get_secret_value(self, *, SecretId: str) -> dict[str, str]:
        assert SecretId == "arn:secret"
        return {"SecretString": "the secret"}


DEPLOYMENT = FakeSecrets(stage="local", ingest_url="http://x", outputs={"WriteKeySecretArn": "arn:secret"})


def test_every_source_of_the_stages_config_has_a_key_that_ingest_accepts() -> None:
    sources = load_config("local").sources
    keys = DEPLOYMENT.write_keys()
    assert list(keys) == list(sources)
    assert {source_of(key, secret="the secret", sources=sources) for key in keys.values()} == set(sources)


def test_an_unknown_source_is_told_which_there_are() -> None:
    assert DEPLOYMENT.write_key("shop") == DEPLOYMENT.write_keys()["shop"]
    with pytest.raises(CliError, match="it has shop, "):
        DEPLOYMENT.write_key("shopp")


def test_a_missing_output_asks_whether_it_is_deployed() -> None:
    with pytest.raises(CliError, match="no stack output WriteKeySecretArn"):
        replace(DEPLOYMENT, outputs={}).write_keys()


def test_offline_clients_get_the_environments_credentials() -> None:
    environment = {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "s", "AWS_REGION": "r", "OTHER": "x"}
    assert session_arguments(environment) == {
        "aws_access_key_id": "a",
        "aws_secret_access_key": "s",
        "region_name": "r",
    }
