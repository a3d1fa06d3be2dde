"""What every test shares."""

from __future__ import annotations

import os

import pytest

from kit.nodejs import node_folder

# CDK's own process starts with the first import of aws_cdk; the machine may have no Node of its own.
os.environ["JSII_NODE"] = str(node_folder() / "node")


def pytest_configure(config: pytest.Config) -> None:
    # geoip2fast's source has such sequences; Python warns when it compiles it the first time.
    for category in ("DeprecationWarning", "SyntaxWarning"):
        config.addinivalue_line("filterwarnings", f"ignore:invalid escape sequence:{category}")
