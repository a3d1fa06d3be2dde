"""Environment variables for children and for clients of the offline AWS."""

import os
import sys
from pathlib import Path

from offline.processes import marker
from offline.state import LakeFolder, LakeState

REGION = "us-east-1"
ACCOUNT = "000000000000"
AUTHORITY_VARIABLE = "AWS_CA_BUNDLE"
CODE_ROOT = Path(__file__).parents[1]

# SDKs, OpenSSL, requests and Node each read another variable.
_AUTHORITY_VARIABLES = (AUTHORITY_VARIABLE, "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS")
_KEPT = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT")


def aws_environment(*, emulator_url: str, athena_url: str, authority: str | None = None) -> dict[str, str]:
    """Return variables with which AWS SDKs use the offline environment, and trust `authority` (a file) if it is set."""
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
    """Return `aws_environment` for a running environment."""
    emulator_url, athena_url = state.url("emulator"), state.url("athena")
    return aws_environment(emulator_url=emulator_url, athena_url=athena_url, authority=state.authority)


def clean_environment(folder: LakeFolder) -> dict[str, str]:
    """Return the variables that a child needs, without the user's AWS settings, proxies and Python paths."""
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
    """Return variables that keep AWS SDKs from the user's profiles and a cloud machine's role."""
    return {
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
    }
