from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.fakes.emulator import emulator
from tests.thermocline.erase.lake import SmallLake

_names = itertools.count()


@pytest.fixture(scope="session")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with emulator(tmp_path_factory.mktemp("emulator")) as address:
        yield address


@pytest.fixture
def new_lake(url: str, tmp_path: Path) -> Callable[[], SmallLake]:
    """Return a function that makes an empty lake."""
    return lambda: SmallLake(url, tmp_path, f"erase-{next(_names)}")
