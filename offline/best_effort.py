"""What must never stop anything else: records beside the work, which a full disk must not turn into failures of it."""

import logging
import sqlite3
from collections.abc import Callable

FAILURES = (OSError, sqlite3.Error)


class BestEffort:
    """Writes something if it can; the log says once when it cannot, and once when it can again.

    Parameters
    ----------
    what
        What is written, as the log calls it.
    """

    def __init__(self, what: str, log: logging.Logger) -> None:
        self._what = what
        self._log = log
        self._failing = False

    def __call__(self, write: Callable[[], object]) -> bool:
        """Write; tell whether that worked."""
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
