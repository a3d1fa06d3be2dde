"""Data that an environment keeps between `down` and `up`: the emulator's files, as of its last clean stop.

The emulator writes S3's objects at once, and all other data only when it is stopped. So after a crash the two do not
match. Such an environment goes back to a second copy (hard links, which take no space).
"""

import os
import shutil
from pathlib import Path

from offline.state import LakeFolder

_PARTS = ("s3", "state", "deployment.json")
_WHOLE = "stopped-cleanly"
_SAVED = "last-stop"


def has_kept(folder: LakeFolder) -> bool:
    """Tell whether there are kept data for the next start."""
    return folder.kept.exists()


def restore(folder: LakeFolder) -> str | None:
    """Prepare the kept data for a start; return what is lost of them, or None.

    Afterwards the environment's deployment is the one that the kept data belong to, if there is one.
    """
    kept, saved = folder.kept, folder.kept / _SAVED
    lost = None
    if kept.exists() and not (kept / _WHOLE).exists():
        lost = "what came after its last clean stop is lost" if saved.exists() else "what it held is lost"
        _replace(saved, kept)
    kept.mkdir(parents=True, exist_ok=True)
    (kept / _WHOLE).unlink(missing_ok=True)
    shutil.rmtree(saved, ignore_errors=True)
    if (kept / "state").exists():
        _replace(kept, saved)
    if (kept / "deployment.json").exists():
        shutil.copy(kept / "deployment.json", folder.deployment)
    return lost


def mark_whole(folder: LakeFolder) -> None:
    """Mark the saved data as complete after a clean stop; delete them if no deployment was finished."""
    if not folder.deployment.exists():
        discard(folder)
        return
    shutil.copy(folder.deployment, folder.kept / "deployment.json")
    (folder.kept / _WHOLE).touch()


def discard(folder: LakeFolder) -> None:
    """Delete the kept data."""
    shutil.rmtree(folder.kept, ignore_errors=True)


def _replace(source: Path, target: Path) -> None:
    """Copy the parts of `source` to `target`, and delete its other parts."""
    target.mkdir(parents=True, exist_ok=True)
    for name in _PARTS:
        old, new = target / name, source / name
        shutil.rmtree(old, ignore_errors=True)
        old.unlink(missing_ok=True)
        if new.is_dir():
            shutil.copytree(new, old, copy_function=os.link)
        elif new.exists():
            shutil.copy(new, old)
