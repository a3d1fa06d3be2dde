"""How many queries run at the same time."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Admission:
    """Slots for queries that run; one that has waited long enough runs beside them, so that short ones come through.

    Parameters
    ----------
    slots
        How many begin at once.
    patience
        After how many seconds a query no longer waits for a slot.
    """

    def __init__(self, *, slots: int, patience: float) -> None:
        self._slots = threading.BoundedSemaphore(slots)
        self._patience = patience

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn, and keep it as long as the context lasts."""
        has_slot = self._slots.acquire(timeout=self._patience)
        try:
            yield
        finally:
            if has_slot:
                self._slots.release()
