"""Data are kept from one clean stop to the next start, and a crash goes back to the last one."""

from __future__ import annotations

from pathlib import Path

import pytest

from offline.kept import discard, has_kept, mark_whole, restore
from offline.state import LakeFolder


@pytest.fixture
def folder(tmp_path: Path) -> LakeFolder:
    return LakeFolder(root=tmp_path, name="one")


def work(folder: LakeFolder, text: str, *, saved: bool) -> None:
    """What the emulator does: objects at once, each in the place of the last, and its state at the end."""
    for name in ("s3/bucket/key", *(("state/sqs.json",) if saved else ())):
        path = folder.kept / name
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".tmp")
        draft.write_text(text)
        draft.replace(path)


def stop(folder: LakeFolder) -> None:
    mark_whole(folder)
    folder.deployment.unlink(missing_ok=True)


def held(folder: LakeFolder) -> tuple[str, str]:
    return (folder.kept / "s3/bucket/key").read_text(), (folder.kept / "state/sqs.json").read_text()


def test_a_clean_stop_keeps_everything(folder: LakeFolder) -> None:
    assert restore(folder) is None
    work(folder, "first", saved=True)
    folder.deployment.write_text("deployed")
    stop(folder)
    assert has_kept(folder)
    assert restore(folder) is None
    assert held(folder) == ("first", "first")
    assert folder.deployment.read_text() == "deployed"


def test_a_crash_goes_back_to_the_last_clean_stop_again_and_again(folder: LakeFolder) -> None:
    restore(folder)
    work(folder, "first", saved=True)
    folder.deployment.write_text("deployed")
    stop(folder)
    assert restore(folder) is None
    for _ in range(3):
        work(folder, "lost", saved=False)
        (folder.kept / "s3/bucket/new").write_text("lost")
        folder.deployment.write_text("lost")
        assert restore(folder) == "what came after its last clean stop is lost"
        assert held(folder) == ("first", "first")
        assert not (folder.kept / "s3/bucket/new").exists()
        assert folder.deployment.read_text() == "deployed"


def test_a_crash_before_any_clean_stop_leaves_nothing(folder: LakeFolder) -> None:
    restore(folder)
    work(folder, "lost", saved=False)
    assert restore(folder) == "what it held is lost"
    assert not (folder.kept / "s3").exists()


def test_a_deployment_that_was_never_finished_is_not_worth_keeping(folder: LakeFolder) -> None:
    restore(folder)
    work(folder, "half", saved=True)
    stop(folder)
    assert not has_kept(folder)


def test_what_is_discarded_is_gone(folder: LakeFolder) -> None:
    restore(folder)
    discard(folder)
    discard(folder)
    assert not has_kept(folder)
