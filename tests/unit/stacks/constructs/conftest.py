from __future__ import annotations

from pathlib import Path

import pytest

from stacks.code import PACKAGES, ROOT
from stacks.constructs import App, Stack

CONTEXT = {"@aws-cdk/aws-iam:minimizePolicies": True}


@pytest.fixture
def app(tmp_path: Path) -> App:
    return App(name="app", stage="test", root=ROOT, include=PACKAGES, outdir=str(tmp_path / "cdk.out"), context=CONTEXT)


@pytest.fixture
def stack(app: App) -> Stack:
    return Stack(app, "main")
