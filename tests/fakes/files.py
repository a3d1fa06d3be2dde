from __future__ import annotations

import shutil
from pathlib import Path


class FolderFiles:
    """A bucket that is a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fetch(self, key: str, path: Path) -> None:
        shutil.copyfile(self._path(key), path) if self._path(key).exists() else self._missing(key)

    def store(self, path: Path, key: str) -> str:
        self._path(key).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, self._path(key))
        return f"s3://lake/{key}"

    def key_of(self, address: str) -> str:
        return address.removeprefix("s3://lake/")

    def keys(self) -> list[str]:
        return sorted(str(path.relative_to(self.folder)) for path in self.folder.rglob("*.parquet"))

    def _path(self, key: str) -> Path:
        return self.folder / key

    def _missing(self, key: str) -> None:
        raise FileNotFoundError(key)
