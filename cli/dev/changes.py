"""Notices changes of the files that templates are made from; an edited handler needs no deployment."""

from pathlib import Path

from offline.cdk import INPUTS
from offline.fingerprint import modification_hash
from offline.runner.runner import CODE_FOLDERS

# Contracts are code and infrastructure: the runner reads them again, and their tables are deployed.
INFRASTRUCTURE = tuple(sorted({*INPUTS} - {*CODE_FOLDERS} | {"config", "contracts", "kit"}))


class Changes:
    """Compares the infrastructure's files with their last state."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._seen = self._now()
        self._settling = self._seen

    def noticed(self) -> bool:
        """Tell whether files have changed and are at rest again: an editor may write several, one after the other."""
        now = self._now()
        settled, self._settling = now == self._settling, now
        if now == self._seen or not settled:
            return False
        self._seen = now
        return True

    def _now(self) -> int:
        return modification_hash(self._root, INFRASTRUCTURE)
