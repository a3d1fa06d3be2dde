"""Secrets Manager, read every few minutes and not for every request."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from thermocline.errors import SecretUnavailable

_KEEP_SECONDS = 300.0
# A client that guesses secrets must not cause one read per guess.
_ASK_AGAIN_SECONDS = 10.0


class CachedSecret:
    """A secret's value, read again after five minutes so that a rotation takes effect.

    Parameters
    ----------
    client
        A boto3 Secrets Manager client.
    arn
        The secret's ARN.
    """

    def __init__(self, client: Any, arn: str, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._arn = arn
        self._monotonic = monotonic
        self._value = ""
        self._expires = float("-inf")

    def __call__(self) -> str:
        """Return the secret's value.

        Raises
        ------
        SecretUnavailable
            It was never read and cannot be read now.
        """
        if self._monotonic() >= self._expires:
            self._value = self._read()
            self._expires = self._monotonic() + _KEEP_SECONDS
        return self._value

    def _read(self) -> str:
        try:
            value: str = self._client.get_secret_value(SecretId=self._arn)["SecretString"]
        except (BotoCoreError, ClientError) as error:
            if not self._value:
                raise SecretUnavailable(_code(error)) from error
            return self._value  # the last known value is better than no answer
        return value


class RotatingSecret:
    """A secret's current value and the one before it, read again after five minutes.

    Parameters
    ----------
    client
        A boto3 Secrets Manager client.
    secret_id
        The secret's name or ARN.
    """

    def __init__(self, client: Any, secret_id: str, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._secret_id = secret_id
        self._monotonic = monotonic
        self._values: tuple[str, ...] = ()
        self._read_at = float("-inf")

    def __call__(self) -> tuple[str, ...]:
        """Return the valid values, the current one first.

        Raises
        ------
        SecretUnavailable
            They were never read and cannot be read now.
        """
        return self._not_older_than(_KEEP_SECONDS)

    def read_again(self) -> tuple[str, ...]:
        """Return the valid values, not older than ten seconds, so that a new one is known at its first use."""
        return self._not_older_than(_ASK_AGAIN_SECONDS)

    def _not_older_than(self, seconds: float) -> tuple[str, ...]:
        now = self._monotonic()
        if now >= self._read_at + seconds:
            self._values, self._read_at = self._read(), now
        return self._values

    def _read(self) -> tuple[str, ...]:
        try:
            values = (self._stage("AWSCURRENT"), self._stage("AWSPREVIOUS"))
        except (BotoCoreError, ClientError) as error:
            if not self._values:
                raise SecretUnavailable(_code(error)) from error
            return self._values
        return tuple(value for value in values if value)

    def _stage(self, label: str) -> str:
        try:
            value: str = self._client.get_secret_value(SecretId=self._secret_id, VersionStage=label)["SecretString"]
        except self._client.exceptions.ResourceNotFoundException:
            if label == "AWSCURRENT":
                raise
            return ""  # it was never rotated
        return value


def _code(error: BotoCoreError | ClientError) -> str:
    return str(error.response["Error"]["Code"]) if isinstance(error, ClientError) else type(error).__name__
