"""Secrets Manager, asked once a while and not once a request."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from thermocline.errors import SecretUnavailable

_KEEP_SECONDS = 300.0


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
                code = error.response["Error"]["Code"] if isinstance(error, ClientError) else type(error).__name__
                raise SecretUnavailable(code) from error
            return self._value  # the one known so far serves better than no answer
        return value
