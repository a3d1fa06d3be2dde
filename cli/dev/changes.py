"""Notices changes of what is synthesised; an edited handler needs no deployment."""

from pathlib import Path

from offline.cdk import INPUTS
from offline.fingerprint import modification_hash
from offline.runner.runner import CODE_FOLDERS

# Contracts are both: the runner reads them anew, and their tables are deployed.
INFRASTRUCTURE = tuple(sorted({*INPUTS} - {*CODE_FOLDERS} | {"config", "contracts", "kit"}))


class Changes:
    """Compares the infrastructure's files with what they were."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._seen = self._now()
        self._settling = self._seen

    def noticed(self) -> bool:
        """Whether files have changed and come to rest since: an editor may write several, one after the other."""
        now = self._now()
        settled, self._settling = now == self._settling, now
        if now == self._seen or not settled:
            return False
        self._seen = now
        return True

    def _now(self) -> int:
        return modification_hash(self._root, INFRASTRUCTURE)
