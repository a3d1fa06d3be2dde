"""Credentials of functions' roles if IAM is enforced: each worker runs under its function's role."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

_DURATION_SECONDS = 3600
# A worker is replaced this long before its credentials expire.
_MARGIN_SECONDS = 600


@dataclass(frozen=True, kw_only=True)
class Credentials:
    """A worker's credentials, and until when to use them (in the seconds of `time.time`)."""

    access_key_id: str
    secret_access_key: str
    session_token: str
    usable_until: float

    def environment(self) -> dict[str, str]:
        """Return the variables in which AWS SDKs read them."""
        return {
            "AWS_ACCESS_KEY_ID": self.access_key_id,
            "AWS_SECRET_ACCESS_KEY": self.secret_access_key,
            "AWS_SESSION_TOKEN": self.session_token,
        }


CredentialsOf = Callable[[str], Credentials | None]
"""Returns the credentials of a role, or None if everything runs as the account's root."""


def as_root(_: str) -> None:
    """Return no credentials."""


class RoleCredentials:
    """Credentials of assumed roles, which are assumed again before the credentials expire."""

    def __init__(self, sts: Any, *, clock: Callable[[], float] = time.time) -> None:
        self._sts = sts
        self._clock = clock
        self._known: dict[str, Credentials] = {}

    def __call__(self, role: str) -> Credentials:
        """Return a role's credentials."""
        known = self._known.get(role)
        if known is None or known.usable_until <= self._clock():
            self._known[role] = known = self._assumed(role)
        return known

    def _assumed(self, role: str) -> Credentials:
        answer = self._sts.assume_role(RoleArn=role, RoleSessionName="offline", DurationSeconds=_DURATION_SECONDS)
        issued = answer["Credentials"]
        return Credentials(
            access_key_id=issued["AccessKeyId"],
            secret_access_key=issued["SecretAccessKey"],
            session_token=issued["SessionToken"],
            usable_until=self._clock() + _DURATION_SECONDS - _MARGIN_SECONDS,
        )


def let_root_assume(iam: Any, role_name: str) -> None:
    """Let the account's root assume a role, too, because the runner does so instead of Lambda."""
    role = iam.get_role(RoleName=role_name)["Role"]
    account = role["Arn"].split(":")[4]
    statement = {
        "Sid": "OfflineRunner",
        "Effect": "Allow",
        "Action": "sts:AssumeRole",
        "Principal": {"AWS": f"arn:aws:iam::{account}:root"},
    }
    document = role["AssumeRolePolicyDocument"]
    if statement not in document["Statement"]:
        trusted = {**document, "Statement": [*document["Statement"], statement]}
        iam.update_assume_role_policy(RoleName=role_name, PolicyDocument=json.dumps(trusted))
