"""One registry for every process: who opens an epoch, what a race does, and what happens when it does not answer."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from tests.fakes import FakeMetrics, FakeSink
from tests.fakes.epochs import FakeEpochs
from tests.fakes.requests import SECRET, SOURCES, request
from thermocline.contracts import load_contracts
from thermocline.errors import EpochsUnavailable
from thermocline.ingest.epochs import EpochBook, ProcessEpochs, open_epoch
from thermocline.ingest.http.request import Response
from thermocline.ingest.ports import StoredHistory
from thermocline.ingest.protocols.epochs import Epoch, Seen
from thermocline.ingest.protocols.log_position import Log, Position
from thermocline.ingest.use_case import Ingest

OLD, NEW = Log(1, "mysql-bin"), Log(1, "binlog")


def seen(log: Log, place: int, time: int) -> Seen:
    return Seen(Position(str(place), f"{place:010d}", snapshot=False, log=log), time)


def mysql(file: str, pos: int, ts_ms: int, *, row: int = 9, server: int = 1, **members: Any) -> dict[str, Any]:
    source = {"connector": "mysql", "name": "s", "db": "shop", "table": "prices", "ts_ms": ts_ms, "server_id": server}
    after = {"id": row, "name": f"{file}:{pos}"}
    return {
        "op": "u",
        "before": None,
        "after": after,
        "source": source | {"file": file, "pos": pos, "row": 0} | members,
    }


class Process:
    """One ingest process, with others on one registry."""

    def __init__(self, epochs: FakeEpochs) -> None:
        self.sink = FakeSink()
        self._ingest = Ingest(
            sink=self.sink, metrics=FakeMetrics(), contracts=load_contracts(), sources=SOURCES,
            secret=lambda: SECRET, epochs=epochs,
        )  # fmt: skip

    def post(self, *changes: dict[str, Any], path: str = "/v1/cdc/shop") -> Response:
        return self._ingest(request(path, msgspec.json.encode(changes), source="shop-db"))

    @property
    def names(self) -> list[str]:
        """What the rows say, in the order of their positions."""
        rows = sorted(self.sink.rows("cdc_log"), key=lambda row: str(row["position_sort"]))
        return [msgspec.json.decode(row["after"])["name"] for row in rows]


def test_the_latest_row_is_the_new_logs_although_its_position_is_lower() -> None:
    old, new = mysql("mysql-bin.000010", 5000, 1795650000000), mysql("binlog.000002", 157, 1795658000000)
    for requests in ([[old, new]], [[new, old]], [[old], [new]], [[old], [new], [old]], [[old], [old, new]]):
        process = Process(FakeEpochs())
        for changes in requests:
            assert process.post(*changes).body["quarantined"] == 0
        assert process.names[-1] == "binlog.000002:157"


def test_processes_share_their_epochs() -> None:
    epochs = FakeEpochs()
    first, second = Process(epochs), Process(epochs)
    first.post(mysql("mysql-bin.000010", 5000, 100_000))
    second.post(mysql("binlog.000002", 157, 200_000))
    first.post(mysql("binlog.000003", 4, 300_000))
    assert first.post(mysql("mysql-bin.000011", 4, 400_000)).body["quarantined"] == 1
    assert [row["epoch"] for row in (*first.sink.rows("cdc_log"), *second.sink.rows("cdc_log"))] == [1, 2, 2]


def test_two_processes_that_race_to_open_an_epoch_open_one() -> None:
    epochs = FakeEpochs()
    first, second = Process(epochs), Process(epochs)
    first.post(mysql("mysql-bin.000010", 5000, 100_000))
    epochs.before_write = lambda: second.post(mysql("binlog.000002", 300, 210_000))
    first.post(mysql("binlog.000002", 157, 200_000))
    rows = [*first.sink.rows("cdc_log"), *second.sink.rows("cdc_log")]
    assert [row["epoch"] for row in rows] == [1, 2, 2]
    assert [epoch.ordinal for epoch in epochs.read("shop-db", "shop").history] == [1, 2]


def test_a_registry_that_does_not_answer_is_a_503_and_puts_nothing() -> None:
    epochs = FakeEpochs(failures=1)
    process = Process(epochs)
    changes = [mysql("mysql-bin.000010", 5000, 100_000), mysql("mysql-bin.000010", 5001, 100_001)]
    answer = process.post(*changes)
    assert (answer.status, answer.body["code"]) == (503, "unavailable")
    assert process.sink.records == {}
    assert process.post(*changes).status == 200


def test_one_that_others_write_without_end_is_a_503() -> None:
    class Busy(ProcessEpochs):
        def read(self, *arguments: Any) -> StoredHistory:
            return StoredHistory(history=(Epoch(ordinal=1, since=0),), version=1)

        def replace(self, *arguments: Any, **options: Any) -> bool:
            return False

    with pytest.raises(EpochsUnavailable):
        EpochBook(Busy()).assign("shop-db", "shop", None, [seen(OLD, 1, 1)])
    with pytest.raises(EpochsUnavailable):
        open_epoch(Busy(), "shop-db", "shop", since=1)


def test_requests_without_changes_do_not_ask_the_registry() -> None:
    epochs = FakeEpochs(failures=1)
    answer = Process(epochs).post({"ts_ms": 1}, {"id": 1, "status": "paid"})
    assert answer.body == {"success": True, "accepted": 1, "quarantined": 1, "skipped": 1}


def test_a_request_is_read_once_and_a_steady_flow_is_written_seldom() -> None:
    now = 0.0
    epochs = FakeEpochs()
    book = EpochBook(epochs, monotonic=lambda: now)
    for number in range(100):
        now = number / 10
        book.assign("shop-db", "shop", None, [seen(OLD, number, number)])
    assert (epochs.reads, epochs.writes) == (100, 1)
    now = 10.0
    book.assign("shop-db", "shop", None, [seen(OLD, 100, 100)])
    assert epochs.writes == 2
    assert epochs.read("shop-db", "shop").history[0].latest == 100


def test_what_was_not_written_yet_is_known_in_the_process_and_soon_in_the_others() -> None:
    epochs = FakeEpochs()
    book = EpochBook(epochs, monotonic=lambda: 0.0)
    book.assign("shop-db", "shop", None, [seen(OLD, 1, 1)])
    book.assign("shop-db", "shop", None, [seen(OLD, 50, 50)])
    (refused,) = book.assign("shop-db", "shop", None, [seen(OLD, 40, 60)])
    assert not isinstance(refused, int)
    # That the log began anew is written at once.
    (refused,) = EpochBook(epochs).assign("shop-db", "shop", None, [seen(OLD, 70, 70)])
    assert not isinstance(refused, int)


def test_each_source_and_each_connector_has_epochs_of_its_own() -> None:
    book = EpochBook(FakeEpochs())
    assert book.assign("a", "shop", None, [seen(OLD, 1, 100)]) == [1]
    assert book.assign("a", "shop", None, [seen(NEW, 1, 200)]) == [2]
    assert book.assign("b", "shop", None, [seen(NEW, 1, 200)]) == [1]
    assert book.assign("a", "crm", None, [seen(NEW, 1, 200)]) == [1]


def test_the_same_request_again_gives_the_same_rows() -> None:
    changes = [
        mysql("mysql-bin.000010", 5000, 100_000), mysql("binlog.000002", 157, 200_000),
        mysql("mysql-bin.000012", 4, 300_000), mysql("binlog.000001", 9, 400_000),
    ]  # fmt: skip
    process = Process(FakeEpochs())
    answers = [process.post(*changes).body for _ in range(3)]
    assert answers == [{"success": True, "accepted": 4, "quarantined": 2}] * 3
    for stream in ("cdc_log", "quarantine"):
        rows = process.sink.rows(stream)
        assert rows[:2] == rows[2:4] == rows[4:]


def test_the_epoch_is_in_the_id() -> None:
    """A restored database may write the very same delete at the very same position again."""
    process = Process(FakeEpochs())
    for epoch in (1, 2):
        process.post(mysql("mysql-bin.000010", 5000, 100_000), path=f"/v1/cdc/shop/{epoch}")
    first, second = process.sink.rows("cdc_log")
    assert first["fingerprint"] == second["fingerprint"]
    assert first["event_id"] != second["event_id"]


def test_a_refused_change_says_what_to_do_and_keeps_what_was_read_of_it() -> None:
    process = Process(FakeEpochs())
    process.post(mysql("mysql-bin.000010", 5000, 100_000))
    process.post(mysql("mysql-bin.000001", 157, 1795658000000))
    (row,) = process.sink.rows("quarantine")
    assert row["reason"] == "unsupported"
    assert row["detail"].startswith("its order is unknown: log mysql-bin of server 1 began anew")
    assert "`lake cdc new-epoch shop --source shop-db --since 2026-11-26T01:53:20Z`" in row["detail"]


def test_an_epoch_is_opened_after_what_is_in_the_log() -> None:
    registry = ProcessEpochs()
    EpochBook(registry).assign("shop-db", "shop", None, [seen(OLD, 1, 100)])
    with pytest.raises(ValueError, match="later changes"):
        open_epoch(registry, "shop-db", "shop", since=100)
    assert [epoch.since for epoch in open_epoch(registry, "shop-db", "shop", since=101)] == [100, 101]
    with pytest.raises(ValueError, match="later changes"):
        open_epoch(registry, "shop-db", "shop", since=101)


def test_an_epoch_that_is_opened_while_others_write_is_opened_once() -> None:
    epochs = FakeEpochs()
    EpochBook(epochs).assign("shop-db", "shop", None, [seen(OLD, 1, 100)])
    epochs.before_write = lambda: EpochBook(epochs).assign("shop-db", "shop", None, [seen(OLD, 2, 110)])
    assert [epoch.ordinal for epoch in open_epoch(epochs, "shop-db", "shop", since=200)] == [1, 2]
    assert EpochBook(epochs).assign("shop-db", "shop", None, [seen(OLD, 1, 100), seen(OLD, 3, 200)]) == [1, 2]


def test_a_connector_that_sent_nothing_yet_is_perhaps_misspelt() -> None:
    with pytest.raises(LookupError):
        open_epoch(FakeEpochs(), "shop-db", "shpo", since=200)
