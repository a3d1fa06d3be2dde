from __future__ import annotations

import datetime as dt
import random

from tests.fakes import FixedClock
from tests.simulator import SimulatedQueue
from thermocline.convert.arrivals import raw_keys

KEY = "raw/clickstream/2026/11/22/12/a b+c.gz"


def queue(clock: FixedClock) -> SimulatedQueue:
    return SimulatedQueue(clock=clock, rng=random.Random(0), max_receives=2)


def test_a_message_in_work_is_invisible_and_comes_again() -> None:
    clock = FixedClock()
    found = queue(clock)
    found.notify(KEY, copies=2, delay=dt.timedelta(minutes=1))
    assert found.receive() == []
    clock.advance(minutes=1)
    first, _ = found.receive()
    assert raw_keys(first.body) == [KEY]
    found.delete(first)
    assert found.receive() == []
    clock.advance(minutes=12)
    assert len(found.receive()) == found.waiting() == 1


def test_a_message_received_too_often_is_a_dead_letter_until_the_redrive() -> None:
    clock = FixedClock()
    found = queue(clock)
    found.send([KEY])
    for received in (1, 1, 0):
        assert len(found.receive()) == received
        clock.advance(minutes=12)
    assert (found.waiting(), len(found.dead)) == (0, 1)
    found.redrive()
    assert (len(found.receive()), found.dead) == (1, [])
