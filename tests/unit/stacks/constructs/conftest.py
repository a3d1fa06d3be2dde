from __future__ import annotations

from pathlib import Path

import aws_cdk as cdk
import pytest


@pytest.fixture
def app(tmp_path: Path) -> cdk.App:
    return cdk.App(outdir=str(tmp_path), context={"@aws-cdk/aws-iam:minimizePolicies": True})


@pytest.fixture
def stack(app: cdk.App) -> cdk.Stack:
    return cdk.Stack(app, "Test")
