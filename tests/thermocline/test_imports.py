"""What a function loads: start-up time is paid by the first request."""

from __future__ import annotations

import json
import subprocess
import sys

HEAVY = {"pandas", "numpy", "pyarrow", "awswrangler", "duckdb", "aws_cdk"}
AWS = {"boto3", "botocore"}


def loaded_by(code: str) -> set[str]:
    """Return the top-level packages that are loaded after `code` ran in a fresh interpreter."""
    script = f"{code}\nimport json, sys\nprint(json.dumps([*sys.modules]))"
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    return {name.partition(".")[0] for name in json.loads(found.stdout)}


def test_importing_the_ingest_handler_loads_neither_aws_nor_columnar_packages() -> None:
    loaded = loaded_by("import lambdas.ingest.handler")
    assert "thermocline" in loaded
    assert not loaded & (HEAVY | AWS)


def test_all_that_ingest_is_built_of_has_no_columnar_packages() -> None:
    loaded = loaded_by(
        "import lambdas.ingest.handler, thermocline.ingest.use_case, thermocline.contracts, thermocline.settings\n"
        "import thermocline.adapters.emf, thermocline.adapters.firehose, thermocline.adapters.secrets"
    )
    assert "botocore" in loaded
    assert not loaded & HEAVY


def test_importing_the_convert_handler_loads_no_columnar_packages_yet() -> None:
    assert not loaded_by("import lambdas.convert.handler") & (HEAVY | AWS)
