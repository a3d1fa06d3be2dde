from __future__ import annotations

from pathlib import Path

import pytest

from kit.constructs import App, Stack

PROJECT = Path(__file__).parents[1] / "project"

CONTEXT = {"@aws-cdk/aws-iam:minimizePolicies": True}


@pytest.fixture
def app(tmp_path: Path) -> App:
    return App(
        name="app", stage="test", root=PROJECT, include=("lambdas",), outdir=str(tmp_path / "cdk.out"), context=CONTEXT
    )


@pytest.fixture
def stack(app: App) -> Stack:
    return Stack(app, "main")
