"""Files that are written below a prefix of their own: nothing refers to them, and they are gone with it."""

from __future__ import annotations

from pathlib import Path

from thermocline.warm.ports import Files


class ScratchFiles:
    """Objects of the lake bucket; what is stored lies below a prefix.

    Parameters
    ----------
    prefix
        Of the keys that are given, with a slash at its end.
    """

    def __init__(self, files: Files, prefix: str) -> None:
        self._files = files
        self._prefix = prefix

    def fetch(self, key: str, path: Path) -> None:
        """Copy an object into a file, one from below the prefix, too (see `Files.fetch` for errors)."""
        try:
            self._files.fetch(key, path)
        except FileNotFoundError:
            self._files.fetch(f"{self._prefix}{key}", path)

    def store(self, path: Path, key: str) -> str:
        """Copy a file into an object below the prefix, and return its address."""
        return self._files.store(path, f"{self._prefix}{key}")

    def key_of(self, address: str) -> str:
        """Return the key in an address."""
        return self._files.key_of(address)
