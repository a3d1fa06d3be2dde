"""Where an export goes: a folder or a zip file, which only its owner may read."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import msgspec

from thermocline.errors import ConfigurationError
from thermocline.export.model import Manifest

MANIFEST = "manifest.json"


class ExportedFiles:
    """Writes files into a folder, or into a zip file if the path ends in ``.zip``; a context manager.

    What is not finished has the name of the path with ``.part``, and is overwritten by the next export.

    Raises
    ------
    ConfigurationError
        There is such a folder or file already, or no folder to put it in.
    """

    def __init__(self, path: Path) -> None:
        if path.exists():
            raise ConfigurationError(f"{path} is there already: choose another name")
        if not path.absolute().parent.is_dir():
            raise ConfigurationError(f"there is no folder {path.parent}: make it first, or choose another")
        self._path = path
        self._part = path.with_name(f"{path.name}.part")
        self._zip: zipfile.ZipFile | None = None

    def __enter__(self) -> Self:
        """Make the folder or the file, for the user alone."""
        if self._path.suffix == ".zip":
            self._part.touch(mode=0o600)
            self._zip = zipfile.ZipFile(self._part, "w", zipfile.ZIP_DEFLATED)
        else:
            self._part.mkdir(mode=0o700, exist_ok=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give it its name, if it is whole."""
        if self._zip:
            self._zip.close()
        if kind is None:
            self._part.rename(self._path)

    def write(self, name: str, lines: Iterator[bytes]) -> int:
        """Write lines to a file of this name, and return how many."""
        count = 0
        with self._open(name) as file:
            for line in lines:
                file.write(line)
                count += 1
        return count

    def close_with(self, manifest: Manifest) -> None:
        """Write the manifest, which comes last."""
        text = msgspec.json.format(msgspec.json.encode(manifest), indent=2)
        self.write(MANIFEST, iter([text]))

    def _open(self, name: str) -> IO[bytes]:
        return self._zip.open(name, "w", force_zip64=True) if self._zip else (self._part / name).open("wb")
