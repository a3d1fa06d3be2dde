"""ministack as a child: its own ports, folders and environment, so that environments do not affect each other."""

import sys
from collections.abc import Mapping
from pathlib import Path

from kit.project import name_prefix
from offline.certificate import CERTIFICATE_FILE, KEY_FILE
from offline.children import ChildSpec
from offline.environment import ACCOUNT, AUTHORITY_VARIABLE, REGION, clean_environment
from offline.state import LakeFolder

HOST = "127.0.0.1"
"""The host in every URL that the emulator hands out; an address, since `*.localhost` does not resolve everywhere."""


def emulator_spec(
    folder: LakeFolder,
    *,
    stage: str,
    port: int,
    aws: Mapping[str, str],
    runner_url: str,
    iam: bool = False,
    keep: bool = False,
) -> ChildSpec:
    """Return the emulator on `port`, without its other servers, which would bind fixed ports on all interfaces.

    `aws` are the variables for its own clients (see `offline.environment.aws_environment`). With `iam` it enforces
    policies; with `keep` it saves its data.
    """
    return ChildSpec(
        name="emulator",
        command=(sys.executable, "-m", "ministack"),
        environment={
            **clean_environment(folder),
            **aws,
            "GATEWAY_PORT": str(port),
            "BIND_HOST": HOST,
            "MINISTACK_HOST": HOST,
            "MINISTACK_ACCOUNT_ID": ACCOUNT,
            "MINISTACK_REGION": REGION,
            **(saving(folder.kept) if keep else saving_nothing(folder.temp)),
            "IOT_MTLS_ENABLED": "0",
            "SFTP_ENABLED": "0",
            "LOG_LEVEL": "WARNING",
            **(enforcing(folder) if iam else {}),
            **proxied(folder.root, stage, runner_url),
        },
        port=port,
        ready_path="/_ministack/ready",
        authority=aws.get(AUTHORITY_VARIABLE),
    )


def saving(place: Path) -> dict[str, str]:
    """Return variables with which the emulator writes S3's objects at once, and all other data when it is stopped."""
    return {
        "PERSIST_STATE": "1",
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(place / "s3"),
        "STATE_DIR": str(place / "state"),
    }


def saving_nothing(place: Path) -> dict[str, str]:
    """Return variables with which the emulator keeps all data in memory."""
    return {"S3_DATA_DIR": str(place / "s3"), "STATE_DIR": str(place / "state")}


def enforcing(folder: LakeFolder) -> dict[str, str]:
    """Return variables with which the emulator enforces IAM; over TLS, which policies require."""
    return {
        "AUTH": "true",
        "USE_SSL": "1",
        "MINISTACK_SSL_CERT": str(folder.tls / CERTIFICATE_FILE),
        "MINISTACK_SSL_KEY": str(folder.tls / KEY_FILE),
    }


def proxied(root: Path, stage: str, runner_url: str) -> dict[str, str]:
    """Return variables that send this project's functions (each folder of `lambdas/`) to the runner from the start.

    `hand_over` does so for every deployed function, but only after a deployment. Earlier events would run in the
    emulator, which has none of the functions' packages.
    """
    names = (path.parent.name for path in root.glob("lambdas/*/handler.py"))
    return {f"MINISTACK_LAMBDA_PROXY_{name_prefix(root, stage)}{name}": runner_url for name in names}
