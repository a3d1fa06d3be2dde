from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from offline.interrupts import Terminated, signals_interrupt, uninterrupted


@pytest.fixture(autouse=True)
def handlers() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_that_ends_is_an_interrupt(number: signal.Signals, status: int) -> None:
    with pytest.raises(Terminated) as caught, signals_interrupt():
        os.kill(os.getpid(), number)
    assert caught.value.exit_status == status
    assert signal.getsignal(number) is signal.SIG_DFL


def test_what_nohup_ignores_stays_ignored() -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    with signals_interrupt():
        os.kill(os.getpid(), signal.SIGHUP)


def interrupted(cleaned: list[bool]) -> None:
    with signals_interrupt():
        try:
            os.kill(os.getpid(), signal.SIGINT)
        finally:
            with uninterrupted():
                os.kill(os.getpid(), signal.SIGINT)
                os.kill(os.getpid(), signal.SIGTERM)
                cleaned.append(True)


def test_a_second_interrupt_does_not_cut_the_clean_up_short() -> None:
    cleaned: list[bool] = []
    with pytest.raises(KeyboardInterrupt):
        interrupted(cleaned)
    assert cleaned == [True]
