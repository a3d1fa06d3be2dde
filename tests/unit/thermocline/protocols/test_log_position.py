from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thermocline.errors import RefusedEvent
from thermocline.protocols.log_position import ChangeSource, Position, position_of

LSN = "00000027:00000758:%04x"


def position(op: str = "c", total_order: int | None = None, **members: Any) -> Position:
    source = ChangeSource(**{"connector": "postgresql", "table": "t", "db": "d"} | members)
    return position_of(source, op=op, total_order=total_order)


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
    assert position("r", connector=connector).sort.startswith("0.")
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
