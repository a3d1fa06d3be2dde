"""Messages in work are hidden again and again, and no longer than the work lasts."""

from __future__ import annotations

import threading
from collections.abc import Mapping

import pytest

from stacks.config import Convert
from thermocline.convert.heartbeat import BEAT_SECONDS, HOLD_SECONDS, Heartbeat, Retries
from thermocline.errors import QueueUnavailable

BEAT = 0.001
PATIENCE = 5.0


class Queue:
    """Counts how often messages are hidden, and fails at first if told so."""

    def __init__(self, failures: int = 0) -> None:
        self.calls: list[Mapping[str, int]] = []
        self.third = threading.Event()
        self._failures = failures

    def hide(self, seconds: Mapping[str, int]) -> None:
        self.calls.append(seconds)
        if len(self.calls) >= 3:
            self.third.set()
        if len(self.calls) <= self._failures:
            raise QueueUnavailable(1, "Throttled")


def test_work_that_lasts_is_hidden_until_it_ends() -> None:
    queue = Queue()
    with Heartbeat(queue, {"a": HOLD_SECONDS, "b": 120}, beat_seconds=BEAT):
        assert queue.third.wait(PATIENCE)
    seen = len(queue.calls)
    assert all(call == {"a": HOLD_SECONDS, "b": 120} for call in queue.calls)
    threading.Event().wait(20 * BEAT)
    assert len(queue.calls) == seen


def test_messages_are_hidden_before_the_work_begins() -> None:
    queue = Queue()
    with Heartbeat(queue, {"a": HOLD_SECONDS}):
        assert len(queue.calls) == 1


def test_a_missed_beat_is_made_good_by_the_next() -> None:
    queue = Queue(failures=2)
    with Heartbeat(queue, {"a": HOLD_SECONDS}, beat_seconds=BEAT):
        assert queue.third.wait(PATIENCE)


def test_the_thread_ends_with_work_that_fails() -> None:
    with pytest.raises(ValueError, match="work"), Heartbeat(Queue(), {"a": HOLD_SECONDS}, beat_seconds=BEAT):
        raise ValueError("work")
    assert "heartbeat" not in {thread.name for thread in threading.enumerate()}


def test_two_beats_may_be_missed() -> None:
    assert HOLD_SECONDS >= 3 * BEAT_SECONDS


def test_what_kills_its_function_again_and_again_comes_back_ever_later() -> None:
    assert [Retries().hold(receives) for receives in range(1, 5)] == [HOLD_SECONDS, 120, 480, 1_920]
    assert Retries(first_seconds=1, longest_seconds=5).hold(4) == HOLD_SECONDS


def test_waits_grow_and_together_outlast_an_outage_of_an_hour() -> None:
    # Between the tries, of which the last is followed by none.
    waits = [Retries().wait(receives) for receives in range(1, Convert().max_receive_count)]
    assert waits == [30, 120, 480, 1_920, 1_920]
    assert sum(waits) > 60 * 60
    assert Retries().wait(0) == 30
    assert Retries().wait(10**9) == 1_920


def test_waits_can_be_shorter() -> None:
    assert [Retries(first_seconds=1, longest_seconds=5).wait(receives) for receives in range(1, 5)] == [1, 4, 5, 5]
