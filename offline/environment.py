"""Environment variables: what children start with, and what a client of the offline AWS needs."""

import os
import sys
from pathlib import Path

from offline.processes import marker
from offline.state import LakeFolder, LakeState

REGION = "us-east-1"
ACCOUNT = "000000000000"
AUTHORITY_VARIABLE = "AWS_CA_BUNDLE"
CODE_ROOT = Path(__file__).parents[1]

# SDKs, OpenSSL, requests and Node each have one of their own.
_AUTHORITY_VARIABLES = (AUTHORITY_VARIABLE, "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS")
_KEPT = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT")


def aws_environment(*, emulator_url: str, athena_url: str, authority: str | None = None) -> dict[str, str]:
    """What makes any AWS SDK speak to the offline environment, and trust `authority` (a file) if it is given."""
    return {
        **dict.fromkeys(_AUTHORITY_VARIABLES if authority else (), authority or ""),
        "AWS_ENDPOINT_URL": emulator_url,
        "AWS_ENDPOINT_URL_ATHENA": athena_url,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
    }


def client_environment(state: LakeState) -> dict[str, str]:
    """`aws_environment` of a running environment."""
    emulator_url, athena_url = state.url("emulator"), state.url("athena")
    return aws_environment(emulator_url=emulator_url, athena_url=athena_url, authority=state.authority)


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
