from __future__ import annotations

from typing import Any

import pytest

from tests.fakes.aws import AwsClient
from thermocline.adapters.secrets import CachedSecret, RotatingSecret
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


def test_the_current_value_and_the_one_before_are_valid(client: Any) -> None:
    clock = Ticks()
    secret = RotatingSecret(client, "write-keys", monotonic=clock)
    assert secret() == ("first",)
    client.put_secret_value(SecretId="write-keys", SecretString="second")
    clock.seconds += 300
    assert secret() == ("second", "first")
    client.put_secret_value(SecretId="write-keys", SecretString="third")
    clock.seconds += 300
    assert secret() == ("third", "second")


def test_a_new_value_is_known_at_once_but_guesses_are_not_asked_for_each(client: Any) -> None:
    clock, calls = Ticks(), Calls(client)
    secret = RotatingSecret(calls, "write-keys", monotonic=clock)
    assert secret() == ("first",)
    client.put_secret_value(SecretId="write-keys", SecretString="second")
    clock.seconds += 10
    assert secret.read_again() == ("second", "first")
    before = calls.count
    for _ in range(50):
        secret.read_again()
    assert calls.count == before


def test_known_values_outlive_a_failed_read_and_unknown_ones_are_an_error(client: Any) -> None:
    clock = Ticks()
    secret, other = (RotatingSecret(client, name, monotonic=clock) for name in ("write-keys", "other"))
    assert secret() == ("first",)
    client.delete_secret(SecretId="write-keys", ForceDeleteWithoutRecovery=True)
    clock.seconds += 301
    assert secret() == ("first",)
    with pytest.raises(SecretUnavailable, match="ResourceNotFoundException"):
        other()


class Calls:
    """Counts a client's reads."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self.exceptions = client.exceptions
        self.count = 0

    def get_secret_value(self, **arguments: Any) -> Any:
        self.count += 1
        return self._client.get_secret_value(**arguments)
