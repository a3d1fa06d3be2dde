from pathlib import Path

import pytest

from athena_local.execution.engine import Engine
from tests.athena_local.tables.iceberg.lake import Lake


@pytest.fixture
def lake(tmp_path: Path, engine: Engine) -> Lake:
    return Lake(tmp_path, engine)
