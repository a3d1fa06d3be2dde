"""Writing that must never stop other work: a full disk leaves gaps in the records, and the work goes on."""

import logging
import sqlite3
from collections.abc import Callable

FAILURES = (OSError, sqlite3.Error)


class BestEffort:
    """A writer that ignores errors of the disk; the log says once that it cannot write, and once that it can again.

    Parameters
    ----------
    what
        Name of the written file, for the log.
    """

    def __init__(self, what: str, log: logging.Logger) -> None:
        self._what = what
        self._log = log
        self._failing = False

    def __call__(self, write: Callable[[], object]) -> bool:
        """Write, and tell whether that worked."""
        try:
            write()
        except FAILURES as error:
            if not self._failing:
                self._log.warning("%s cannot be written, and has gaps until it can: %s", self._what, error)
            self._failing = True
            return False
        if self._failing:
            self._log.warning("%s is written again", self._what)
        self._failing = False
        return True
