"""What is fetched is verified before it is unpacked."""

import hashlib
import tarfile
from pathlib import Path

import pytest

from tests.athena_local.conformance.trino.fetch import Artifact, unpacked


@pytest.fixture
def published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Artifact:
    """An archive in a Maven repository of files."""
    content = tmp_path / "trino-tiny-476"
    content.mkdir()
    (content / "README").write_text("tiny")
    folder = tmp_path / "repository" / "io" / "trino" / "trino-tiny" / "476"
    folder.mkdir(parents=True)
    archive = folder / "trino-tiny-476.tar.gz"
    with tarfile.open(archive, "w:gz") as tar:
        tar.add(content, "trino-tiny-476")
    monkeypatch.setenv("MAVEN_REPOSITORY_URL", (tmp_path / "repository").as_uri())
    return Artifact(name="trino-tiny", kind="tar.gz", sha256=hashlib.sha256(archive.read_bytes()).hexdigest())


def test_fetched_once_and_unpacked(published: Artifact, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = tmp_path / "cache"
    assert (unpacked(published, cache) / "README").read_text() == "tiny"
    monkeypatch.setenv("MAVEN_REPOSITORY_URL", "file:///nowhere")
    assert (unpacked(published, cache) / "README").read_text() == "tiny"
    assert [path.name for path in cache.iterdir()] == ["trino-tiny-476"]


def test_what_is_not_expected_is_not_unpacked(published: Artifact, tmp_path: Path) -> None:
    other = Artifact(name=published.name, kind=published.kind, sha256="0" * 64)
    with pytest.raises(ValueError, match="SHA-256"):
        unpacked(other, tmp_path / "cache")
    assert not list((tmp_path / "cache").rglob("*.tar.gz"))
    assert not list((tmp_path / "cache").rglob("README"))
