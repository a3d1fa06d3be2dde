import threading
import time

from athena_local.api.admission import Admission


def test_one_that_has_waited_long_enough_runs_beside_the_others() -> None:
    admission = Admission(slots=1, patience=0.05)
    ran = threading.Event()

    def run() -> None:
        with admission.turn():
            ran.set()

    with admission.turn():
        start = time.monotonic()
        threading.Thread(target=run).start()
        assert ran.wait(10)
        assert time.monotonic() - start >= 0.05


def test_a_slot_is_given_back() -> None:
    admission = Admission(slots=1, patience=60)
    for _ in range(3):
        with admission.turn():
            pass
    start = time.monotonic()
    with admission.turn():
        assert time.monotonic() - start < 10
