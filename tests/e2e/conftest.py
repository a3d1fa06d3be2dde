"""A lake of the tests' own: the whole offline environment, deployed by the real CDK."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest

from cli.deployment import Deployment, offline_deployment
from cli.project import lake_folder
from offline.lifecycle import down, up
from tests.e2e.lake import Lake


@pytest.fixture(scope="session")
def lake_name() -> str:
    return f"e2e-{os.getpid()}"


@pytest.fixture(scope="session")
def deployment(lake_name: str) -> Iterator[Deployment]:
    folder = lake_folder(lake_name)
    try:
        yield offline_deployment(up(folder))
    finally:
        down(folder)
        shutil.rmtree(folder.path)


@pytest.fixture
def lake(deployment: Deployment) -> Lake:
    return Lake(deployment)
