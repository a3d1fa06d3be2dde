from offline.lifecycle import wait_until_seen


def test_a_new_process_is_waited_for_until_it_bears_its_mark() -> None:
    looks = iter([False, False, True])
    wait_until_seen(lambda: next(looks), lambda: False)
    assert not list(looks)


def test_a_process_that_ended_is_not_waited_for() -> None:
    wait_until_seen(lambda: False, lambda: True)
