"""Environment variables: what children start with, and what a client of the offline AWS needs."""

import os
import sys
from pathlib import Path

from offline.processes import marker
from offline.state import LakeFolder, LakeState

REGION = "us-east-1"
ACCOUNT = "000000000000"
CODE_ROOT = Path(__file__).parents[1]

_KEPT = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT")


def aws_environment(*, emulator_url: str, athena_url: str) -> dict[str, str]:
    """What makes any AWS SDK speak to the offline environment."""
    return {
        "AWS_ENDPOINT_URL": emulator_url,
        "AWS_ENDPOINT_URL_ATHENA": athena_url,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
    }


def client_environment(state: LakeState) -> dict[str, str]:
    """`aws_environment` of a running environment."""
    return aws_environment(emulator_url=state.url("emulator"), athena_url=state.url("athena"))


def clean_environment(folder: LakeFolder) -> dict[str, str]:
    """The least that a child needs: nothing of the user's AWS settings, proxies or Python paths gets in."""
    return {
        **{name: os.environ[name] for name in _KEPT if name in os.environ},
        **marker(folder),
        **no_aws_settings(),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        "HOME": str(folder.temp),
        "TMPDIR": str(folder.temp),
        "PYTHONPATH": str(CODE_ROOT),
        "PYTHONUNBUFFERED": "1",
        "NO_PROXY": "*",
    }


def no_aws_settings() -> dict[str, str]:
    """Keeps the user's profiles and a cloud machine's own role out."""
    return {
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
    }
