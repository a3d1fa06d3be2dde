"""Credentials of functions' roles, where IAM is enforced: each worker runs under its own function's role."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

_DURATION_SECONDS = 3600
# A worker is replaced so long before its credentials end.
_MARGIN_SECONDS = 600


@dataclass(frozen=True, kw_only=True)
class Credentials:
    """What a worker signs with, and until when (in the seconds of `time.time`)."""

    access_key_id: str
    secret_access_key: str
    session_token: str
    usable_until: float

    def environment(self) -> dict[str, str]:
        """The variables by which AWS SDKs know them."""
        return {
            "AWS_ACCESS_KEY_ID": self.access_key_id,
            "AWS_SECRET_ACCESS_KEY": self.secret_access_key,
            "AWS_SESSION_TOKEN": self.session_token,
        }


CredentialsOf = Callable[[str], Credentials | None]
"""The credentials of a role, or None where everything runs as the account's root."""


def as_root(_: str) -> None:
    """Give no role's credentials."""


class RoleCredentials:
    """Assumes roles, again when their credentials come to an end."""

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
        found = answer["Credentials"]
        return Credentials(
            access_key_id=found["AccessKeyId"],
            secret_access_key=found["SecretAccessKey"],
            session_token=found["SessionToken"],
            usable_until=self._clock() + _DURATION_SECONDS - _MARGIN_SECONDS,
        )


def let_root_assume(iam: Any, role_name: str) -> None:
    """Let the account's root assume a role beside the service that it trusts: here the runner stands in for Lambda."""
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
