"""Messages in work stay hidden only as long as the function that works on them lives.

The queue's own visibility timeout must be longer than the function's (AWS refuses less, and advises six times as long),
so a killed function's batch would stay hidden for minutes.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from types import TracebackType
from typing import Self

import msgspec

from thermocline.convert.ports import MessageVisibility
from thermocline.errors import QueueUnavailable

HOLD_SECONDS = 30
BEAT_SECONDS = 10.0

logger = logging.getLogger(__name__)


class Heartbeat:
    """Hides messages at its beginning, and again every ten seconds until it ends.

    A heartbeat that cannot reach the queue does not stop the work: at worst a message is delivered a second time, and
    converting an object twice gives the same result.

    Parameters
    ----------
    visibility
        The queue.
    holds
        How long each message in work is hidden by a beat, by receipt handle: seconds, three beats at least.
    """

    def __init__(
        self, visibility: MessageVisibility, holds: Mapping[str, int], *, beat_seconds: float = BEAT_SECONDS
    ) -> None:
        self._visibility = visibility
        self._holds = holds
        self._beat_seconds = beat_seconds
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True, name="heartbeat")

    def __enter__(self) -> Self:
        """Hide the messages, and go on doing so."""
        self._beat()
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Stop; the messages stay hidden for the rest of their time."""
        # Lambda freezes the process when the handler returns: no thread may be left in a call.
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._ended.wait(self._beat_seconds):
            self._beat()

    def _beat(self) -> None:
        try:
            self._visibility.hide(self._holds)
        except QueueUnavailable as error:
            logger.warning("messages in work could not be kept hidden: %s", error)


class Retries(msgspec.Struct, frozen=True, kw_only=True):
    """How long a message that failed waits: by default 30, 120, 480, then 1,920 seconds.

    Short at first, because most failures pass; together longer than an hour, so that a longer outage of S3 or DynamoDB
    does not turn every message into a dead letter.
    """

    first_seconds: int = 30
    longest_seconds: int = 1_920

    def hold(self, receives: int) -> int:
        """Return the seconds that a message in work is hidden by a beat.

        At first half a minute, so that the messages of a killed function are soon tried again; then as long as after a
        failure, so that a message that kills its function, or waits for a store that hangs, is not soon a dead letter.
        """
        return HOLD_SECONDS if receives <= 1 else max(HOLD_SECONDS, self.wait(receives))

    def wait(self, receives: int) -> int:
        """Return the seconds until a message that was received this often is tried again."""
        # After that many receives the longest wait applies anyway, and the power would only grow large.
        return min(self.first_seconds * int(4 ** min(max(receives, 1) - 1, 20)), self.longest_seconds)
