from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thermocline.errors import RefusedEvent
from thermocline.ingest.protocols.log_position import ChangeSource, Log, Position, position_of, sort_key

LSN = "00000027:00000758:%04x"


def position(op: str = "c", total_order: int | None = None, **members: Any) -> Position:
    source = ChangeSource(**{"connector": "postgresql", "table": "t", "db": "d"} | members)
    found = position_of(source, op=op)
    return found._replace(sort=sort_key(found, epoch=1, op=op, total_order=total_order))


def sqlserver(commit: str | None, change: str | None, **members: Any) -> Position:
    return position(connector="sqlserver", commit_lsn=commit, change_lsn=change, **members)


numbers = st.integers(0, 2**63 - 1)
small = st.integers(0, 2**32 - 1)


@given(numbers, numbers, small, small)
def test_postgresql_sorts_by_lsn_and_then_by_place_in_the_transaction(a: int, b: int, first: int, second: int) -> None:
    one, other = position(lsn=a, total_order=first), position(lsn=b, total_order=second)
    assert (one.sort < other.sort) == ((a, first) < (b, second))
    assert len(one.sort) == len(other.sort)


binlog = st.tuples(st.integers(0, 10**6), numbers, small)


@pytest.mark.parametrize("connector", ["mysql", "mariadb"])
@given(binlog, binlog)
def test_mysql_sorts_by_the_number_of_the_file_and_not_by_its_name(
    connector: str, one: tuple[int, int, int], other: tuple[int, int, int]
) -> None:
    found = [
        position(connector=connector, file=f"mysql-bin.{file:06d}", pos=pos, row=row) for file, pos, row in (one, other)
    ]
    assert (found[0].sort < found[1].sort) == (one < other)
    assert found[0].text == f"mysql-bin.{one[0]:06d}:{one[1]}:{one[2]}"


def test_mysql_names_its_log_by_server_and_file_a_snapshot_row_by_the_file_alone() -> None:
    logged = position(connector="mysql", file="a.b-bin.000010", pos=4, server_id=7)
    read = position("r", connector="mysql", file="a.b-bin.000010", pos=4, server_id=0)
    assert (logged.log, read.log) == (Log(7, "a.b-bin"), Log(0, "a.b-bin"))


def test_the_epoch_comes_first_then_the_position_and_a_snapshot_row_is_older_than_a_change_there() -> None:
    def sort(epoch: int, op: str, lsn: int, place: int = 0) -> str:
        source = ChangeSource(connector="postgresql", table="t", db="d", lsn=lsn)
        return sort_key(position_of(source, op=op), epoch=epoch, op=op, total_order=place)

    in_order = [
        sort(1, "r", 8), sort(1, "u", 8), sort(1, "c", 10, 2), sort(2, "r", 0), sort(2, "r", 5), sort(2, "d", 5),
        sort(2, "c", 5), sort(2, "d", 5, 1), sort(2, "c", 5, 1), sort(10, "r", 1),
    ]  # fmt: skip
    assert sorted(in_order) == in_order
    assert len({len(text) for text in in_order}) == 1


def test_sqlserver_sorts_by_commit_then_change_then_serial_number() -> None:
    found = [
        sqlserver(LSN % 9, LSN % 10, event_serial_no=1),
        sqlserver(LSN % 9, LSN % 10, event_serial_no=2),
        sqlserver(LSN % 9, LSN % 11),
        sqlserver(LSN % 10, LSN % 1),
        sqlserver(LSN.replace("27", "2A") % 0, LSN % 0),
    ]
    assert sorted(found, key=lambda at: at.sort) == found
    assert len({len(at.sort) for at in found}) == 1


@pytest.mark.parametrize("connector", ["postgresql", "mysql", "mariadb", "sqlserver"])
def test_a_snapshot_may_be_without_a_position_and_a_change_may_not(connector: str) -> None:
    first = position("r", connector=connector)
    assert first.snapshot
    assert first.log is None
    with pytest.raises(RefusedEvent, match=r"source\.\w+: is required"):
        position(connector=connector)


@pytest.mark.parametrize(
    "members",
    [
        {"connector": "mysql", "file": "binlog", "pos": 1},
        {"connector": "sqlserver", "commit_lsn": "7", "change_lsn": LSN % 1},
        {"connector": "sqlserver", "commit_lsn": LSN % 1, "change_lsn": "../.."},
    ],
)
def test_a_position_of_another_form_is_refused(members: dict[str, Any]) -> None:
    with pytest.raises(RefusedEvent) as caught:
        position(**members)
    assert caught.value.reason == "invalid"


def test_an_unknown_engine_is_unsupported_and_its_name_is_not_repeated() -> None:
    with pytest.raises(RefusedEvent) as caught:
        position(connector="secret-engine")
    assert caught.value.reason == "unsupported"
    assert "secret" not in str(caught.value)
