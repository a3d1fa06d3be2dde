from __future__ import annotations

from typing import Any

import pytest

from tests.fakes.aws import AwsClient
from thermocline.adapters.secrets import CachedSecret
from thermocline.errors import SecretUnavailable


class Ticks:
    """A monotonic clock that a test moves."""

    def __init__(self) -> None:
        self.seconds = 1_000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def client(aws: AwsClient) -> Any:
    client = aws("secretsmanager")
    client.create_secret(Name="write-keys", SecretString="first")
    return client


def test_a_secret_is_read_again_after_five_minutes(client: Any) -> None:
    clock = Ticks()
    secret = CachedSecret(client, "write-keys", monotonic=clock)
    assert secret() == "first"
    client.put_secret_value(SecretId="write-keys", SecretString="second")
    clock.seconds += 299
    assert secret() == "first"
    clock.seconds += 1
    assert secret() == "second"


def test_a_failed_read_is_tried_again_at_once(client: Any) -> None:
    secret = CachedSecret(client, "other", monotonic=Ticks())
    with pytest.raises(SecretUnavailable, match="ResourceNotFoundException"):
        secret()
    client.create_secret(Name="other", SecretString="there now")
    assert secret() == "there now"


def test_a_known_value_outlives_a_failed_read(client: Any) -> None:
    clock = Ticks()
    secret = CachedSecret(client, "write-keys", monotonic=clock)
    assert secret() == "first"
    client.delete_secret(SecretId="write-keys", ForceDeleteWithoutRecovery=True)
    clock.seconds += 301
    assert secret() == "first"
