"""Iceberg's own runtime for Spark, fetched once from Maven Central into a cache outside the repository."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path
from typing import Final

from tests.athena_local.conformance.trino.fetch import cache_folder

VERSION: Final = "1.10.1"
_JARS: Final = {
    "iceberg-spark-runtime-3.5_2.12": "39ea09e6c03550a300b9d9ab498949836d2d434e441da4c12a943a086e396940",
    "iceberg-aws-bundle": "86bf20892ea5b4c17688f19b075399885f6aa5303f6b2dc9f491e76ceef9633b",
}


def jars() -> list[Path]:
    """Return the jars, which are fetched and verified when they are not there yet."""
    folder = cache_folder().parent / f"spark-3.5-iceberg-{VERSION}"
    return [_jar(folder, name, sha256) for name, sha256 in _JARS.items()]


def _jar(folder: Path, name: str, sha256: str) -> Path:
    path = folder / f"{name}-{VERSION}.jar"
    if not path.exists():
        repository = folder / "download"
        options = ("-Dtransitive=false", f"-Dmaven.repo.local={repository}", "--quiet", "--batch-mode")
        wanted = f"-Dartifact=org.apache.iceberg:{name}:{VERSION}:jar"
        subprocess.run(("mvn", *options, "dependency:get", wanted), check=True)
        shutil.copy(repository / "org/apache/iceberg" / name / VERSION / path.name, path)
        shutil.rmtree(repository)
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != sha256:
        path.unlink()
        raise ValueError(f"{path.name} has the SHA-256 {found} instead of {sha256}: fetch it again")
    return path
