"""Messages in work stay hidden only as long as the function that works on them lives.

The queue's own visibility timeout must be longer than the function's (AWS refuses less, and advises six times as long),
so that by itself it would keep a killed function's batch back for minutes.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from types import TracebackType
from typing import Self

from thermocline.errors import QueueUnavailable
from thermocline.ports import MessageVisibility

HOLD_SECONDS = 30
BEAT_SECONDS = 10.0
FIRST_WAIT_SECONDS = 30
LONGEST_WAIT_SECONDS = 32 * 60

logger = logging.getLogger(__name__)


class Heartbeat:
    """Hides messages for half a minute at its beginning, and again every ten seconds until it ends.

    A heartbeat that cannot reach the queue changes nothing for the work: at worst a message comes to somebody else,
    too, and converting an object twice gives the same.

    Parameters
    ----------
    visibility
        The queue.
    receipts
        Receipt handles of the messages in work.
    """

    def __init__(
        self, visibility: MessageVisibility, receipts: Sequence[str], *, beat_seconds: float = BEAT_SECONDS
    ) -> None:
        self._visibility = visibility
        self._receipts = receipts
        self._beat_seconds = beat_seconds
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True, name="heartbeat")

    def __enter__(self) -> Self:
        """Hide the messages, and go on doing so."""
        self._beat()
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Stop; the messages stay hidden for the rest of their half minute."""
        # Lambda freezes the process when the handler returns: no thread may be left in a call.
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._ended.wait(self._beat_seconds):
            self._beat()

    def _beat(self) -> None:
        try:
            self._visibility.hide(dict.fromkeys(self._receipts, HOLD_SECONDS))
        except QueueUnavailable as error:
            logger.warning("messages in work could not be kept hidden: %s", error)


def wait_before_retry(receives: int) -> int:
    """Return how many seconds a message that failed waits: 30, 120, 480, then 1,920.

    Short at first, because most failures pass; together longer than an hour, so that a longer outage of S3 or DynamoDB
    does not turn every message into a dead letter.
    """
    return int(min(FIRST_WAIT_SECONDS * 4 ** (max(receives, 1) - 1), LONGEST_WAIT_SECONDS))
