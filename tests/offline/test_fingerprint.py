import os
from pathlib import Path

import pytest

from offline.fingerprint import content_hash, modification_hash

INPUTS = ("app.py", "stacks", "absent")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "stacks" / "constructs").mkdir(parents=True)
    (tmp_path / "app.py").write_text("app")
    (tmp_path / "stacks" / "constructs" / "api.py").write_text("api")
    return tmp_path


def test_the_content_hash_follows_content_names_and_salt(project: Path) -> None:
    hashes = [content_hash(project, INPUTS), content_hash(project, INPUTS, salt="dev")]
    (project / "app.py").write_text("changed")
    hashes.append(content_hash(project, INPUTS))
    (project / "app.py").rename(project / "stacks" / "app.py")
    hashes.append(content_hash(project, INPUTS))
    assert len(set(hashes)) == 4


def test_the_content_hash_ignores_times_caches_and_other_files(project: Path) -> None:
    before = content_hash(project, INPUTS)
    os.utime(project / "app.py", (1, 1))
    (project / "README.md").write_text("not an input")
    (project / "stacks" / "__pycache__").mkdir()
    (project / "stacks" / "__pycache__" / "x.pyc").write_text("cache")
    assert content_hash(project, INPUTS) == before


def test_the_modification_hash_follows_edits_new_and_deleted_files(project: Path) -> None:
    hashes = [modification_hash(project, INPUTS)]
    os.utime(project / "app.py", (1, 1))
    hashes.append(modification_hash(project, INPUTS))
    (project / "stacks" / "new.py").write_text("")
    hashes.append(modification_hash(project, INPUTS))
    (project / "stacks" / "constructs" / "api.py").unlink()
    hashes.append(modification_hash(project, INPUTS))
    assert len(set(hashes)) == 4
    assert modification_hash(project, INPUTS) == hashes[-1]
