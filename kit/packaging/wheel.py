"""A folder of code as a wheel: the same bytes for the same files."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

_VERSION: Final = "0"
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def make_wheel(source: Path, target: Path, *, name: str, requires: Sequence[str] = ()) -> Path:
    """Write a wheel of all files of a folder, data files included, and return its path.

    Its name has a hash of what is in it, because an installer takes a wheel that has its name for the same.

    Parameters
    ----------
    source
        What lies in it will lie in ``site-packages``.
    target
        Folder of the wheel.
    requires
        What an installer installs beside it.
    """
    info = f"{name}-{_VERSION}.dist-info"
    required = "".join(f"Requires-Dist: {each}\n" for each in requires)
    members = {
        **{str(path.relative_to(source)): path.read_bytes() for path in _files(source)},
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {_VERSION}\n{required}".encode(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nGenerator: kit\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{path},,\n" for path in [*members, f"{info}/RECORD"])
    members[f"{info}/RECORD"] = record.encode()
    digest = hashlib.sha256()
    for path, content in members.items():
        digest.update(f"{path}\0{len(content)}\0".encode() + content)
    wheel = target / f"{name}-{_VERSION}-1{digest.hexdigest()[:16]}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in members.items():
            archive.writestr(zipfile.ZipInfo(path, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return wheel


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())
