"""Which log a change is of: what opens an epoch, what never does, and what cannot be ordered."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thermocline.errors import RefusedEvent
from thermocline.ingest.protocols.epoch_rules import assigned
from thermocline.ingest.protocols.epochs import Epoch, History, Seen, opened, structure, with_progress
from thermocline.ingest.protocols.log_position import Log, Position

COMMAND = "lake cdc new-epoch shop --source shop-db"
OLD, NEW, OTHER_SERVER = Log(1, "mysql-bin"), Log(1, "binlog"), Log(2, "mysql-bin")


def sort(place: int) -> str:
    """The text of a position; a thousand of them are one file."""
    return f"{place // 1000:010d}.{place:019d}"


def change(log: Log | None, place: int, time: int | None) -> Seen:
    return Seen(Position(str(place), sort(place), snapshot=False, log=log), time)


def row(log: Log | None, place: int, time: int | None) -> Seen:
    """A snapshot row, which does not say the server."""
    return Seen(Position(str(place), sort(place), snapshot=True, log=log and log._replace(server=0)), time)


def take(history: History, *changes: Seen, ordinal: int | None = None) -> tuple[History, list[int | str]]:
    """The history after changes of one request, and their epochs or the reasons."""
    after, found = assigned(history, changes, command=COMMAND, ordinal=ordinal)
    return after, [one.detail if isinstance(one, RefusedEvent) else one for one in found]


def told(*requests: list[Seen]) -> list[list[int | None]]:
    """The epochs of the changes of requests, one after the other; None for what is refused."""
    history: History = ()
    found = []
    for changes in requests:
        history, epochs = take(history, *changes)
        found.append([one if isinstance(one, int) else None for one in epochs])
    return found


def test_another_base_name_opens_an_epoch_in_whatever_order_one_request_has_them() -> None:
    old, new = change(OLD, 10_5000, 100), change(NEW, 2_157, 200)
    assert told([old, new]) == [[1, 2]]
    assert told([new, old]) == [[2, 1]]
    assert told([old], [new]) == [[1], [2]]


def test_another_server_with_the_same_base_name_opens_an_epoch() -> None:
    assert told([change(OLD, 300, 100)], [change(OTHER_SERVER, 2, 200)], [change(OTHER_SERVER, 3, 201)]) == [
        [1],
        [2],
        [2],
    ]


def test_a_new_log_that_arrives_after_a_newer_one_is_refused_and_opens_nothing() -> None:
    assert told([change(NEW, 2, 200)], [change(OLD, 10, 100)], [change(NEW, 3, 210)]) == [[1], [None], [1]]


def test_no_log_is_the_newer_at_the_time_at_which_the_other_was_written() -> None:
    assert told([change(OLD, 1, 100), change(OLD, 2, 110)], [change(NEW, 1, 105)]) == [[1, 1], [None]]
    assert told([change(OLD, 1, 100)], [change(NEW, 9, 200)], [change(NEW, 2, 99)]) == [[1], [2], [None]]


def test_the_new_logs_earlier_changes_may_arrive_later() -> None:
    found = told([change(OLD, 1, 100)], [change(NEW, 9, 200)], [change(NEW, 2, 150)], [change(OLD, 2, 160)])
    assert found == [[1], [2], [2], [None]]


def test_an_older_logs_late_change_stays_in_its_epoch_and_one_that_comes_again_too() -> None:
    first, last, late = change(OLD, 10, 100), change(OLD, 12, 120), change(OLD, 11, 110)
    assert told([first, last], [change(NEW, 1, 200)], [late], [first, last]) == [[1, 1], [2], [1], [1, 1]]


def test_after_a_failback_the_order_cannot_be_told_until_somebody_says_so() -> None:
    history, _ = take((), change(OLD, 10, 100))
    history, _ = take(history, change(NEW, 1, 200))
    history, (detail,) = take(history, change(OLD, 11, 300))
    assert isinstance(detail, str)
    assert "of the older log mysql-bin of server 1 (epoch 1)" in detail
    assert f"`{COMMAND} --since 1970-01-01T00:00:00.000300Z`" in detail
    history, found = take(opened(history, 300), change(OLD, 11, 300), change(OLD, 10, 100), change(NEW, 1, 200))
    assert found == [3, 1, 2]


def test_a_log_that_begins_anew_under_its_name_is_refused_until_somebody_opens_an_epoch() -> None:
    history, found = take((), change(OLD, 10_000, 100), change(OLD, 1_000, 200))
    assert found[0] == 1
    assert "began anew" in str(found[1])
    # Whatever follows, even above the old log's end, cannot be ordered either.
    history, found = take(history, change(OLD, 20_000, 300), change(OLD, 9_000, 90))
    assert [isinstance(one, str) for one in found] == [True, False]
    history, found = take(
        opened(history, 200), change(OLD, 1_000, 200), change(OLD, 20_000, 300), change(OLD, 10_000, 100)
    )
    assert found == [2, 2, 1]


@pytest.mark.parametrize("turned", [False, True])
def test_a_log_that_begins_anew_is_seen_in_one_request_whatever_its_order(turned: bool) -> None:
    changes = [change(OLD, 10_000, 100), change(OLD, 1_000, 200)]
    requests = [changes[::-1]] if turned else [changes]
    assert told(*requests) == [[1, None]]
    assert told(*([one] for one in requests[0])) == [[1], [None]]


def test_what_a_connector_reads_again_after_a_restart_is_no_new_log() -> None:
    log = [change(OLD, place, place // 2) for place in range(10, 60)]
    requests = [log[:20], log[5:30], log[:10], log[20:50], log[:50]]
    assert told(*requests) == [[1] * len(changes) for changes in requests]


def test_commits_that_took_long_are_no_new_log() -> None:
    """Older servers write when a statement began, so a long one is later in the log with an earlier time."""
    log = [change(OLD, 1, 100), change(OLD, 2, 130), change(OLD, 3, 90), change(OLD, 4, 131)]
    assert told(log, log[1:], log) == [[1] * 4, [1] * 3, [1] * 4]


def test_without_a_named_log_time_alone_opens_nothing_and_lower_positions_neither() -> None:
    """LSNs of concurrent transactions interleave: a lower one is ordinary."""
    found = told([change(None, 9000, 100)], [change(None, 100, 200)], [change(None, 9001, 10**15)])
    assert found == [[1], [1], [1]]


def test_an_opened_epoch_holds_what_was_committed_from_then_on() -> None:
    history, _ = take((), change(None, 9000, 100))
    history = opened(history, 150)
    history, found = take(
        history, change(None, 10, 150), change(None, 9100, 149), row(None, 5, 151), change(None, 9000, 100)
    )
    assert found == [2, 1, 2, 1]


def test_a_change_without_a_time_is_ordered_only_if_there_is_one_epoch_that_it_can_be_of() -> None:
    history, found = take((), change(None, 1, None), change(None, 2, None))
    assert found == [1, 1]
    _, (detail,) = take(opened(history, 100), change(None, 3, None))
    assert "no commit time" in str(detail)
    history, found = take((), change(OLD, 1, 100), change(NEW, 1, 200))
    assert take(history, change(OLD, 2, None), change(NEW, 2, None))[1] == [1, 2]


def test_the_path_names_the_epoch() -> None:
    history, _ = take((), change(None, 9000, 100), ordinal=1)
    history, _ = take(history, change(None, 10, 200), ordinal=4)
    assert take(history, change(None, 9001, 300), ordinal=1)[1] == [1]
    assert take(history, change(None, 5, 150), ordinal=2)[1] == [2]
    assert take(history, change(None, 11, 201))[1] == [4]
    assert take(history, change(None, 9000, 100))[1] == [1]


def test_one_numbered_epoch_has_one_log() -> None:
    history, _ = take((), change(OLD, 1, 100), ordinal=1)
    _, found = take(history, change(NEW, 1, 200), change(OLD, 2, 150), ordinal=1)
    assert found[1] == 1
    assert "post it to another epoch" in str(found[0])


def test_a_numbered_epoch_may_have_changes_of_several_servers_as_a_replicas_log_has() -> None:
    changes = [change(OLD, 1, 100), change(OTHER_SERVER, 2, 110), change(OLD, 3, 120)]
    history, found = take((), *changes, ordinal=1)
    assert found == [1, 1, 1]
    assert take(history, *changes, ordinal=1)[1] == [1, 1, 1]


def test_a_snapshot_names_the_log_and_a_later_change_its_server() -> None:
    history, found = take((), row(OLD, 5, 100), change(OLD, 6, 99))
    assert found == [1, 1]
    assert [(epoch.base, epoch.server) for epoch in history] == [("mysql-bin", 1)]
    assert take(history, change(OTHER_SERVER, 1, 200))[1] == [2]


def test_rows_of_a_long_snapshot_may_come_after_changes_that_were_logged_meanwhile() -> None:
    found = told([row(OLD, 5, 100)], [change(OLD, 9, 101)], [row(OLD, 5, 500)], [change(OLD, 10, 102)])
    assert found == [[1], [1], [1], [1]]


def test_a_snapshot_of_a_log_that_begins_anew_is_refused_and_a_new_snapshot_of_the_same_log_is_not() -> None:
    history, _ = take((), row(OLD, 50, 100), change(OLD, 60, 110))
    assert take(history, row(OLD, 70, 200), row(OLD, 70, 201), change(OLD, 71, 202))[1] == [1, 1, 1]
    assert isinstance(take(history, row(OLD, 2, 200))[1][0], str)


def test_a_row_of_an_incremental_snapshot_names_its_server_and_may_lag() -> None:
    history, _ = take((), change(OLD, 60, 110))
    lagging = Seen(Position("50", sort(50), snapshot=True, log=OLD), 500)
    assert take(history, lagging)[1] == [1]


def test_the_same_request_again_is_told_the_same() -> None:
    changes = [
        change(OLD, 10_000, 100),
        change(OLD, 1_000, 200),
        change(NEW, 1, 300),
        change(OLD, 10_001, 400),
        row(NEW, 2, 301),
    ]
    history, first = take((), *changes)
    again, second = take(history, *changes)
    assert (again, second) == (history, first)


@given(st.permutations(range(6)), st.randoms(use_true_random=False))
def test_no_order_of_arrival_puts_an_older_log_above_a_newer_one(order: list[int], rng: random.Random) -> None:
    log = [change(OLD, 10 + n, 100 + n) for n in range(3)] + [change(NEW, 1 + n, 200 + n) for n in range(3)]
    cuts = sorted(rng.sample(range(1, 6), rng.randint(0, 3)))
    requests = [order[start:end] for start, end in itertools.pairwise([0, *cuts, 6])]
    history: History = ()
    epochs: dict[int, int] = {}
    for request in requests:
        history, found = take(history, *(log[number] for number in request))
        epochs |= {number: one for number, one in zip(request, found, strict=True) if isinstance(one, int)}
    accepted = [epochs[number] for number in sorted(epochs)]
    assert accepted == sorted(accepted)
    assert {epochs[number] for number in epochs if number < 3}.isdisjoint(epochs[n] for n in epochs if n >= 3)


def test_progress_is_no_structure_and_the_furthest_is_kept() -> None:
    history, _ = take((), change(OLD, 10, 100))
    further, _ = take(history, change(OLD, 20, 200))
    assert structure(further) == structure(history)
    assert with_progress(history, further) == with_progress(further, history) == further
    assert with_progress((*further, Epoch(ordinal=2, since=5)), ())[1] == Epoch(ordinal=2, since=5)


def test_there_are_no_more_epochs_than_fit_the_text_to_sort_by() -> None:
    history, _ = take((), change(None, 1, 100), ordinal=999_999)
    (found,) = take((of_old_log(history[0]),), change(NEW, 1, 200))[1]
    assert "no more than 999999" in str(found)


def of_old_log(epoch: Epoch) -> Epoch:
    return Epoch(ordinal=epoch.ordinal, since=epoch.since, base="mysql-bin", server=1, latest=epoch.latest)
