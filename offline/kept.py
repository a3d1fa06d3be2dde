"""What an environment keeps between `down` and `up`: the emulator's own files, as they were at its last clean stop.

The emulator writes S3's objects at once and all else only when it is stopped, so that after a crash the two do not
belong together. A second copy (hard links, which cost nothing) is what such an environment goes back to.
"""

import os
import shutil
from pathlib import Path

from offline.state import LakeFolder

_PARTS = ("s3", "state", "deployment.json")
_WHOLE = "stopped-cleanly"
_SAVED = "last-stop"


def has_kept(folder: LakeFolder) -> bool:
    """Whether there is something that the next start would go on with."""
    return folder.kept.exists()


def restore(folder: LakeFolder) -> str | None:
    """Make ready for a start; what of the kept data is lost, if some is.

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
    """After a clean stop: what the emulator saved is whole; without a finished deployment it is worth nothing."""
    if not folder.deployment.exists():
        discard(folder)
        return
    shutil.copy(folder.deployment, folder.kept / "deployment.json")
    (folder.kept / _WHOLE).touch()


def discard(folder: LakeFolder) -> None:
    """Delete what is kept."""
    shutil.rmtree(folder.kept, ignore_errors=True)


def _replace(source: Path, target: Path) -> None:
    """Have `target` hold the parts that `source` has, and no others."""
    target.mkdir(parents=True, exist_ok=True)
    for name in _PARTS:
        old, new = target / name, source / name
        shutil.rmtree(old, ignore_errors=True)
        old.unlink(missing_ok=True)
        if new.is_dir():
            shutil.copytree(new, old, copy_function=os.link)
        elif new.exists():
            shutil.copy(new, old)
