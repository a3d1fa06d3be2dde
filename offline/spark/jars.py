"""The jars that Glue has and PySpark lacks, fetched once from Maven Central into a cache outside the project."""

from __future__ import annotations

import hashlib
import os
import secrets
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

ICEBERG: Final = "1.10.1"
_REPOSITORY: Final = "https://repo1.maven.org/maven2"
_CHUNK: Final = 1 << 20
_SECONDS: Final = 60


class Jar(NamedTuple):
    """A file of Maven Central, and the SHA-256 that it must have."""

    group: str
    name: str
    version: str
    sha256: str

    @property
    def file_name(self) -> str:
        """Its name in a repository."""
        return f"{self.name}-{self.version}.jar"

    @property
    def path(self) -> str:
        """Its path in a repository."""
        return f"{self.group.replace('.', '/')}/{self.name}/{self.version}/{self.file_name}"


_SDK: Final = {
    "core": "06fed99f929c389e168278c1b111aaf1afb270d07202fbbce92e73d1e4279678",
    "dynamodb": "7af4ba06d0d9b3c2ab435089caecd0567810d203aa285f7aa72861f1964d442e",
    "kms": "c00f5ae7b334255f661d85512e7203af9523a04fb65d0c431c2eea2003ed8ae2",
    "s3": "a0cb7580178bc0d4d3558295a5bb890008478da8a6b3241989c71238b0ed3be5",
    "sts": "659f48d8ebc02025c5042cc4b925f62610e81f334498f1b9e7a271ce20ecbcae",
}
JARS: Final = (
    Jar(
        "org.apache.iceberg",
        "iceberg-spark-runtime-3.5_2.12",
        ICEBERG,
        "39ea09e6c03550a300b9d9ab498949836d2d434e441da4c12a943a086e396940",
    ),
    Jar(
        "org.apache.iceberg",
        "iceberg-aws-bundle",
        ICEBERG,
        "86bf20892ea5b4c17688f19b075399885f6aa5303f6b2dc9f491e76ceef9633b",
    ),
    # Spark reads Parquet files of S3 through Hadoop, whose part for S3 is not in PySpark.
    Jar(
        "org.apache.hadoop",
        "hadoop-aws",
        "3.3.4",
        "53f9ae03c681a30a50aa17524bd9790ab596b28481858e54efd989a826ed3a4a",
    ),
    Jar(
        "com.amazonaws",
        "jmespath-java",
        "1.12.262",
        "9001ea993a45d82a2d3086edcbda8a40b4e012d049a70fbf071fd329c0fbd777",
    ),
    *(Jar("com.amazonaws", f"aws-java-sdk-{name}", "1.12.262", sha256) for name, sha256 in _SDK.items()),
)


def jars(say: Callable[[str], None] = lambda _: None) -> list[Path]:
    """Return the jars, which are fetched when they are not there yet.

    Parameters
    ----------
    say
        Told the name of each jar before it is fetched.

    Raises
    ------
    ValueError
        What came is not what this file expects by its SHA-256.
    OSError
        The repository cannot be reached; ``MAVEN_REPOSITORY_URL`` names another one.
    """
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    folder = Path(base) / "thermocline" / f"spark-3.5-iceberg-{ICEBERG}"
    folder.mkdir(parents=True, exist_ok=True)
    return [_jar(folder, each, say) for each in JARS]


def _jar(folder: Path, jar: Jar, say: Callable[[str], None]) -> Path:
    path = folder / jar.file_name
    if not path.exists():
        say(jar.file_name)
        partial = path.with_suffix(f".{secrets.token_hex(4)}")  # another process may fetch it, too
        _fetch(jar, partial)
        partial.rename(path)
    return path


def _fetch(jar: Jar, target: Path) -> None:
    url = f"{os.environ.get('MAVEN_REPOSITORY_URL', _REPOSITORY).rstrip('/')}/{jar.path}"
    digest = hashlib.sha256()
    with urllib.request.urlopen(url, timeout=_SECONDS) as answer, target.open("wb") as file:  # noqa: S310  (https)
        while chunk := answer.read(_CHUNK):
            digest.update(chunk)
            file.write(chunk)
    if digest.hexdigest() != jar.sha256:
        target.unlink()
        raise ValueError(
            f"{jar.file_name} has the SHA-256 {digest.hexdigest()} instead of {jar.sha256}: fetch it again"
        )
