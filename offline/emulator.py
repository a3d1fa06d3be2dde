"""ministack as a child: its own ports, folders and environment, so that two environments never meet."""

import sys
from pathlib import Path

from offline.children import ChildSpec
from offline.environment import ACCOUNT, REGION, aws_environment, clean_environment
from offline.state import LakeFolder
from thermocline.project import name_prefix

HOST = "127.0.0.1"
"""The host in every URL that the emulator hands out; an address, since `*.localhost` does not resolve everywhere."""


def emulator_spec(folder: LakeFolder, *, stage: str, port: int, athena_url: str, runner_url: str) -> ChildSpec:
    """The emulator on `port`, with every side server off: they would bind fixed ports on all interfaces."""
    return ChildSpec(
        name="emulator",
        command=(sys.executable, "-m", "ministack"),
        environment={
            **clean_environment(folder),
            **aws_environment(emulator_url=f"http://{HOST}:{port}", athena_url=athena_url),
            "GATEWAY_PORT": str(port),
            "BIND_HOST": HOST,
            "MINISTACK_HOST": HOST,
            "MINISTACK_ACCOUNT_ID": ACCOUNT,
            "MINISTACK_REGION": REGION,
            "S3_DATA_DIR": str(folder.temp / "s3"),
            "STATE_DIR": str(folder.temp / "state"),
            "IOT_MTLS_ENABLED": "0",
            "SFTP_ENABLED": "0",
            "LOG_LEVEL": "WARNING",
            **proxied(folder.root, stage, runner_url),
        },
        port=port,
        ready_path="/_ministack/ready",
    )


def proxied(root: Path, stage: str, runner_url: str) -> dict[str, str]:
    """Variables that hand this project's functions (a folder of `lambdas/` each) to the runner from the first event.

    `hand_over` does so for every deployed function, but only once a deployment is done; what arrives earlier would run
    in the emulator, which has none of the functions' packages.
    """
    names = (path.parent.name for path in root.glob("lambdas/*/handler.py"))
    return {f"MINISTACK_LAMBDA_PROXY_{name_prefix(root, stage)}{name}": runner_url for name in names}
