"""A bound for the size of local copies: the least recently used ones are removed."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path


def never_busy() -> float | None:
    """Return None: no query runs."""
    return None


class Eviction:
    """What was used when, and how big it is.

    A query names its files after it began, and opens them until it ends. So what was used since the oldest running
    query began is never removed, whoever used it.

    Parameters
    ----------
    folder
        Where the copies are; those of an earlier process count, too.
    """

    def __init__(self, *, folder: Path, most_bytes: int, busy_since: Callable[[], float | None]) -> None:
        self._most = most_bytes
        self._busy_since = busy_since
        self._lock = threading.Lock()
        self._sizes = {str(path): path.stat().st_size for path in folder.rglob("*.parquet")}
        self._used = dict.fromkeys(self._sizes, 0.0)

    @contextmanager
    def using(self, paths: Sequence[str]) -> Iterator[list[str]]:
        """Mark copies as used, whether they exist or not; yield those that were removed to make room.

        The others are not removed before the end of the block.
        """
        with self._lock:
            now = time.monotonic()
            self._used.update(dict.fromkeys(paths, now))
            yield self._make_room(min(self._busy_since() or now, now))

    def add(self, paths: Iterable[str]) -> None:
        """Count copies that were made."""
        with self._lock:
            self._sizes.update((path, Path(path).stat().st_size) for path in paths)

    def _make_room(self, before: float) -> list[str]:
        total = sum(self._sizes.values())
        removed: list[str] = []
        if total <= self._most:
            return removed
        for path in sorted(self._sizes, key=lambda each: self._used.get(each, 0.0)):
            if total <= self._most or self._used.get(path, 0.0) >= before:
                break
            Path(path).unlink(missing_ok=True)
            total -= self._sizes.pop(path)
            self._used.pop(path, None)
            removed.append(path)
        return removed
