"""Where a change stands in its database's log: the position as the engine writes it, and text that sorts by it.

Sources: the "Change event values" sections of Debezium's connector manuals, https://debezium.io/documentation/reference/
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, NamedTuple, TypeVar

import msgspec

from thermocline.errors import RefusedEvent

T = TypeVar("T")
INT63 = Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]
UINT32 = Annotated[int, msgspec.Meta(ge=0, le=2**32 - 1)]
LATEST_MS = 253_402_300_799_999
LATEST_US = LATEST_MS * 1_000
_BINLOG_FILE = re.compile(r"(.+)\.([0-9]{1,10})")
_SQLSERVER_LSN = re.compile(r"[0-9a-fA-F]{8}:[0-9a-fA-F]{8}:[0-9a-fA-F]{4}")
_NO_FILE = "snapshot.0"
EPOCH_DIGITS = 6
_NO_SQLSERVER_LSN = "00000000:00000000:0000"


class ChangeSource(msgspec.Struct, frozen=True, rename={"tx_id": "txId"}):
    """Debezium's ``source`` block: the members that this project reads, of all engines."""

    connector: str
    table: str
    db: str
    schema: str | None = None
    ts_ms: Annotated[int, msgspec.Meta(ge=0, le=LATEST_MS)] | None = None
    ts_us: Annotated[int, msgspec.Meta(ge=0, le=LATEST_US)] | None = None
    snapshot: str | bool | None = None
    tx_id: int | str | None = None
    gtid: str | None = None
    server_id: INT63 | None = None
    lsn: INT63 | None = None
    file: str | None = None
    pos: INT63 | None = None
    row: UINT32 | None = None
    commit_lsn: str | None = None
    change_lsn: str | None = None
    event_serial_no: UINT32 | None = None


class Log(NamedTuple):
    """The identity of a binary log: the server (0 when a snapshot row does not name it) and the files' name."""

    server: int
    base: str


class Position(NamedTuple):
    """Where a change stands.

    Attributes
    ----------
    text
        The position as the engine writes it.
    sort
        Fixed-width text that sorts in the order of this log.
    snapshot
        The row was read, not logged.
    log
        The log that the position belongs to, where the engine names it.
    """

    text: str
    sort: str
    snapshot: bool
    log: Log | None = None


def position_of(source: ChangeSource, *, op: str) -> Position:
    """Return a change's position in its log; a snapshot row without one stands before every change.

    Raises
    ------
    RefusedEvent
        The engine is not supported, or the position is missing or wrong.
    """
    read = _ENGINES.get(source.connector)
    if read is None:
        raise RefusedEvent("unsupported", f"source.connector: must be one of {', '.join(_ENGINES)}")
    return read(source, op == "r" or source.snapshot not in (None, False, "false"))


def sort_key(position: Position, *, epoch: int, op: str, total_order: int | None) -> str:
    """Return text that sorts in the order in which a connector's changes happened.

    It holds, in this order: the ordinal of the epoch, because another log begins anew; the position; 0 for a snapshot
    row and 1 for a change, because the row was read before the change was logged there; the place in the transaction,
    0 when it is not sent; 0 for a delete and 1 for all else, because a changed primary key is a delete and a create at
    one position.
    """
    logged, last = int(not position.snapshot), int(op != "d")
    return f"{epoch:0{EPOCH_DIGITS}d}.{position.sort}.{logged}.{total_order or 0:010d}.{last}"


def _postgresql(source: ChangeSource, snapshot: bool) -> Position:
    lsn = _required(source.lsn, "lsn", 0 if snapshot else None)
    return Position(str(lsn), f"{lsn:019d}", snapshot)


def _mysql(source: ChangeSource, snapshot: bool) -> Position:
    file = _required(source.file, "file", _NO_FILE if snapshot else None)
    pos = _required(source.pos, "pos", 0 if snapshot else None)
    match = _BINLOG_FILE.fullmatch(file)
    if not match:
        raise RefusedEvent("invalid", "source.file: has no number")
    row = source.row or 0
    log = None if file == _NO_FILE else Log(source.server_id or 0, match[1])
    return Position(f"{file}:{pos}:{row}", f"{int(match[2]):010d}.{pos:019d}.{row:010d}", snapshot, log)


def _sqlserver(source: ChangeSource, snapshot: bool) -> Position:
    missing = _NO_SQLSERVER_LSN if snapshot else None
    commit = _sqlserver_lsn(_required(source.commit_lsn, "commit_lsn", missing), "commit_lsn")
    change = _sqlserver_lsn(_required(source.change_lsn, "change_lsn", missing), "change_lsn")
    serial = source.event_serial_no or 0
    return Position(f"{commit}/{change}/{serial}", f"{commit}.{change}.{serial:010d}", snapshot)


def _sqlserver_lsn(text: str, member: str) -> str:
    if not _SQLSERVER_LSN.fullmatch(text):
        raise RefusedEvent("invalid", f"source.{member}: is no log sequence number")
    return text.lower()


def _required(value: T | None, member: str, default: T | None) -> T:
    chosen = default if value is None else value
    if chosen is None:
        raise RefusedEvent("invalid", f"source.{member}: is required")
    return chosen


_ENGINES: dict[str, Callable[[ChangeSource, bool], Position]] = {
    "postgresql": _postgresql,
    "mysql": _mysql,
    "mariadb": _mysql,
    "sqlserver": _sqlserver,
}
