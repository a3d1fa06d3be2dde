from __future__ import annotations

from typing import cast

import pytest

from tests.infra.assembly import STAGES, Stage, synthesise


@pytest.fixture(scope="session", params=STAGES)
def stage(request: pytest.FixtureRequest) -> Stage:
    return synthesise(cast(str, request.param))


@pytest.fixture(scope="session")
def local() -> Stage:
    return synthesise("local")


@pytest.fixture(scope="session")
def prod() -> Stage:
    return synthesise("prod")
